import { parseAttributePath } from '../attribute-path.ts'
import { badRequest, ScimError } from '../errors.ts'
import { byFoldedName, isObject, type Json, type JsonObject, own, sameJson } from '../json.ts'
import { inOrder, requireAll } from '../resource.ts'
import type { Attribute, ResourceType, Schema } from '../schema/attribute.ts'
import { normaliseParts, normaliseValue, refuseUnknown, type UnknownPolicy, type ValueRules } from '../values.ts'
import { type Change, changesBetween } from './changes.ts'
import {
  appendElements,
  asElements,
  changeElements,
  type ElementChange,
  mergeParts,
  type Places,
  refuseImmutableRemoval,
  removeListed,
} from './elements.ts'
import { isSchema, type PatchPath, type PatchTarget, parsePatchPath, resolvePatchPath } from './path.ts'
import type { PatchOperation } from './request.ts'

export type PatchResult = {
  readonly resource: JsonObject
  /** What differs in the end. Empty when the resource was so already: then its version stays (RFC 7644 §3.5.2). */
  readonly changes: readonly Change[]
}

/**
 * Applies all operations in order, or none (RFC 7644 §3.5.2): the resource that is given is never touched, and any error
 * throws. The error carries the index of its operation.
 *
 * Where clients need more than the RFC says: the keys of a value without a path may be paths (`name.givenName`,
 * `urn:…:User:department`, `emails[type eq "work"].value`); a removal with a value removes what the value lists; a value
 * path that finds nothing creates the element its filter describes; a removal that finds nothing has nothing to do,
 * so that it may be sent twice.
 *
 * Throws `invalidPath` (no path, or no such attribute), `invalidFilter` (in a value path), `noTarget` (nothing to replace
 * and nothing to create), `mutability` (read-only, immutable, or a required attribute left without a value),
 * `invalidValue` (a wrong type, two primaries). Unknown names in a value are ignored unless `unknown` is `refuse`.
 */
export function applyPatch(
  type: ResourceType,
  change: { readonly resource: JsonObject; readonly operations: readonly PatchOperation[] },
  unknown: UnknownPolicy = 'ignore',
): PatchResult {
  const context: Context = { type, rules: { unknown }, places: new WeakMap() }
  const before = inOrder(type, change.resource)
  const patched = change.operations.reduce((resource, operation, index) => {
    try {
      return applyOperation(context, resource, operation)
    } catch (error) {
      if (!(error instanceof ScimError)) throw error
      throw new ScimError(error.status, error.message, { ...error.place, scimType: error.scimType, operation: index })
    }
  }, before)
  requireAll(type, patched, 'mutability')
  const resource = inOrder(type, patched)
  return { resource, changes: changesBetween(type, before, resource) }
}

type Context = { readonly type: ResourceType; readonly rules: ValueRules; readonly places: Places }
/** An operation whose path has been read. */
type Step = Pick<PatchOperation, 'op' | 'value'>

function applyOperation(context: Context, resource: JsonObject, operation: PatchOperation): JsonObject {
  const { op, path, value = null } = operation
  if (path === undefined) return applyToResource(context, resource, { op, value })
  const target = resolvePatchPath(context.type, parsePatchPath(path))
  if (target === undefined) throw badRequest('invalidPath', 'The path leads to no attribute of the resource type.')
  if (isSchema(target)) return applyToExtension(context, resource, { schema: target, step: operation })
  return applyToTarget(context, resource, { target, step: operation })
}

function applyToResource(context: Context, resource: JsonObject, { op, value = null }: Step): JsonObject {
  if (!isObject(value)) throw badRequest('invalidValue', 'Without a path, the value must be an object.')
  byFoldedName(value)
  return Object.entries(value).reduce((current, [key, part]) => {
    const target = findKey(context, key)
    if (target === undefined) return current
    const step: Step = { op, value: part }
    if (isSchema(target)) return applyToExtension(context, current, { schema: target, step })
    if (isEcho(current, target, part)) return current
    return applyToTarget(context, current, { target, step })
  }, resource)
}

function findKey({ type, rules }: Context, key: string): PatchTarget | Schema | undefined {
  if (/^(?:schemas|meta)$/i.test(key)) return undefined
  const path = key.includes('[') ? parsePatchPath(key) : plainPath(key)
  const target = path === undefined ? undefined : resolvePatchPath(type, path)
  if (target === undefined) refuseUnknown(rules)
  return target
}

/** A key that is no path is an attribute that nobody defined, not an error of its own. */
function plainPath(key: string): PatchPath | undefined {
  const path = parseAttributePath(key)
  return path === undefined ? undefined : { path }
}

