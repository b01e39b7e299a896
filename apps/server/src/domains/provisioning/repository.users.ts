import type { MemberId } from '@clew/contract/primitives'
import type { JsonObject } from '@clew/scim'
import { type Selectable, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { ScimUsers } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { UserKeys } from './model.resource.ts'
import type { Connection } from './model.ts'

export type UserRow = {
  id: MemberId
  document: JsonObject
  shownName: string
  active: boolean
  version: number
  createdAt: Date
  updatedAt: Date
}

export const userOf = (row: Selectable<ScimUsers>): UserRow => ({
  id: row.id as MemberId,
  document: row.resource as JsonObject,
  shownName: row.shown_name,
  active: row.active,
  version: row.version,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

export async function findUser(tx: TxCtx, connectionId: string, id: string): Promise<UserRow | undefined> {
  const row = await ofConnection(tx, connectionId).where('id', '=', id).executeTakeFirst()
  return row && userOf(row)
}

export async function lockUser(tx: TxCtx, connectionId: string, id: string): Promise<UserRow | undefined> {
  const row = await ofConnection(tx, connectionId).where('id', '=', id).forUpdate().executeTakeFirst()
  return row && userOf(row)
}

const ofConnection = (tx: TxCtx, connectionId: string) =>
  sqlOf(tx).selectFrom('scim_users').selectAll().where('connection_id', '=', connectionId)

/** What stands in the way of these keys: a userName or an externalId that another user of the connection has. */
export async function findTaken(
  tx: TxCtx,
  { connectionId, keys, but }: { connectionId: string; keys: UserKeys; but?: string },
): Promise<'userName' | 'externalId' | undefined> {
  const rows = await sqlOf(tx)
    .selectFrom('scim_users')
    .select(['id', 'user_name'])
    .where('connection_id', '=', connectionId)
    .where((eb) =>
      keys.externalId === undefined
        ? eb('user_name', '=', keys.userName)
        : eb.or([eb('user_name', '=', keys.userName), eb('external_id', '=', keys.externalId)]),
    )
    .execute()
  const others = rows.filter(({ id }) => id !== but)
  if (others.length === 0) return undefined
  return others.some(({ user_name }) => user_name === keys.userName) ? 'userName' : 'externalId'
}

type Stored = { id: MemberId; connection: Connection; keys: UserKeys; document: JsonObject }

/** Undefined where the member is looked after by a connection already. */
export async function insertUser(tx: TxCtx, { id, connection, keys, document }: Stored): Promise<UserRow | undefined> {
  const now = tx.clock.now()
  const row = await sqlOf(tx)
    .insertInto('scim_users')
    .values({
      id,
      connection_id: connection.id,
      organisation_id: connection.organisationId,
      ...columnsOf(keys, document),
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) return undefined
  await replaceEmails(tx, { id, connection, keys, document }, false)
  return userOf(row)
}

export async function updateUser(tx: TxCtx, stored: Stored): Promise<UserRow> {
  const row = await sqlOf(tx)
    .updateTable('scim_users')
    .set((eb) => ({
      ...columnsOf(stored.keys, stored.document),
      version: eb('version', '+', 1),
      updated_at: tx.clock.now(),
    }))
    .where('id', '=', stored.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await replaceEmails(tx, stored, true)
  return userOf(row)
}

export async function deleteUser(tx: TxCtx, id: string): Promise<void> {
  await sqlOf(tx).deleteFrom('scim_users').where('id', '=', id).execute()
}

/** Which of these ids are users of the connection, with the names that stand in groups. */
export async function namesOfUsers(
  tx: TxCtx,
  connectionId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; shown_name: string }>`
    SELECT id, shown_name FROM scim_users
     WHERE connection_id = ${connectionId} AND id = ANY (${[...ids]}::uuid[])`.execute(sqlOf(tx))
  return new Map(rows.map((row) => [row.id, row.shown_name]))
}

const columnsOf = (keys: UserKeys, document: JsonObject) => ({
  external_id: keys.externalId ?? null,
  user_name: keys.userName,
  display_name: keys.displayName ?? null,
  shown_name: keys.shownName,
  active: keys.active,
  resource: JSON.stringify(document),
})

async function replaceEmails(tx: TxCtx, { id, connection, keys }: Stored, hadSome: boolean): Promise<void> {
  const db = sqlOf(tx)
  if (hadSome) {
    await sql`DELETE FROM scim_user_emails
      WHERE user_id = ${id} AND NOT (email = ANY (${[...keys.emails]}::text[]))`.execute(db)
  }
  if (keys.emails.length === 0) return
  await db
    .insertInto('scim_user_emails')
    .values(
      keys.emails.map((email) => ({
        user_id: id,
        connection_id: connection.id,
        organisation_id: connection.organisationId,
        email,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
