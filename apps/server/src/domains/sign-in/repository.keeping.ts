import { type RawBuilder, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { isHeld, surveyRows } from '../../platform/keeping.repository.ts'
import type { KeepingOf, PurgeOf, Survey, SurveyOf } from '../../platform/keeping.ts'
import { sqlOf } from '../../platform/sql.ts'

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
  return count
}
