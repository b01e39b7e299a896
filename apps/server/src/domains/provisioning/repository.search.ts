import type { Predicate, Sort } from '@clew/scim'
import { type RawBuilder, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import { type GroupRow, groupOf } from './repository.groups.ts'
import { type Columns, groupColumns, type Narrowed, narrow, userColumns } from './repository.narrow.ts'
import { type UserRow, userOf } from './repository.users.ts'

export type Kind = 'User' | 'Group'
type Rows = { User: UserRow; Group: GroupRow }

/** A filter as the database understands it. */
export type Search = Narrowed & { connectionId: string }

export function searchFor(
  kind: Kind,
  asked: { connectionId: string; filter: Predicate | undefined; belonging: ReadonlyMap<string, readonly string[]> },
): Search {
  const { connectionId, filter, belonging } = asked
  const columns: Columns = kind === 'User' ? userColumns(connectionId, belonging) : groupColumns(belonging)
  return { connectionId, ...(filter === undefined ? { where: undefined, isExact: true } : narrow(filter, columns)) }
}

/** How an order of the protocol is one of the database; undefined where it is not. */
export function orderOf(kind: Kind, sort: Sort | undefined): RawBuilder<unknown> | undefined {
  if (sort === undefined) return sql`id`
  const column = (kind === 'User' ? userOrders : groupOrders)[sort.field.name]
  if (column === undefined) return undefined
  // Without a value last, and first when descending: so it is in PostgreSQL too.
  return sort.descending ? sql`${sql.ref(column)} DESC, id` : sql`${sql.ref(column)}, id`
}

const orders: Readonly<Record<string, string>> = {
  id: 'id',
  externalId: 'external_id',
  'meta.created': 'created_at',
  'meta.lastModified': 'updated_at',
}
const userOrders: Readonly<Record<string, string>> = { ...orders, userName: 'user_name', displayName: 'display_name' }
const groupOrders: Readonly<Record<string, string>> = { ...orders, displayName: 'display_name' }

const conditionOf = ({ connectionId, where }: Search): RawBuilder<boolean> =>
  where === undefined
    ? sql<boolean>`connection_id = ${connectionId}`
    : sql<boolean>`connection_id = ${connectionId} AND ${where}`

const tableOf = (kind: Kind): RawBuilder<unknown> => (kind === 'User' ? sql`scim_users` : sql`scim_groups`)

export async function countFound(tx: TxCtx, kind: Kind, search: Search): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM ${tableOf(kind)} WHERE ${conditionOf(search)}`.execute(sqlOf(tx))
  return rows[0]?.count ?? 0
}

export async function listFound<K extends Kind>(
  tx: TxCtx,
  kind: K,
  asked: { search: Search; order: RawBuilder<unknown>; offset: number; limit: number },
): Promise<Rows[K][]> {
  const { search, order, offset, limit } = asked
  const { rows } = await sql<never>`
    SELECT * FROM ${tableOf(kind)} WHERE ${conditionOf(search)}
     ORDER BY ${order} OFFSET ${offset} LIMIT ${limit}`.execute(sqlOf(tx))
  return rows.map((row) => (kind === 'User' ? userOf(row) : groupOf(row)) as Rows[K])
}

/** The next few behind an id: a stream whose parts never are all in memory. */
export async function listBehind<K extends Kind>(
  tx: TxCtx,
  kind: K,
  asked: { search: Search; after: string; limit: number },
): Promise<Rows[K][]> {
  const { search, after, limit } = asked
  const { rows } = await sql<never>`
    SELECT * FROM ${tableOf(kind)} WHERE ${conditionOf(search)} AND id > ${after}::uuid
     ORDER BY id LIMIT ${limit}`.execute(sqlOf(tx))
  return rows.map((row) => (kind === 'User' ? userOf(row) : groupOf(row)) as Rows[K])
}
