import type { JsonObject } from '@clew/scim'
import { type Selectable, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { ScimGroups } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { GroupKeys } from './model.resource.ts'
import type { Connection } from './model.ts'

export type GroupRow = {
  id: string
  document: JsonObject
  version: number
  createdAt: Date
  updatedAt: Date
}

export const groupOf = (row: Selectable<ScimGroups>): GroupRow => ({
  id: row.id,
  document: row.resource as JsonObject,
  version: row.version,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

export async function findGroup(tx: TxCtx, connectionId: string, id: string): Promise<GroupRow | undefined> {
  const row = await ofConnection(tx, connectionId).where('id', '=', id).executeTakeFirst()
  return row && groupOf(row)
}

export async function lockGroup(tx: TxCtx, connectionId: string, id: string): Promise<GroupRow | undefined> {
  const row = await ofConnection(tx, connectionId).where('id', '=', id).forUpdate().executeTakeFirst()
  return row && groupOf(row)
}

const ofConnection = (tx: TxCtx, connectionId: string) =>
  sqlOf(tx).selectFrom('scim_groups').selectAll().where('connection_id', '=', connectionId)

export async function findTakenGroup(
  tx: TxCtx,
  { connectionId, keys, but }: { connectionId: string; keys: GroupKeys; but?: string },
): Promise<'displayName' | 'externalId' | undefined> {
  const rows = await sqlOf(tx)
    .selectFrom('scim_groups')
    .select(['id', 'display_name'])
    .where('connection_id', '=', connectionId)
    .where((eb) =>
      keys.externalId === undefined
        ? eb('display_name', '=', keys.displayName)
        : eb.or([eb('display_name', '=', keys.displayName), eb('external_id', '=', keys.externalId)]),
    )
    .execute()
  const others = rows.filter(({ id }) => id !== but)
  if (others.length === 0) return undefined
  return others.some(({ display_name }) => display_name === keys.displayName) ? 'displayName' : 'externalId'
}

type Stored = { id: string; connection: Connection; keys: GroupKeys; document: JsonObject }

export async function insertGroup(tx: TxCtx, { id, connection, keys, document }: Stored): Promise<GroupRow> {
  const now = tx.clock.now()
  const row = await sqlOf(tx)
    .insertInto('scim_groups')
    .values({
      id,
      connection_id: connection.id,
      organisation_id: connection.organisationId,
      ...columnsOf(keys, document),
      created_at: now,
      updated_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return groupOf(row)
}

export async function updateGroup(tx: TxCtx, { id, keys, document }: Omit<Stored, 'connection'>): Promise<GroupRow> {
  const row = await sqlOf(tx)
    .updateTable('scim_groups')
    .set((eb) => ({ ...columnsOf(keys, document), version: eb('version', '+', 1), updated_at: tx.clock.now() }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return groupOf(row)
}

/** Only who is in it is another. */
export async function touchGroup(tx: TxCtx, id: string): Promise<GroupRow> {
  const row = await sqlOf(tx)
    .updateTable('scim_groups')
    .set((eb) => ({ version: eb('version', '+', 1), updated_at: tx.clock.now() }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return groupOf(row)
}

/** Which of these ids are groups of the connection, with their names. */
export async function namesOfGroups(
  tx: TxCtx,
  connectionId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`
    SELECT id, resource ->> 'displayName' AS name FROM scim_groups
     WHERE connection_id = ${connectionId} AND id = ANY (${[...ids]}::uuid[])`.execute(sqlOf(tx))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

export type Nested = { groupId: string; childId: string }

export async function listNested(tx: TxCtx, groupIds: readonly string[]): Promise<Nested[]> {
  if (groupIds.length === 0) return []
  const { rows } = await sql<{ group_id: string; child_id: string }>`
    SELECT group_id, child_id FROM scim_nested_groups WHERE group_id = ANY (${[...groupIds]}::uuid[])
     ORDER BY group_id, child_id`.execute(sqlOf(tx))
  return rows.map(({ group_id, child_id }) => ({ groupId: group_id, childId: child_id }))
}

/** The groups that have one of these as a member. */
export async function listNestedIn(tx: TxCtx, childId: string): Promise<string[]> {
  const rows = await sqlOf(tx)
    .selectFrom('scim_nested_groups')
    .select('group_id')
    .where('child_id', '=', childId)
    .execute()
  return rows.map(({ group_id }) => group_id)
}

export async function addNested(
  tx: TxCtx,
  { groupId, connection, childIds }: { groupId: string; connection: Connection; childIds: readonly string[] },
): Promise<string[]> {
  if (childIds.length === 0) return []
  const rows = await sqlOf(tx)
    .insertInto('scim_nested_groups')
    .values(
      childIds.map((childId) => ({
        group_id: groupId,
        child_id: childId,
        organisation_id: connection.organisationId,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('child_id')
    .execute()
  return rows.map(({ child_id }) => child_id)
}

/** Removes those that are listed, or all but those that are listed. */
export async function removeNested(
  tx: TxCtx,
  { groupId, ids, which }: { groupId: string; ids: readonly string[]; which: 'listed' | 'others' },
): Promise<string[]> {
  const chosen =
    which === 'listed' ? sql`child_id = ANY (${[...ids]}::uuid[])` : sql`NOT (child_id = ANY (${[...ids]}::uuid[]))`
  const { rows } = await sql<{ child_id: string }>`
    DELETE FROM scim_nested_groups WHERE group_id = ${groupId} AND ${chosen} RETURNING child_id`.execute(sqlOf(tx))
  return rows.map(({ child_id }) => child_id)
}

const columnsOf = (keys: GroupKeys, document: JsonObject) => ({
  external_id: keys.externalId ?? null,
  display_name: keys.displayName,
  resource: JSON.stringify(document),
})

/** Who is in these is another, since somebody has gone. */
export async function touchGroups(tx: TxCtx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`UPDATE scim_groups SET version = version + 1, updated_at = ${tx.clock.now()}
     WHERE id IN (SELECT id FROM scim_groups WHERE id = ANY (${[...ids]}::uuid[]) ORDER BY id FOR UPDATE)`.execute(
    sqlOf(tx),
  )
}