/** Clients send back what they were given: Okta renames a group with its `id` beside the new name. */
function isEcho(resource: JsonObject, target: PatchTarget, value: Json): boolean {
  return target.attribute.mutability === 'readOnly' && sameJson(read(resource, target), value)
}

function applyToExtension(
  context: Context,
  resource: JsonObject,
  { schema, step }: { schema: Schema; step: Step },
): JsonObject {
  if (step.op === 'remove' || step.value === null) {
    return Object.fromEntries(Object.entries(resource).filter(([name]) => name !== schema.id))
  }
  if (!isObject(step.value)) throw badRequest('invalidValue', `${schema.id} must be complex.`)
  const value = Object.fromEntries(Object.entries(step.value).map(([name, part]) => [`${schema.id}:${name}`, part]))
  return applyToResource(context, resource, { op: step.op, value })
}

function applyToTarget(
  { rules, places }: Context,
  resource: JsonObject,
  { target, step }: { target: PatchTarget; step: Step },
): JsonObject {
  refuseReadOnly(target)
  const current = read(resource, target)
  const work: Work = { target, step, rules, places }
  const next = step.op === 'remove' ? removed(current, work) : set(current, work)
  return write(resource, target, next)
}

function refuseReadOnly({ name, attribute, sub }: PatchTarget): void {
  if (attribute.name === 'schemas') throw badRequest('mutability', 'schemas follows from the content.')
  if (attribute.mutability === 'readOnly' || sub?.mutability === 'readOnly') {
    throw badRequest('mutability', `${name} is read-only.`)
  }
}

type Work = { readonly target: PatchTarget; readonly step: Step; readonly rules: ValueRules; readonly places: Places }

function removed(current: Json | undefined, { target, step, rules, places }: Work): Json | undefined {
  const { attribute, sub, elements } = target
  if (current === undefined) return undefined
  const chosen = elements ?? (sub !== undefined && attribute.multiValued ? every : undefined)
  if (chosen !== undefined) {
    return changeElements(current, {
      op: 'remove',
      attribute,
      elements: chosen,
      value: null,
      rules,
      places,
      ...optional(sub),
    })
  }
  if (sub !== undefined) {
    if (isObject(current) && own(current, sub.name) !== undefined) refuseImmutableRemoval(sub)
    return mergeParts(attribute, current, { [sub.name]: null })
  }
  refuseImmutableRemoval(attribute)
  const listed = step.value ?? null
  return attribute.multiValued && listed !== null ? removeListed(attribute, current, { listed, rules }) : undefined
}

function set(current: Json | undefined, { target, step, rules, places }: Work): Json | undefined {
  const { attribute, sub, elements } = target
  const { op, value = null } = step
  if (elements !== undefined) {
    return changeElements(current, { op, attribute, elements, value, rules, places, ...optional(sub) })
  }
  if (sub !== undefined && attribute.multiValued && asElements(current).length > 0) {
    return changeElements(current, { op, attribute, elements: every, value, rules, places, sub })
  }
  if (sub !== undefined) {
    const merged = mergeParts(attribute, current, { [sub.name]: normaliseValue(sub, value, rules) ?? null })
    return attribute.multiValued ? normaliseValue(attribute, merged ?? null, rules) : merged
  }
  return setWhole(current, { attribute, op, value, rules, places })
}

type Whole = Omit<ElementChange, 'elements' | 'sub'>

function setWhole(current: Json | undefined, { attribute, op, value, rules, places }: Whole): Json | undefined {
  if (attribute.multiValued) {
    const next = normaliseValue(attribute, value, rules)
    return op === 'add' ? appendElements(current, { attribute, added: next, places }) : next
  }
  if (attribute.type !== 'complex' || value === null) return normaliseValue(attribute, value, rules)
  // RFC 7644 §3.5.2.3: sub-attributes that are not named stay as they are.
  return mergeParts(attribute, current, normaliseParts(attribute, value, rules))
}

const every = { kind: 'constant', value: true } as const

function optional(sub: Attribute | undefined): { readonly sub?: Attribute } {
  return sub === undefined ? {} : { sub }
}

function read(resource: JsonObject, { extension, attribute }: PatchTarget): Json | undefined {
  const container = extension === undefined ? resource : own(resource, extension)
  return isObject(container) ? own(container, attribute.name) : undefined
}

function write(resource: JsonObject, { extension, attribute }: PatchTarget, value: Json | undefined): JsonObject {
  if (extension === undefined) return withEntry(resource, attribute.name, value)
  const container = own(resource, extension)
  const next = withEntry(isObject(container) ? container : {}, attribute.name, value)
  return withEntry(resource, extension, Object.keys(next).length === 0 ? undefined : next)
}

function withEntry(object: JsonObject, name: string, value: Json | undefined): JsonObject {
  if (value !== undefined) return { ...object, [name]: value }
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name))
}
