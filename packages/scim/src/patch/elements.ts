import { badRequest } from '../errors.ts'
import { matcherOf } from '../filter/matches.ts'
import type { Predicate } from '../filter/predicate.ts'
import { isList, isObject, type Json, type JsonObject, own } from '../json.ts'
import { type Attribute, subAttribute } from '../schema/attribute.ts'
import {
  distinct,
  elementKey,
  isPrimary,
  leaveOnePrimary,
  normaliseOne,
  normaliseParts,
  normaliseValue,
  refuseImmutableChange,
  refuseTwoPrimaries,
  type ValueRules,
  withoutNulls,
} from '../values.ts'
import type { PatchOperation } from './request.ts'

export type ElementChange = {
  readonly op: PatchOperation['op']
  readonly attribute: Attribute
  readonly elements: Predicate
  readonly sub?: Attribute
  readonly value: Json
  readonly rules: ValueRules
  readonly places: Places
}

/** Where each element of a list is, by its key. Lives as long as one PATCH: later the lists belong to the caller. */
export type Places = WeakMap<readonly Json[], Map<string, number>>

/** RFC 7644 §3.5.2.1: what is there already is not added again, and takes on what the addition says of it. */
export function appendElements(
  current: Json | undefined,
  { attribute, added, places }: { attribute: Attribute; added: Json | undefined; places: Places },
): Json | undefined {
  const [old, fresh] = [asElements(current), asElements(added)]
  if (fresh.some(isPrimary)) return asValue(settle(attribute, [...old, ...fresh], fresh))
  // A thousand additions to a group of thousands: its members are looked through once, not a thousand times.
  const index = places.get(old) ?? new Map(old.map((element, place) => [elementKey(attribute, element), place]))
  const next = [...old]
  for (const element of fresh) {
    const key = elementKey(attribute, element)
    const place = index.get(key)
    const earlier = place === undefined ? undefined : next[place]
    if (place !== undefined) next[place] = isObject(earlier) && isObject(element) ? { ...earlier, ...element } : element
    else index.set(key, next.push(element) - 1)
  }
  places.delete(old)
  places.set(next, index)
  return asValue(next)
}

/**
 * `{ "op": "Remove", "path": "members", "value": [{ "value": … }] }`, as Entra ID sends it: only the listed elements go.
 * Without `type` in the list, `value` alone decides.
 */
export function removeListed(
  attribute: Attribute,
  current: Json | undefined,
  { listed, rules }: { listed: Json; rules: ValueRules },
): Json | undefined {
  const keys = new Set<string>()
  for (const entry of isList(listed) ? listed : [listed]) {
    const element = normaliseOne(attribute, entry, rules)
    if (element !== undefined) keys.add(elementKey(attribute, element))
  }
  const isListed = (element: Json) =>
    keys.has(elementKey(attribute, element)) || keys.has(elementKey(attribute, withoutType(element)))
  return asValue(asElements(current).filter((element) => !isListed(element)))
}

/** An operation on `attribute[…]` or `attribute[…].sub`. */
export function changeElements(current: Json | undefined, change: ElementChange): Json | undefined {
  const old = asElements(current)
  const chosen = indexesWhere(old, matcherOf(change.elements))
  // Null unsets (RFC 7643 §2.5).
  if (change.op === 'remove' || change.value === null) {
    return chosen.length === 0 ? current : asValue(spliceAll(old, chosen, (element) => removeFrom(element, change)))
  }
  if (chosen.length === 0) {
    const { attribute, places } = change
    return appendElements(current, { attribute, added: [missingElement(change)], places })
  }
  const touched: Json[] = []
  const next = spliceAll(old, chosen, (element) => {
    const changed = changedElement(element, change)
    touched.push(changed)
    return [changed]
  })
  return asValue(settle(change.attribute, next, touched))
}

function indexesWhere(elements: readonly Json[], isChosen: (element: Json) => boolean): readonly number[] {
  const chosen: number[] = []
  for (let i = 0; i < elements.length; i++) if (isChosen(elements[i] ?? null)) chosen.push(i)
  return chosen
}

/** The list with the chosen elements exchanged for what `exchange` makes of them. */
function spliceAll(
  elements: readonly Json[],
  chosen: readonly number[],
  exchange: (element: Json) => readonly Json[],
): readonly Json[] {
  const next: Json[] = elements.slice(0, chosen[0])
  for (const [i, index] of chosen.entries()) {
    next.push(...exchange(elements[index] ?? null))
    const end = chosen[i + 1] ?? elements.length
    for (let at = index + 1; at < end; at++) next.push(elements[at] ?? null)
  }
  return next
}

