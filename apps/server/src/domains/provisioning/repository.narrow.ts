import type { Field, Predicate, PredicateOperator, PredicateValue } from '@clew/scim'
import { type RawBuilder, sql } from 'kysely'
import { isId } from './model.resource.ts'

/**
 * A condition that every match satisfies. `isExact`: and nobody else does, so that nothing has to be looked through.
 * Without a condition everybody may match.
 */
export type Narrowed = { where: RawBuilder<boolean> | undefined; isExact: boolean }

/** How an attribute lies in the table, and in which form. */
type Column = {
  name: string
  kind: 'id' | 'folded' | 'exact' | 'boolean' | 'instant'
  isAlwaysThere: boolean
}

export type Columns = {
  fields: Readonly<Record<string, Column>>
  /** A multi-valued attribute whose values lie in a table of their own. */
  lists: Readonly<Record<string, (test: (value: RawBuilder<string>) => RawBuilder<boolean>) => RawBuilder<boolean>>>
  /** Who belongs where, asked beforehand: the rows that have this value in `groups` or `members`. */
  belonging: { field: string; rows: ReadonlyMap<string, readonly string[]> }
}

const there = { isAlwaysThere: true } as const
const perhaps = { isAlwaysThere: false } as const

const common: Readonly<Record<string, Column>> = {
  id: { name: 'id', kind: 'id', ...there },
  externalId: { name: 'external_id', kind: 'exact', ...perhaps },
  'meta.created': { name: 'created_at', kind: 'instant', ...there },
  'meta.lastModified': { name: 'updated_at', kind: 'instant', ...there },
}

const userFields: Readonly<Record<string, Column>> = {
  ...common,
  userName: { name: 'user_name', kind: 'folded', ...there },
  displayName: { name: 'display_name', kind: 'folded', ...perhaps },
  active: { name: 'active', kind: 'boolean', ...there },
}

const groupFields: Readonly<Record<string, Column>> = {
  ...common,
  displayName: { name: 'display_name', kind: 'folded', ...there },
}

export const userColumns = (connectionId: string, rows: ReadonlyMap<string, readonly string[]>): Columns => ({
  fields: userFields,
  lists: {
    // Chosen by the index of addresses first, whatever else is asked.
    'emails.value': (test) => sql`id IN (SELECT user_id FROM scim_user_emails
      WHERE connection_id = ${connectionId} AND ${test(sql`email`)})`,
  },
  belonging: { field: 'groups.value', rows },
})

export const groupColumns = (rows: ReadonlyMap<string, readonly string[]>): Columns => ({
  fields: groupFields,
  lists: {},
  belonging: { field: 'members.value', rows },
})

/** The values that are compared with `field` by `eq`, anywhere in the filter. */
export function comparedWith(predicate: Predicate | undefined, field: string): readonly string[] {
  if (predicate === undefined) return []
  switch (predicate.kind) {
    case 'all':
    case 'any':
      return predicate.of.flatMap((part) => comparedWith(part, field))
    case 'not':
      return comparedWith(predicate.of, field)
    case 'element':
      return comparedWith(withinList(predicate), field)
    case 'test':
      return predicate.field.name === field && predicate.operator === 'eq' && typeof predicate.value === 'string'
        ? [predicate.value]
        : []
    case 'constant':
    case 'present':
      return []
  }
}

/** Whether a filter looks at an attribute at all. */
export function looksAt(predicate: Predicate | undefined, attribute: string): boolean {
  if (predicate === undefined) return false
  switch (predicate.kind) {
    case 'all':
    case 'any':
      return predicate.of.some((part) => looksAt(part, attribute))
    case 'not':
      return looksAt(predicate.of, attribute)
    case 'element':
    case 'test':
    case 'present':
      return predicate.field.path[0] === attribute
    case 'constant':
      return false
  }
}

export function narrow(predicate: Predicate, columns: Columns): Narrowed {
  switch (predicate.kind) {
    case 'constant':
      return exactly(predicate.value ? sql<boolean>`true` : sql<boolean>`false`)
    case 'all': {
      const parts = predicate.of.map((part) => narrow(part, columns))
      const known = parts.flatMap(({ where }) => (where === undefined ? [] : [where]))
      return { where: joined(known, sql` AND `), isExact: parts.every(({ isExact }) => isExact) }
    }
    case 'any': {
      const parts = predicate.of.map((part) => narrow(part, columns))
      if (parts.some(({ where }) => where === undefined)) return everybody
      const known = parts.flatMap(({ where }) => (where === undefined ? [] : [where]))
      return { where: joined(known, sql` OR `), isExact: parts.every(({ isExact }) => isExact) }
    }
    case 'not': {
      const { where, isExact } = narrow(predicate.of, columns)
      return isExact && where !== undefined ? exactly(sql<boolean>`NOT coalesce(${where}, false)`) : everybody
    }
    case 'element':
      // One and the same element must pass, so this only says where to look.
      return { ...narrow(withinList(predicate), columns), isExact: false }
    case 'present':
      return narrowPresence(predicate.field, columns)
    case 'test':
      return narrowTest(predicate, columns)
  }
}

