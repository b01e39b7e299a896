import { type AttributePath, printTarget, resolvePath, type Target } from '../attribute-path.ts'
import { badRequest } from '../errors.ts'
import { type Attribute, type ResourceType, subAttribute } from '../schema/attribute.ts'
import type { Filter, Operator } from './filter.ts'

/** One attribute of a resource, or inside `element` one sub-attribute of the element. */
export type Field = {
  /** The canonical name, such as `name.familyName`. A repository maps it to a column. */
  readonly name: string
  /** The keys that lead to the value. */
  readonly path: readonly string[]
  /** Whether several values may be found; a test then holds if one of them passes. */
  readonly many: boolean
  /** The last attribute of the path: its type and its `caseExact` govern comparison. */
  readonly attribute: Attribute
}

export type PredicateValue = string | number | boolean | Date

/** What is left once `ne` and `null` are said with `not` and `present`. */
export type PredicateOperator = Exclude<Operator, 'ne'>

/**
 * A filter bound to a resource type, for `matches` or for SQL. Types agree, names are canonical, `all` and `any` are
 * flat, `not` never stands on a `not`.
 *
 * Every part is either true or false: an absent value passes no `test`, and `not` then holds. SQL needs
 * `coalesce(…, false)` under `not`. An `element` is correlated: one and the same element must satisfy all of it.
 */
export type Predicate =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Predicate[] }
  | { readonly kind: 'not'; readonly of: Predicate }
  | { readonly kind: 'present'; readonly field: Field }
  | {
      readonly kind: 'test'
      readonly field: Field
      readonly operator: PredicateOperator
      readonly value: PredicateValue
    }
  | { readonly kind: 'element'; readonly field: Field; readonly of: Predicate }

type FindField = (path: AttributePath) => Field | undefined
type Binding = { readonly find: FindField; readonly unknown: 'refuse' | 'absent' }

/**
 * Binds a filter to a resource type.
 *
 * `x ne v` means `not (x eq v)`, and `x eq null` means `not (x pr)`: RFC 7643 §2.5 makes null, the empty list and absence
 * one. A comparison with a whole multi-valued attribute is with its `value` (RFC 7644 §3.4.2.2).
 *
 * `invalidFilter`: an attribute that the type does not have (or, with `unknown: 'absent'`, one without any value, as a
 * search over several types needs it); an attribute that is never returned; a value of another type; an order on a
 * boolean or binary attribute; a part of a string in what is no string.
 */
export function toPredicate(
  filter: Filter,
  type: ResourceType,
  options: { readonly unknown?: 'refuse' | 'absent' } = {},
): Predicate {
  const find: FindField = (path) => {
    const target = resolvePath(type, path)
    return target === undefined ? undefined : fieldOf(target)
  }
  return bind(filter, { find, unknown: options.unknown ?? 'refuse' })
}

/** Binds the filter inside `attribute[…]` to the elements of that attribute. */
export function toElementPredicate(filter: Filter, attribute: Attribute): Predicate {
  return bind(filter, { find: (path) => elementField(attribute, path), unknown: 'refuse' })
}

export function fieldOf(target: Target): Field {
  const { extension, attribute, sub } = target
  return {
    name: printTarget(target),
    path: [...(extension === undefined ? [] : [extension]), attribute.name, ...(sub === undefined ? [] : [sub.name])],
    many: attribute.multiValued || sub?.multiValued === true,
    attribute: sub ?? attribute,
  }
}

/** `value` of a complex attribute that has one; the field itself where there is nothing to choose. */
export function comparableField(field: Field): Field | undefined {
  if (field.attribute.type !== 'complex') return field
  const value = subAttribute(field.attribute, 'value')
  if (value === undefined) return undefined
  return { ...field, name: `${field.name}.value`, path: [...field.path, 'value'], attribute: value }
}

function elementField(attribute: Attribute, { name }: AttributePath): Field | undefined {
  const sub = subAttribute(attribute, name)
  return sub === undefined ? undefined : { name: sub.name, path: [sub.name], many: sub.multiValued, attribute: sub }
}

function bind(filter: Filter, binding: Binding): Predicate {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return join(
        filter.kind === 'and' ? 'all' : 'any',
        filter.filters.map((part) => bind(part, binding)),
      )
    case 'not':
      return negate(bind(filter.filter, binding))
    case 'element':
      return bindElement(filter, binding)
    case 'present': {
      const field = findField(filter.path, binding)
      return field === undefined ? { kind: 'constant', value: false } : { kind: 'present', field }
    }
    case 'compare':
      return bindComparison(filter, binding)
  }
}

