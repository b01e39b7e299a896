import { badRequest, ScimError } from '../errors.ts'
import { byFoldedName, isList, isObject, type Json, type JsonObject } from '../json.ts'

export const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

export type PatchOperation = {
  readonly op: 'add' | 'replace' | 'remove'
  readonly path?: string
  readonly value?: Json
}

/**
 * Reads the body of a PATCH (RFC 7644 §3.5.2). The name of an operation counts in any case: Entra ID sends `Add`.
 *
 * `invalidSyntax`: no PatchOp schema, no operations, an operation that is none of the three. It is never taken for
 * something else, least of all for "clear". `noTarget`: a removal without a path. `invalidValue`: an addition or
 * replacement without a value. 413: more than `maxOperations` (1 000).
 */
export function parsePatch(body: JsonObject, maxOperations = 1_000): readonly PatchOperation[] {
  const sent = byFoldedName(body)
  requireMessageSchema(sent.get('schemas'), patchSchema)
  const operations = sent.get('operations')
  if (!isList(operations) || operations.length === 0) {
    throw badRequest('invalidSyntax', 'Operations must be a list of at least one operation.')
  }
  if (operations.length > maxOperations) throw new ScimError(413, `There are more than ${maxOperations} operations.`)
  return operations.map((operation, index) => parseOperation(operation, index))
}

/** RFC 7644 §3.1: a message says in `schemas` what it is. */
export function requireMessageSchema(schemas: Json | undefined, id: string): void {
  const isNamed = isList(schemas) && schemas.some((name) => typeof name === 'string' && isSameUrn(name, id))
  if (!isNamed) throw badRequest('invalidSyntax', `schemas must contain ${id}.`)
}

function isSameUrn(a: string, b: string): boolean {
  return a.length === b.length && a.toLowerCase() === b.toLowerCase()
}

function parseOperation(operation: Json, index: number): PatchOperation {
  const place = { operation: index }
  if (!isObject(operation)) throw badRequest('invalidSyntax', 'An operation must be an object.', place)
  const sent = byFoldedName(operation)
  const op = operationName(sent.get('op'))
  if (op === undefined) throw badRequest('invalidSyntax', 'op must be add, replace or remove.', place)
  const path = sent.get('path') ?? undefined
  if (path !== undefined && typeof path !== 'string') throw badRequest('invalidPath', 'path must be a string.', place)
  const value = sent.get('value')
  if (op === 'remove' && !path) throw badRequest('noTarget', 'remove needs a path.', place)
  if (op !== 'remove' && value === undefined) throw badRequest('invalidValue', `${op} needs a value.`, place)
  return { op, ...(path ? { path } : {}), ...(value === undefined ? {} : { value }) }
}

function operationName(op: Json | undefined): PatchOperation['op'] | undefined {
  const name = typeof op === 'string' ? op.toLowerCase() : ''
  return name === 'add' || name === 'replace' || name === 'remove' ? name : undefined
}
