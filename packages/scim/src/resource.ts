import { findExtension } from './attribute-path.ts'
import { badRequest } from './errors.ts'
import { byFoldedName, isList, isObject, type Json, type JsonObject, own } from './json.ts'
import type { Attribute, ResourceType } from './schema/attribute.ts'
import { coreAttributes } from './schema/common.ts'
import { normaliseValue, refuseImmutableChange, refuseUnknown, type UnknownPolicy, type ValueRules } from './values.ts'

export type ReplaceOptions = {
  readonly unknown?: UnknownPolicy
  /** Singular attributes that stay as they are when the body does not name them. */
  readonly keepWhenAbsent?: readonly string[]
}

/**
 * The body of a POST as a resource (RFC 7644 §3.3): canonical names in schema order, right types, nothing read-only,
 * `schemas` as the content has it.
 *
 * Unknown attributes and unknown URNs in `schemas` are ignored unless `unknown` is `refuse`: Entra ID sends
 * `http://schemas.microsoft.com/…/ADSCIM/2.0/Group` with its groups. Throws `invalidSyntax` where `schemas` lacks the core
 * schema or an attribute is given twice, `invalidValue` for a wrong type or a required attribute without a value.
 */
export function newResource(type: ResourceType, body: JsonObject, unknown: UnknownPolicy = 'ignore'): JsonObject {
  return build(type, body, { rules: { unknown }, existing: {} })
}

/**
 * The body of a PUT as the resource it leaves behind (RFC 7644 §3.5.1). What the body does not name is gone, except
 * what is read-only or immutable, which is taken from `existing`, and `active` (or `keepWhenAbsent`): Okta leaves it out
 * of updates that are not about it. Throws as `newResource` does, and `mutability` for another value in an immutable
 * attribute. A password is in the result only if it was sent.
 */
export function replacedResource(
  type: ResourceType,
  change: { readonly existing: JsonObject; readonly body: JsonObject },
  options: ReplaceOptions = {},
): JsonObject {
  const { unknown = 'ignore', keepWhenAbsent = ['active'] } = options
  const next = build(type, change.body, { rules: { unknown }, existing: change.existing })
  const kept = keepWhenAbsent.filter((name) => own(next, name) === undefined)
  return inOrder(type, { ...next, ...pick(change.existing, kept) })
}

/** Throws for a required attribute without a value. `mutability` when a PATCH took it away (RFC 7644 §3.5.2.2). */
export function requireAll(
  type: ResourceType,
  resource: JsonObject,
  scimType: 'invalidValue' | 'mutability' = 'invalidValue',
): void {
  for (const { name, required } of coreAttributes(type)) {
    if (required && isEmpty(own(resource, name))) throw badRequest(scimType, `${name} is required.`)
  }
  for (const { schema, required } of type.extensions) {
    if (required && own(resource, schema.id) === undefined) throw badRequest(scimType, `${schema.id} is required.`)
  }
}

/** The same content with its keys in schema order and `schemas` telling which extensions are used. */
export function inOrder(type: ResourceType, resource: JsonObject): JsonObject {
  const used = type.extensions.map(({ schema }) => schema.id).filter((id) => isObject(own(resource, id)))
  const result: Record<string, Json> = { schemas: [type.schema.id, ...used] }
  for (const { name } of coreAttributes(type)) {
    const value = own(resource, name)
    if (name !== 'schemas' && value !== undefined) result[name] = value
  }
  for (const id of used) result[id] = own(resource, id) ?? {}
  return result
}

type Building = { readonly rules: ValueRules; readonly existing: JsonObject }

function build(type: ResourceType, body: JsonObject, building: Building): JsonObject {
  const sent = byFoldedName(body)
  requireSchemas(type, sent.get('schemas'), building.rules)
  const attributes = coreAttributes(type).filter(({ name }) => name !== 'schemas')
  const result: Record<string, Json> = attributesFrom(attributes, sent, building)
  for (const { schema } of type.extensions) {
    const content = sent.get(schema.id.toLowerCase()) ?? {}
    if (!isObject(content)) throw badRequest('invalidValue', `${schema.id} must be complex.`)
    const before = own(building.existing, schema.id)
    const extension = attributesFrom(schema.attributes, byFoldedName(content), {
      rules: building.rules,
      existing: isObject(before) ? before : {},
    })
    if (Object.keys(extension).length > 0) result[schema.id] = extension
  }
  refuseUnknownNames(type, sent, building.rules)
  const resource = inOrder(type, result)
  requireAll(type, resource)
  return resource
}

function attributesFrom(
  attributes: readonly Attribute[],
  sent: Map<string, Json>,
  { rules, existing }: Building,
): Record<string, Json> {
  const result: Record<string, Json> = {}
  const known = new Set(attributes.map(({ name }) => name.toLowerCase()))
  for (const name of sent.keys()) if (!known.has(name) && !name.startsWith('urn:')) refuseUnlessCommon(name, rules)
  for (const attribute of attributes) {
    const value = valueAfter(attribute, sent.get(attribute.name.toLowerCase()), { rules, existing })
    if (value !== undefined) result[attribute.name] = value
  }
  return result
}

function refuseUnlessCommon(name: string, rules: ValueRules): void {
  if (name !== 'schemas') refuseUnknown(rules)
}

function valueAfter(attribute: Attribute, sent: Json | undefined, { rules, existing }: Building): Json | undefined {
  const old = own(existing, attribute.name)
  if (attribute.mutability === 'readOnly') return old
  const value = sent === undefined ? undefined : normaliseValue(attribute, sent, rules)
  refuseImmutableChange(attribute, old, value)
  return attribute.mutability === 'immutable' ? (value ?? old) : value
}

function requireSchemas(type: ResourceType, schemas: Json | undefined, { unknown }: ValueRules): void {
  const ids = isList(schemas) ? schemas.map((id) => (typeof id === 'string' ? id.toLowerCase() : '')) : []
  if (!ids.includes(type.schema.id.toLowerCase())) {
    throw badRequest('invalidSyntax', `schemas must contain ${type.schema.id}.`)
  }
  const isKnown = (id: string) => id === type.schema.id.toLowerCase() || findExtension(type, id) !== undefined
  if (unknown === 'refuse' && !ids.every(isKnown)) {
    throw badRequest('invalidSyntax', 'schemas names a schema that the resource type does not have.')
  }
}

function refuseUnknownNames(type: ResourceType, sent: Map<string, Json>, rules: ValueRules): void {
  for (const name of sent.keys()) {
    if (name.startsWith('urn:') && findExtension(type, name) === undefined) refuseUnknown(rules)
  }
}

function pick(from: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.filter((name) => Object.hasOwn(from, name)).map((name) => [name, from[name] ?? null]))
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '' || (isList(value) && value.length === 0)
}
