import type { CaptureId } from '@clew/contract/primitives'
import { type RawBuilder, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { isHeld, isOf, surveyRows } from '../../platform/keeping.repository.ts'
import type { KeepingOf, PurgeOf, Survey, SurveyOf } from '../../platform/keeping.ts'
import { sqlOf } from '../../platform/sql.ts'
import { contactOrganisation } from '../contacts/index.ts'

const rowsOf = ({ owner, holds }: KeepingOf): RawBuilder<unknown> => sql`
  SELECT h.id, h.created_at AS at, h.size_bytes AS bytes, h.conversation_id, h.state,
         ${isHeld(holds, { at: sql`h.created_at`, contact: sql`h.contact_id`, conversation: sql`h.conversation_id` })} AS is_held
    FROM captures h
   WHERE h.expired_at IS NULL AND ${isOf(owner, contactOrganisation(sql.ref<string>('h.contact_id')))}`

export const surveyCaptures = (tx: TxCtx, of: SurveyOf): Promise<Survey> => surveyRows(tx, rowsOf(of), of)

/** The oldest captures that are due, held until the transaction ends. One that is still being checked is left alone. */
export async function takeDueCaptures(tx: TxCtx, of: PurgeOf): Promise<{ id: CaptureId; bytes: number }[]> {
  const { rows } = await sql<{ id: string; bytes: string }>`
    WITH due AS MATERIALIZED (
      SELECT id FROM (${rowsOf(of)}) x
       WHERE at < ${of.before} AND NOT is_held AND state IN ('analysed', 'refused') ORDER BY at LIMIT ${of.limit})
    SELECT h.id, h.size_bytes AS bytes FROM captures h JOIN due USING (id)
     WHERE h.expired_at IS NULL FOR UPDATE OF h SKIP LOCKED`.execute(sqlOf(tx))
  return rows.map((row) => ({ id: row.id as CaptureId, bytes: Number(row.bytes) }))
}