/** Merges the sub-attributes of `parts` into a complex value; null unsets. */
export function mergeParts(attribute: Attribute, current: Json | undefined, parts: JsonObject): JsonObject | undefined {
  const old = isObject(current) ? current : {}
  for (const sub of attribute.subAttributes ?? []) {
    refuseImmutableChange(sub, own(old, sub.name), own(parts, sub.name))
    if (sub.required && own(parts, sub.name) === null) {
      throw badRequest('mutability', `${attribute.name}.${sub.name} is required.`)
    }
  }
  const merged = withoutNulls({ ...old, ...parts })
  return Object.keys(merged).length === 0 ? undefined : merged
}

export function asElements(value: Json | undefined): readonly Json[] {
  return value === undefined || value === null ? [] : isList(value) ? value : [value]
}

function asValue(elements: readonly Json[]): Json | undefined {
  return elements.length === 0 ? undefined : elements
}

function settle(attribute: Attribute, elements: readonly Json[], touched: readonly Json[]): readonly Json[] {
  if (!touched.some(isPrimary)) return distinct(attribute, elements)
  const keys = new Set(touched.filter(isPrimary).map((element) => elementKey(attribute, element)))
  const settled = leaveOnePrimary(distinct(attribute, elements), (element) => keys.has(elementKey(attribute, element)))
  refuseTwoPrimaries(attribute, settled)
  return settled
}

function withoutType(element: Json): Json {
  if (!isObject(element)) return element
  return Object.fromEntries(Object.entries(element).filter(([name]) => name !== 'type'))
}

function changedElement(element: Json, { op, attribute, elements, sub, value, rules }: ElementChange): Json {
  const parts = sub === undefined ? normaliseParts(attribute, value, rules) : subValue(sub, value, rules)
  // A replaced element is a new one (RFC 7644 §3.5.2.3), yet it stays one that the path chooses.
  const base = op === 'replace' && sub === undefined ? (asserted(elements) ?? {}) : element
  for (const part of attribute.subAttributes ?? []) {
    if (isObject(element)) refuseImmutableChange(part, own(element, part.name), own(parts, part.name))
  }
  const merged = mergeParts(attribute, base, parts)
  if (merged === undefined) throw badRequest('invalidValue', `An element of ${attribute.name} cannot be empty.`)
  return merged
}

/**
 * Entra ID replaces `emails[type eq "work"].value` where there is no such address yet and expects one. The filter must
 * say what the element is; a replacement of the whole element keeps to RFC 7644 §3.5.2.3 and is `noTarget`.
 */
function missingElement({ op, attribute, elements, sub, value, rules }: ElementChange): Json {
  const terms = asserted(elements)
  const noTarget = badRequest('noTarget', `No element of ${attribute.name} is chosen by the filter.`)
  if (terms === undefined || (op === 'replace' && sub === undefined)) throw noTarget
  if (sub !== undefined && Object.hasOwn(terms, sub.name)) throw noTarget
  const parts = sub === undefined ? normaliseParts(attribute, value, rules) : subValue(sub, value, rules)
  const element = normaliseOne(attribute, { ...terms, ...parts }, rules)
  if (element === undefined) throw noTarget
  return element
}

/** What a filter that is only `eq` and `and` says about the element. */
function asserted(predicate: Predicate): JsonObject | undefined {
  const tests = predicate.kind === 'all' ? predicate.of : [predicate]
  const terms: Record<string, Json> = {}
  for (const test of tests) {
    if (test.kind !== 'test' || test.operator !== 'eq' || test.value instanceof Date) return undefined
    if (test.field.attribute.mutability === 'readOnly') return undefined
    terms[test.field.name] = test.value
  }
  return terms
}

function subValue(sub: Attribute, value: Json, rules: ValueRules): JsonObject {
  return { [sub.name]: normaliseValue(sub, value, rules) ?? null }
}

const saysNothingAlone: ReadonlySet<string> = new Set(['type', 'primary', 'display'])

/** The element without the sub-attribute; no element at all once its `value` is gone and nothing else speaks. */
function removeFrom(element: Json, { attribute, sub }: ElementChange): readonly Json[] {
  if (sub === undefined || !isObject(element)) return []
  if (own(element, sub.name) === undefined) return [element]
  refuseImmutableRemoval(sub)
  const rest = mergeParts(attribute, element, { [sub.name]: null }) ?? {}
  const hasValue = subAttribute(attribute, 'value') !== undefined
  const isHollow = hasValue && Object.keys(rest).every((name) => saysNothingAlone.has(name))
  return isHollow || Object.keys(rest).length === 0 ? [] : [rest]
}

export function refuseImmutableRemoval(attribute: Attribute): void {
  if (attribute.mutability === 'immutable') {
    throw badRequest('mutability', `${attribute.name} cannot be removed once it is set.`)
  }
}
