import type { Json, JsonObject } from '../json.ts'
import { type ListResponse, listResponse } from '../list.ts'
import type { Attribute, ResourceType, Schema } from './attribute.ts'

const schemaSchema = 'urn:ietf:params:scim:schemas:core:2.0:Schema'
const resourceTypeSchema = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType'
const configSchema = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'

export type Discovery = {
  /** Where the service lies, without a slash at the end. */
  readonly baseUrl: string
  readonly types: readonly ResourceType[]
}

export type ServiceLimits = {
  readonly maxResults: number
  readonly maxOperations: number
  readonly maxPayloadSize: number
  readonly documentationUri?: string
}

/** `GET /Schemas` (RFC 7644 §4; RFC 7643 §7). A filter there is refused with 403 by whoever serves it. */
export function schemasDocument(discovery: Discovery): ListResponse {
  return everything(schemasOf(discovery.types).map((schema) => renderSchema(schema, discovery.baseUrl)))
}

/** `GET /Schemas/{urn}`; undefined for a URN that no resource type uses. */
export function schemaDocument({ baseUrl, types }: Discovery, urn: string): JsonObject | undefined {
  const schema = schemasOf(types).find(({ id }) => id.toLowerCase() === urn.toLowerCase())
  return schema === undefined ? undefined : renderSchema(schema, baseUrl)
}

/** `GET /ResourceTypes` (RFC 7643 §6). */
export function resourceTypesDocument({ baseUrl, types }: Discovery): ListResponse {
  return everything(types.map((type) => renderType(type, baseUrl)))
}

/** `GET /ResourceTypes/{id}`; undefined for an unknown one. */
export function resourceTypeDocument({ baseUrl, types }: Discovery, id: string): JsonObject | undefined {
  const type = types.find((candidate) => candidate.id.toLowerCase() === id.toLowerCase())
  return type === undefined ? undefined : renderType(type, baseUrl)
}

/** `GET /ServiceProviderConfig` (RFC 7643 §5). */
export function serviceProviderConfig(baseUrl: string, limits: ServiceLimits): JsonObject {
  return {
    schemas: [configSchema],
    ...(limits.documentationUri === undefined ? {} : { documentationUri: limits.documentationUri }),
    patch: { supported: true },
    bulk: { supported: true, maxOperations: limits.maxOperations, maxPayloadSize: limits.maxPayloadSize },
    filter: { supported: true, maxResults: limits.maxResults },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Bearer token',
        description: 'A token of the connection, in the Authorization header.',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
  }
}

function everything(resources: readonly JsonObject[]): ListResponse {
  return listResponse({ resources, totalResults: resources.length, startIndex: 1 })
}

function schemasOf(types: readonly ResourceType[]): readonly Schema[] {
  return types.flatMap(({ schema, extensions }) => [schema, ...extensions.map((extension) => extension.schema)])
}

function renderSchema({ id, name, description, attributes }: Schema, baseUrl: string): JsonObject {
  return {
    schemas: [schemaSchema],
    id,
    name,
    description,
    attributes: attributes.map(renderAttribute),
    meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${id}` },
  }
}

function renderAttribute(attribute: Attribute): JsonObject {
  const { subAttributes, canonicalValues, referenceTypes, ...traits } = attribute
  const extra: Record<string, Json> = {}
  if (canonicalValues !== undefined) extra['canonicalValues'] = canonicalValues
  if (referenceTypes !== undefined) extra['referenceTypes'] = referenceTypes
  if (subAttributes !== undefined) extra['subAttributes'] = subAttributes.map(renderAttribute)
  return { ...traits, ...extra }
}

function renderType(
  { id, name, endpoint, description, schema, extensions }: ResourceType,
  baseUrl: string,
): JsonObject {
  return {
    schemas: [resourceTypeSchema],
    id,
    name,
    endpoint,
    description,
    schema: schema.id,
    schemaExtensions: extensions.map((extension) => ({ schema: extension.schema.id, required: extension.required })),
    meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${id}` },
  }
}
