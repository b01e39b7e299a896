import type { MemberId } from '@clew/contract/primitives'
import { type RawBuilder, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { isHeld, surveyRows } from '../../platform/keeping.repository.ts'
import type { KeepingOf, PurgeOf, Survey, SurveyOf } from '../../platform/keeping.ts'
import { sqlOf } from '../../platform/sql.ts'
import { listAddressesOf, listMembersByEmail } from '../organisations/index.ts'

/** A session is as old as its end; one that goes on is of now. */
const endedAt = (tx: TxCtx) => sql`least(s.expires_at, ${tx.clock.now()}::timestamptz)`

const rowsOf = (tx: TxCtx, { owner, holds }: KeepingOf): RawBuilder<unknown> => sql`
  SELECT s.id, ${endedAt(tx)} AS at, 0 AS bytes, NULL::uuid AS conversation_id,
         ${isHeld(holds, { at: endedAt(tx), members: sql`ARRAY[s.member_id]` })} AS is_held
    FROM agent_sessions s WHERE s.organisation_id = ${owner.organisationId}`

export const surveySessions = (tx: TxCtx, of: SurveyOf): Promise<Survey> => surveyRows(tx, rowsOf(tx, of), of)

export async function deleteDueSessions(tx: TxCtx, of: PurgeOf): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    DELETE FROM agent_sessions WHERE id IN (
      SELECT id FROM (${rowsOf(tx, of)}) x WHERE at < ${of.before} AND NOT is_held ORDER BY at LIMIT ${of.limit})
    RETURNING id`.execute(sqlOf(tx))
  return rows.map(({ id }) => id)
}

/** Everything by which somebody who has left could sign in, and every session. */
export async function deleteSignInOf(tx: TxCtx, memberId: string): Promise<number> {
  const db = sqlOf(tx)
  let count = 0
  for (const table of ['agent_sessions', 'authenticator_apps', 'credentials', 'passkeys', 'recovery_codes'] as const) {
    const { numDeletedRows } = await db.deleteFrom(table).where('member_id', '=', memberId).executeTakeFirst()
    count += Number(numDeletedRows)
  }
  return count + (await deleteTriesOf(tx, memberId))
}

/** What is known of an address at the door goes too, unless somebody still comes in by it elsewhere. */
async function deleteTriesOf(tx: TxCtx, memberId: string): Promise<number> {
  const gone: string[] = []
  for (const address of await listAddressesOf(tx, [memberId as MemberId]))
    if ((await listMembersByEmail(tx, address)).every(({ id }) => id === memberId)) gone.push(address)
  if (gone.length === 0) return 0
  const db = sqlOf(tx)
  const found = [
    await db.deleteFrom('sign_in_failures').where('email', 'in', gone).executeTakeFirst(),
    await db.deleteFrom('sign_in_attempts').where('email', 'in', gone).executeTakeFirst(),
    await db.deleteFrom('known_devices').where('account', 'in', gone).executeTakeFirst(),
  ]
  return found.reduce((sum, { numDeletedRows }) => sum + Number(numDeletedRows), 0)
}
