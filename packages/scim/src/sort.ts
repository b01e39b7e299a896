import { parseAttributePath, resolvePath } from './attribute-path.ts'
import { badRequest } from './errors.ts'
import { valuesOf } from './filter/matches.ts'
import { asInstant, comparableField, type Field, fieldOf } from './filter/predicate.ts'
import { type Json, type JsonObject } from './json.ts'
import type { ResourceType } from './schema/attribute.ts'
import { isPrimary } from './values.ts'

/** Of a multi-valued attribute the primary element counts, or else the first (RFC 7644 §3.4.2.3). */
export type Sort = { readonly field: Field; readonly descending: boolean }

/** Throws `invalidValue` for an attribute that the type does not have or that has no order, and for another `sortOrder`. */
export function parseSort(type: ResourceType, sortBy: string, sortOrder = 'ascending'): Sort {
  const path = parseAttributePath(sortBy)
  const target = path === undefined ? undefined : resolvePath(type, path)
  const field = target === undefined ? undefined : comparableField(fieldOf(target))
  if (field === undefined || field.attribute.returned === 'never' || target?.attribute.returned === 'never') {
    throw badRequest('invalidValue', 'sortBy names no attribute that can be sorted by.')
  }
  const order = sortOrder.toLowerCase()
  if (order !== 'ascending' && order !== 'descending') {
    throw badRequest('invalidValue', 'sortOrder must be ascending or descending.')
  }
  return { field, descending: order === 'descending' }
}

/** Sorts stably. Resources without a value come last, and first when descending (RFC 7644 §3.4.2.3). */
export function sortResources<T extends JsonObject>(
  resources: readonly T[],
  { field, descending }: Sort,
): readonly T[] {
  const keyed = resources.map((resource) => ({ resource, key: sortKey(field, resource) }))
  const sign = descending ? -1 : 1
  return keyed.toSorted((a, b) => sign * compareKeys(a.key, b.key)).map(({ resource }) => resource)
}

function sortKey(field: Field, resource: JsonObject): string | number | undefined {
  const value = field.many ? preferredValue(field, resource) : valuesOf(field, resource)[0]
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value !== 'string') return typeof value === 'number' ? value : undefined
  if (field.attribute.type === 'dateTime') return asInstant(value)?.getTime()
  return field.attribute.caseExact ? value : value.toLowerCase()
}

function preferredValue(field: Field, resource: JsonObject): Json | undefined {
  const part = field.path.at(-1)
  if (field.path.length < 2 || part === undefined) return valuesOf(field, resource)[0]
  const elements = valuesOf({ ...field, path: field.path.slice(0, -1) }, resource)
  const preferred = elements.find(isPrimary) ?? elements[0]
  return preferred === undefined ? undefined : valuesOf({ ...field, path: [part] }, preferred)[0]
}

function compareKeys(a: string | number | undefined, b: string | number | undefined): number {
  if (a === b) return 0
  if (a === undefined) return 1
  if (b === undefined) return -1
  return a < b ? -1 : 1
}