function bindElement(filter: Extract<Filter, { kind: 'element' }>, binding: Binding): Predicate {
  const field = findField(filter.path, binding)
  if (field === undefined) return { kind: 'constant', value: false }
  if (field.attribute.type !== 'complex') throw badRequest('invalidFilter', `${field.name} has no sub-attributes.`)
  const find: FindField = (path) => elementField(field.attribute, path)
  const of = bind(filter.filter, { find, unknown: binding.unknown })
  return of.kind === 'constant' && !of.value ? of : { kind: 'element', field, of }
}

function bindComparison(filter: Extract<Filter, { kind: 'compare' }>, binding: Binding): Predicate {
  const { operator, value } = filter
  const field = findField(filter.path, binding)
  if (field === undefined) return { kind: 'constant', value: operator === (value === null ? 'eq' : 'ne') }
  if (value === null) return bindNull(field, operator)
  const compared = comparableField(field)
  if (compared === undefined) throw badRequest('invalidFilter', `${field.name} can only be tested with pr.`)
  const test: Predicate = {
    kind: 'test',
    field: compared,
    operator: operator === 'ne' ? 'eq' : operator,
    value: typedValue(compared, operator, value),
  }
  return operator === 'ne' ? negate(test) : test
}

function bindNull(field: Field, operator: Operator): Predicate {
  if (operator === 'eq') return { kind: 'not', of: { kind: 'present', field } }
  if (operator === 'ne') return { kind: 'present', field }
  throw badRequest('invalidFilter', `${field.name} can be compared with null by eq and ne only.`)
}

function findField(path: AttributePath, { find, unknown }: Binding): Field | undefined {
  const field = find(path)
  if (field === undefined) {
    if (unknown === 'absent') return undefined
    throw badRequest('invalidFilter', 'The filter names an attribute that the resource type does not have.')
  }
  // Answers to guesses would give away what is never returned.
  if (field.attribute.returned === 'never') throw badRequest('invalidFilter', `${field.name} cannot be filtered by.`)
  return field
}

const parts: ReadonlySet<Operator> = new Set(['co', 'sw', 'ew'])
const orders: ReadonlySet<Operator> = new Set(['gt', 'ge', 'lt', 'le'])
const textTypes: ReadonlySet<Attribute['type']> = new Set(['string', 'reference', 'binary'])
const unorderedTypes: ReadonlySet<Attribute['type']> = new Set(['boolean', 'binary'])

function typedValue(field: Field, operator: Operator, value: string | number | boolean): PredicateValue {
  const { type } = field.attribute
  const isText = textTypes.has(type)
  if ((parts.has(operator) && !isText) || (orders.has(operator) && unorderedTypes.has(type))) {
    throw badRequest('invalidFilter', `${field.name} cannot be compared with ${operator}.`)
  }
  const typed = isText ? asText(value) : asOther(type, value)
  if (typed === undefined) throw badRequest('invalidFilter', `${field.name} is compared with a value of another type.`)
  return typed
}

function asText(value: string | number | boolean): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function asOther(type: Attribute['type'], value: string | number | boolean): PredicateValue | undefined {
  if (type === 'boolean') return asBoolean(value)
  if (type === 'dateTime') return typeof value === 'string' ? asInstant(value) : undefined
  return typeof value === 'number' ? value : undefined
}

/** Entra ID sends booleans as the strings `"True"` and `"False"`. */
export function asBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (typeof value !== 'string') return undefined
  const folded = value.toLowerCase()
  return folded === 'true' ? true : folded === 'false' ? false : undefined
}

const dateTimeForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?$/

/** RFC 7643 §2.3.5: xsd:dateTime. One without a zone is read as UTC. */
export function asInstant(value: string): Date | undefined {
  if (!dateTimeForm.test(value)) return undefined
  const instant = new Date(/(?:Z|[+-]\d\d:\d\d)$/.test(value) ? value : `${value}Z`)
  return Number.isNaN(instant.getTime()) ? undefined : instant
}

function negate(of: Predicate): Predicate {
  if (of.kind === 'not') return of.of
  return of.kind === 'constant' ? { kind: 'constant', value: !of.value } : { kind: 'not', of }
}

function join(kind: 'all' | 'any', parts: readonly Predicate[]): Predicate {
  const neutral = kind === 'all'
  const flat = parts.flatMap((part) => (part.kind === kind ? part.of : [part]))
  if (flat.some((part) => part.kind === 'constant' && part.value !== neutral)) {
    return { kind: 'constant', value: !neutral }
  }
  const left = flat.filter((part) => part.kind !== 'constant')
  const [first] = left
  if (first === undefined) return { kind: 'constant', value: neutral }
  return left.length === 1 ? first : { kind, of: left }
}
