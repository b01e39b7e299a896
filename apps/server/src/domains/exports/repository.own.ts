import type { ContactId } from '@clew/contract/primitives'
import { type SqlBool, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

export async function lockOwn(tx: TxCtx, contactId: ContactId): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`own export ${contactId}`}, 0))`.execute(sqlOf(tx))
}

export async function insertOwn(tx: TxCtx, contactId: ContactId): Promise<void> {
  await sqlOf(tx)
    .insertInto('own_exports')
    .values({ id: tx.ids.next(), contact_id: contactId, at: tx.clock.now() })
    .execute()
}

export async function countOwnSince(tx: TxCtx, contactIds: readonly ContactId[], since: Date): Promise<number> {
  const row = await sqlOf(tx)
    .selectFrom('own_exports')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where(sql<SqlBool>`contact_id = ANY (${[...contactIds]}::uuid[])`)
    .where('at', '>', since)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

export async function moveOwn(tx: TxCtx, { from, to }: { from: ContactId; to: ContactId }): Promise<void> {
  await sqlOf(tx).updateTable('own_exports').set({ contact_id: to }).where('contact_id', '=', from).execute()
}

export async function deleteOwnOf(tx: TxCtx, contactId: ContactId): Promise<readonly string[]> {
  await sqlOf(tx).deleteFrom('own_exports').where('contact_id', '=', contactId).execute()
  return []
}
