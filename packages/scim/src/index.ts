export {
  type AttributePath,
  parseAttributePath,
  printAttributePath,
  printTarget,
  resolvePath,
  type Target,
} from './attribute-path.ts'
export { type BulkStep, planBulk, resolveReferences, withoutReferences } from './bulk/plan.ts'
export {
  type BulkEntry,
  type BulkMethod,
  type BulkOperation,
  type BulkRequest,
  bulkRequestSchema,
  parseBulk,
} from './bulk/request.ts'
export { type BulkOutcome, type BulkRunner, bulkResponseSchema, type ReadyOperation, runBulk } from './bulk/run.ts'
export { badRequest, type ErrorDocument, errorDocument, errorSchema, ScimError, type ScimType } from './errors.ts'
export { type Filter, type Literal, type Operator, printFilter } from './filter/filter.ts'
export { matches, valuesOf } from './filter/matches.ts'
export { parseFilter } from './filter/parse.ts'
export {
  type Field,
  fieldOf,
  type Predicate,
  type PredicateOperator,
  type PredicateValue,
  toPredicate,
} from './filter/predicate.ts'
export type { FilterLimits } from './filter/reader.ts'
export { type BodyLimits, type Json, type JsonObject, parseBody } from './json.ts'
export {
  type ListResponse,
  listResponse,
  listSchema,
  type Page,
  type PageLimits,
  parsePage,
  slicePage,
} from './list.ts'
export { negotiateMediaType, requireScimContent, type ScimMediaType, scimMediaType } from './media-type.ts'
export { applyPatch, type PatchResult } from './patch/apply.ts'
export { type Change, changesBetween } from './patch/changes.ts'
export { type PatchOperation, parsePatch, patchSchema } from './patch/request.ts'
export { type Projection, parseAttributeList, project } from './projection.ts'
export {
  bindQuery,
  type Query,
  type QueryOptions,
  type QueryRequest,
  readQueryParameters,
  readSearchRequest,
  searchSchema,
  selectResources,
} from './query.ts'
export { newResource, type ReplaceOptions, replacedResource } from './resource.ts'
export type { Attribute, AttributeType, ResourceType, Schema } from './schema/attribute.ts'
export { commonAttributes } from './schema/common.ts'
export {
  type Discovery,
  resourceTypeDocument,
  resourceTypesDocument,
  type ServiceLimits,
  schemaDocument,
  schemasDocument,
  serviceProviderConfig,
} from './schema/documents.ts'
export { groupSchemaId, groupType } from './schema/group.ts'
export { enterpriseUserSchemaId, userSchemaId, userType } from './schema/user.ts'
export { parseSort, type Sort, sortResources } from './sort.ts'
export type { UnknownPolicy } from './values.ts'
export { type Conditions, checkRead, checkWrite, weakTag } from './version.ts'
