import { badRequest, ScimError } from '../errors.ts'
import { byFoldedName, isList, isObject, type Json, type JsonObject } from '../json.ts'
import { requireMessageSchema } from '../patch/request.ts'
import type { ResourceType } from '../schema/attribute.ts'

export const bulkRequestSchema = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest'

export type BulkMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export type BulkOperation = {
  readonly method: BulkMethod
  readonly type: ResourceType
  /** Absent for POST. May be `bulkId:…` of a resource that the same request creates. */
  readonly id?: string
  readonly bulkId?: string
  /** The tag that the resource must have, as `If-Match` would carry it. */
  readonly version?: string
  readonly data?: JsonObject
}

/** An operation that could not be read fails alone; the others are carried out (RFC 7644 §3.7.3). */
export type BulkEntry =
  | { readonly kind: 'operation'; readonly operation: BulkOperation }
  | { readonly kind: 'refused'; readonly method: string; readonly bulkId?: string; readonly error: ScimError }

export type BulkRequest = { readonly failOnErrors?: number; readonly entries: readonly BulkEntry[] }

/**
 * Reads the body of a POST to `/Bulk` (RFC 7644 §3.7). The size of the body is for `parseBody` to limit.
 *
 * `invalidSyntax` for the whole: no BulkRequest schema, no operations, `failOnErrors` that is no positive whole number.
 * 413: more than `maxOperations`. What is wrong with one operation is kept in its entry.
 */
export function parseBulk(
  body: JsonObject,
  { types, maxOperations = 1_000 }: { readonly types: readonly ResourceType[]; readonly maxOperations?: number },
): BulkRequest {
  const sent = byFoldedName(body)
  requireMessageSchema(sent.get('schemas'), bulkRequestSchema)
  const operations = sent.get('operations')
  if (!isList(operations) || operations.length === 0) {
    throw badRequest('invalidSyntax', 'Operations must be a list of at least one operation.')
  }
  if (operations.length > maxOperations) throw new ScimError(413, `There are more than ${maxOperations} operations.`)
  const failOnErrors = sent.get('failonerrors') ?? null
  if (failOnErrors !== null && !(Number.isInteger(failOnErrors) && Number(failOnErrors) >= 1)) {
    throw badRequest('invalidSyntax', 'failOnErrors must be a positive whole number.')
  }
  const taken = new Set<string>()
  return {
    ...(failOnErrors === null ? {} : { failOnErrors: Number(failOnErrors) }),
    entries: operations.map((operation) => readEntry(operation, types, taken)),
  }
}

function readEntry(operation: Json, types: readonly ResourceType[], taken: Set<string>): BulkEntry {
  let method = ''
  let bulkId: string | undefined
  try {
    if (!isObject(operation)) throw badRequest('invalidSyntax', 'An operation must be an object.')
    const sent = byFoldedName(operation)
    method = (optionalText(sent, 'method') ?? '').toUpperCase()
    bulkId = optionalText(sent, 'bulkid')
    if (bulkId !== undefined && taken.has(bulkId)) throw badRequest('invalidValue', 'The bulkId is used twice.')
    if (bulkId !== undefined) taken.add(bulkId)
    return { kind: 'operation', operation: readOperation(sent, method, types) }
  } catch (error) {
    if (!(error instanceof ScimError)) throw error
    return { kind: 'refused', method, error, ...(bulkId === undefined ? {} : { bulkId }) }
  }
}

function readOperation(sent: Map<string, Json>, method: string, types: readonly ResourceType[]): BulkOperation {
  if (!isMethod(method)) throw badRequest('invalidSyntax', 'method must be POST, PUT, PATCH or DELETE.')
  const { type, id } = readBulkPath(optionalText(sent, 'path') ?? '', types)
  const bulkId = optionalText(sent, 'bulkid')
  const version = optionalText(sent, 'version')
  const data = sent.get('data') ?? undefined
  refuseIncomplete(method, { id, bulkId, data })
  return {
    method,
    type,
    ...(id === undefined ? {} : { id }),
    ...(bulkId === undefined ? {} : { bulkId }),
    ...(version === undefined ? {} : { version }),
    ...(method !== 'DELETE' && isObject(data) ? { data } : {}),
  }
}

type Parts = { readonly id: string | undefined; readonly bulkId: string | undefined; readonly data: Json | undefined }

function refuseIncomplete(method: BulkMethod, { id, bulkId, data }: Parts): void {
  if (method === 'POST') {
    if (id !== undefined) throw badRequest('invalidPath', 'The path of a POST has no id.')
    if (bulkId === undefined) throw badRequest('invalidValue', 'A POST needs a bulkId.')
  } else if (id === undefined) {
    throw badRequest('invalidPath', `The path of a ${method} needs an id.`)
  }
  if (method !== 'DELETE' && !isObject(data)) throw badRequest('invalidValue', `A ${method} needs data.`)
}

function readBulkPath(path: string, types: readonly ResourceType[]): { type: ResourceType; id?: string } {
  const [before, endpoint = '', id, ...rest] = path.split('/', 5)
  const type = types.find((candidate) => candidate.endpoint.toLowerCase() === `/${endpoint}`.toLowerCase())
  if (before !== '' || rest.length > 0 || type === undefined) {
    throw badRequest('invalidPath', 'The path must be an endpoint of a resource type, with an id or without.')
  }
  return id === undefined || id === '' ? { type } : { type, id: decodeId(id) }
}

function decodeId(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch (cause) {
    if (!(cause instanceof URIError)) throw cause
    throw badRequest('invalidPath', 'The id in the path is not properly encoded.')
  }
}

function optionalText(sent: Map<string, Json>, name: string): string | undefined {
  const value = sent.get(name) ?? undefined
  if (value !== undefined && typeof value !== 'string') throw badRequest('invalidSyntax', `${name} must be a string.`)
  return value
}

function isMethod(method: string): method is BulkMethod {
  return method === 'POST' || method === 'PUT' || method === 'PATCH' || method === 'DELETE'
}
