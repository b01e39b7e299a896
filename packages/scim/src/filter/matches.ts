import { isList, isObject, type Json, own } from '../json.ts'
import { asInstant, type Field, type Predicate, type PredicateOperator, type PredicateValue } from './predicate.ts'

type Test = Extract<Predicate, { kind: 'test' }>

/** Whether a resource, or inside a value path an element, satisfies the predicate. */
export function matches(predicate: Predicate, resource: Json): boolean {
  switch (predicate.kind) {
    case 'constant':
      return predicate.value
    case 'all':
      return predicate.of.every((part) => matches(part, resource))
    case 'any':
      return predicate.of.some((part) => matches(part, resource))
    case 'not':
      return !matches(predicate.of, resource)
    case 'present':
      return valuesOf(predicate.field, resource).some(isPresent)
    case 'element':
      return valuesOf(predicate.field, resource).some((element) => matches(predicate.of, element))
    case 'test':
      return valuesOf(predicate.field, resource).some((value) => passes(predicate, value))
  }
}

/** `matches` for many elements of one list: the usual `members[value eq "…"]` is made a plain comparison first. */
export function matcherOf(predicate: Predicate): (element: Json) => boolean {
  const name = predicate.kind === 'test' && predicate.operator === 'eq' ? predicate.field.path[0] : undefined
  if (predicate.kind !== 'test' || name === undefined || predicate.field.path.length > 1 || predicate.field.many) {
    return (element) => matches(predicate, element)
  }
  const { value, field } = predicate
  if (typeof value !== 'string' || !field.attribute.caseExact) return (element) => matches(predicate, element)
  return (element) => isObject(element) && own(element, name) === value
}

/** Every value that a field has in a resource. */
export function valuesOf({ path }: Field, resource: Json): readonly Json[] {
  const found: Json[] = []
  collect(resource, { path, from: 0, found })
  return found
}

function collect(value: Json, walk: { path: readonly string[]; from: number; found: Json[] }): void {
  const { path, from, found } = walk
  if (isList(value)) {
    for (const element of value) collect(element, walk)
    return
  }
  const name = path[from]
  if (name === undefined) {
    if (value !== null) found.push(value)
  } else if (isObject(value)) {
    const next = own(value, name)
    if (next !== undefined) collect(next, { path, from: from + 1, found })
  }
}

/** RFC 7644 §3.4.2.2 on `pr`: not null, not empty, and a complex value only if something in it is. */
function isPresent(value: Json): boolean {
  if (isList(value)) return value.some(isPresent)
  if (isObject(value)) return Object.values(value).some(isPresent)
  return value !== null && value !== ''
}

function passes({ field, operator, value }: Test, found: Json): boolean {
  if (value instanceof Date) {
    const instant = typeof found === 'string' ? asInstant(found) : undefined
    return instant !== undefined && compares(operator, instant.getTime(), value.getTime())
  }
  if (typeof value === 'string') {
    if (typeof found !== 'string') return false
    return field.attribute.caseExact
      ? compares(operator, found, value)
      : compares(operator, found.toLowerCase(), value.toLowerCase())
  }
  return typeof found === typeof value && compares(operator, found, value)
}

function compares(operator: PredicateOperator, found: unknown, value: Exclude<PredicateValue, Date>): boolean {
  if (operator === 'eq') return found === value
  if (typeof found === 'string' && typeof value === 'string') return comparesText(operator, found, value)
  return typeof found === 'number' && typeof value === 'number' && comparesOrder(operator, found - value)
}

function comparesText(operator: PredicateOperator, found: string, value: string): boolean {
  if (operator === 'co') return found.includes(value)
  if (operator === 'sw') return found.startsWith(value)
  if (operator === 'ew') return found.endsWith(value)
  return comparesOrder(operator, found < value ? -1 : found > value ? 1 : 0)
}

function comparesOrder(operator: PredicateOperator, difference: number): boolean {
  if (operator === 'gt') return difference > 0
  if (operator === 'ge') return difference >= 0
  if (operator === 'lt') return difference < 0
  return operator === 'le' && difference <= 0
}