const everybody: Narrowed = { where: undefined, isExact: false }
const exactly = (where: RawBuilder<boolean>): Narrowed => ({ where, isExact: true })

function joined(parts: readonly RawBuilder<boolean>[], by: RawBuilder<unknown>): RawBuilder<boolean> | undefined {
  return parts.length === 0 ? undefined : sql<boolean>`(${sql.join([...parts], by)})`
}

/** What is said of the elements, said of the whole list: true of whoever has the element, and of some others. */
function withinList({ field, of }: Extract<Predicate, { kind: 'element' }>): Predicate {
  const lift = (part: Predicate): Predicate => {
    switch (part.kind) {
      case 'all':
      case 'any':
        return { ...part, of: part.of.map(lift) }
      case 'test':
      case 'present': {
        const name = `${field.name}.${part.field.name}`
        return { ...part, field: { ...part.field, name, path: [...field.path, ...part.field.path], many: true } }
      }
      case 'constant':
        return part
      case 'not':
      case 'element':
        // Another element may pass what this one must not: nothing follows for the list.
        return { kind: 'constant', value: true }
    }
  }
  return lift(of)
}

function narrowPresence(field: Field, { fields }: Columns): Narrowed {
  const column = fields[field.name]
  if (column === undefined) return everybody
  return exactly(column.isAlwaysThere ? sql<boolean>`true` : sql<boolean>`${sql.ref(column.name)} IS NOT NULL`)
}

type Test = Extract<Predicate, { kind: 'test' }>

function narrowTest({ field, operator, value }: Test, { fields, lists, belonging }: Columns): Narrowed {
  if (field.name === belonging.field && operator === 'eq' && typeof value === 'string') {
    const rows = belonging.rows.get(value) ?? []
    return exactly(sql<boolean>`id = ANY (${[...rows]}::uuid[])`)
  }
  const list = lists[field.name]
  if (list !== undefined && typeof value === 'string') {
    const test = (at: RawBuilder<string>) => comparesText(at, operator, value.toLowerCase())
    return test(sql`x`) === undefined ? everybody : exactly(list((at) => test(at) ?? sql<boolean>`true`))
  }
  const column = fields[field.name]
  const where = column && comparers[column.kind](sql.ref<string>(column.name), operator, value)
  return where === undefined ? everybody : exactly(where)
}

type Compare = (
  at: RawBuilder<string>,
  operator: PredicateOperator,
  value: PredicateValue,
) => RawBuilder<boolean> | undefined

const comparers: Record<Column['kind'], Compare> = {
  id: (at, operator, value) => (operator === 'eq' && typeof value === 'string' ? isThisId(at, value) : undefined),
  boolean: (at, operator, value) =>
    typeof value === 'boolean' && operator === 'eq' ? sql<boolean>`${at} = ${value}` : undefined,
  instant: (at, operator, value) => (value instanceof Date ? comparesInstant(at, operator, value) : undefined),
  folded: (at, operator, value) =>
    typeof value === 'string' ? comparesText(at, operator, value.toLowerCase()) : undefined,
  exact: (at, operator, value) => (typeof value === 'string' ? comparesText(at, operator, value) : undefined),
}

const isThisId = (at: RawBuilder<string>, value: string): RawBuilder<boolean> =>
  isId(value) ? sql<boolean>`${at} = ${value}::uuid` : sql<boolean>`false`

/** Orders of text are left to the library: it counts in UTF-16, PostgreSQL in characters. */
function comparesText(
  at: RawBuilder<string>,
  operator: PredicateOperator,
  value: string,
): RawBuilder<boolean> | undefined {
  switch (operator) {
    case 'eq':
      return sql<boolean>`${at} = ${value}`
    case 'sw':
      return sql<boolean>`starts_with(${at}, ${value})`
    case 'co':
      return sql<boolean>`strpos(${at}, ${value}) > 0`
    case 'ew':
      return sql<boolean>`right(${at}, length(${value}::text)) = ${value}`
    case 'gt':
    case 'ge':
    case 'lt':
    case 'le':
      return undefined
  }
}

function comparesInstant(
  at: RawBuilder<string>,
  operator: PredicateOperator,
  value: Date,
): RawBuilder<boolean> | undefined {
  const signs: Partial<Record<PredicateOperator, RawBuilder<unknown>>> = {
    eq: sql`=`,
    gt: sql`>`,
    ge: sql`>=`,
    lt: sql`<`,
    le: sql`<=`,
  }
  const sign = signs[operator]
  return sign === undefined ? undefined : sql<boolean>`${at} ${sign} ${value}`
}
