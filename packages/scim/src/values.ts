import { badRequest } from './errors.ts'
import { asBoolean, asInstant } from './filter/predicate.ts'
import { byFoldedName, isList, isObject, type Json, type JsonObject, own, sameJson } from './json.ts'
import { type Attribute, subAttribute } from './schema/attribute.ts'

/** What to do with names that no schema knows. Identity providers send them, so `ignore` is the rule. */
export type UnknownPolicy = 'ignore' | 'refuse'

export type ValueRules = { readonly unknown: UnknownPolicy }

/**
 * Brings the value of an attribute into its form: canonical names, right types, no nulls and empty lists, each element
 * once, `primary` true at most once. Read-only sub-attributes are dropped (RFC 7644 §3.3). Undefined where nothing is
 * left, since null, the empty list and absence are one (RFC 7643 §2.5).
 *
 * Taken beyond the RFC, because it is sent: `"True"` and `"False"` for booleans, a bare string for `{ "value": … }`,
 * and one element for a list of one.
 *
 * Throws `invalidValue` for a value of another type, a required sub-attribute without a value, two primaries.
 */
export function normaliseValue(attribute: Attribute, value: Json, rules: ValueRules): Json | undefined {
  if (!attribute.multiValued) return normaliseOne(attribute, value, rules)
  if (value === null) return undefined
  const elements = (isList(value) ? value : [value])
    .map((element) => normaliseOne(attribute, element, rules))
    .filter((element) => element !== undefined)
  refuseTwoPrimaries(attribute, elements)
  const unique = distinct(attribute, elements)
  return unique.length === 0 ? undefined : unique
}

/** One element of a multi-valued attribute, or the value of a singular one. */
export function normaliseOne(attribute: Attribute, value: Json, rules: ValueRules): Json | undefined {
  if (value === null) return undefined
  return attribute.type === 'complex' ? normaliseComplex(attribute, value, rules) : normaliseSimple(attribute, value)
}

/** The sub-attributes that were sent, normalised; required ones may be missing, and null stands for "unset". */
export function normaliseParts(attribute: Attribute, value: Json, rules: ValueRules): JsonObject {
  const parts: Record<string, Json> = {}
  for (const [name, part] of byFoldedName(asComplex(attribute, value))) {
    const sub = subAttribute(attribute, name)
    if (sub === undefined) refuseUnknown(rules)
    else if (sub.mutability !== 'readOnly') parts[sub.name] = normaliseValue(sub, part, rules) ?? null
  }
  return parts
}

export function refuseUnknown({ unknown }: ValueRules): void {
  if (unknown === 'refuse') throw badRequest('invalidSyntax', 'The resource has an attribute that no schema defines.')
}

export function withoutNulls(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null))
}

/** The elements, each once. Where two say the same, the later one is merged into the earlier. */
export function distinct(attribute: Attribute, elements: readonly Json[]): readonly Json[] {
  const kept: Json[] = []
  const places = new Map<string, number>()
  for (const element of elements) {
    const key = elementKey(attribute, element)
    const place = places.get(key)
    if (place === undefined) {
      places.set(key, kept.length)
      kept.push(element)
    } else {
      const earlier = kept[place]
      kept[place] = isObject(earlier) && isObject(element) ? { ...earlier, ...element } : element
    }
  }
  return kept
}

/**
 * What makes an element the same as another. RFC 7643 §2.4: `value` and `type` together. A member is who it is,
 * whatever its `type`.
 */
export function elementKey(attribute: Attribute, element: Json): string {
  if (!isObject(element)) return JSON.stringify(attribute.caseExact ? element : foldText(element))
  const value = own(element, 'value')
  const definition = subAttribute(attribute, 'value')
  if (definition === undefined || value === undefined) return `::${JSON.stringify(sortedEntries(element))}`
  const type = definition.mutability === 'immutable' ? undefined : own(element, 'type')
  return `${textOf(foldText(type ?? ''))}:${textOf(definition.caseExact ? value : foldText(value))}`
}

function textOf(value: Json): string {
  // The quotes end a type before the colon that follows it, so that no two pairs look alike.
  return typeof value === 'string' && !value.includes(':') ? value : JSON.stringify(value)
}

export function isPrimary(element: Json): boolean {
  return isObject(element) && own(element, 'primary') === true
}

/** RFC 7644 §3.5.2: a value that becomes primary takes that from all others. */
export function leaveOnePrimary(elements: readonly Json[], isNew: (element: Json) => boolean): readonly Json[] {
  if (!elements.some((element) => isPrimary(element) && isNew(element))) return elements
  return elements.map((element) =>
    isPrimary(element) && isObject(element) && !isNew(element) ? { ...element, primary: false } : element,
  )
}

export function refuseTwoPrimaries(attribute: Attribute, elements: readonly Json[]): void {
  if (elements.filter(isPrimary).length > 1) {
    throw badRequest('invalidValue', `${attribute.name} has more than one primary value.`)
  }
}

/** RFC 7644 §3.5.1 and §3.5.2: an immutable value that is set may be sent again, not changed. */
export function refuseImmutableChange(attribute: Attribute, old: Json | undefined, next: Json | undefined): void {
  if (attribute.mutability !== 'immutable' || old === undefined || next === undefined) return
  if (!sameJson(old, next)) throw badRequest('mutability', `${attribute.name} cannot be changed once it is set.`)
}

function normaliseComplex(attribute: Attribute, value: Json, rules: ValueRules): JsonObject | undefined {
  const parts = withoutNulls(normaliseParts(attribute, value, rules))
  if (Object.keys(parts).length === 0) return undefined
  for (const sub of attribute.subAttributes ?? []) {
    if (sub.required && parts[sub.name] === undefined) {
      throw badRequest('invalidValue', `${attribute.name}.${sub.name} is required.`)
    }
  }
  return parts
}

function asComplex(attribute: Attribute, value: Json): JsonObject {
  if (isObject(value)) return value
  if (typeof value === 'string' && subAttribute(attribute, 'value') !== undefined) {
    return value === '' ? {} : { value }
  }
  throw wrongType(attribute)
}

function normaliseSimple(attribute: Attribute, value: Json): Json {
  const simple = attribute.type === 'boolean' ? asBoolean(value) : value
  if (simple === undefined || !isOfType(attribute.type, simple)) throw wrongType(attribute)
  return simple
}

function isOfType(type: Attribute['type'], value: Json): boolean {
  if (type === 'boolean') return typeof value === 'boolean'
  if (type === 'integer') return Number.isSafeInteger(value)
  if (type === 'decimal') return typeof value === 'number'
  if (typeof value !== 'string') return false
  if (type === 'dateTime') return asInstant(value) !== undefined
  return type !== 'binary' || isBase64(value)
}

/** RFC 7643 §2.3.6: base64 or base64url. */
function isBase64(value: string): boolean {
  return /^[\w+/-]*={0,2}$/.test(value)
}

function wrongType(attribute: Attribute): Error {
  return badRequest(
    'invalidValue',
    `${attribute.name} must be ${attribute.multiValued ? 'made of ' : ''}${attribute.type}.`,
  )
}

function foldText(value: Json): Json {
  return typeof value === 'string' ? value.toLowerCase() : value
}

function sortedEntries(element: JsonObject): readonly (readonly [string, Json])[] {
  return Object.entries(element).toSorted(([a], [b]) => (a < b ? -1 : 1))
}
