import { type RawBuilder, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { isHeld, isOf, surveyRows } from '../../platform/keeping.repository.ts'
import type { KeepingOf, PurgeOf, Survey, SurveyOf } from '../../platform/keeping.ts'
import { sqlOf } from '../../platform/sql.ts'

/** An archive ages from when it was made, what has ended from then; what is not done with does not age. */
const ended = ({ owner, holds }: KeepingOf): RawBuilder<unknown> => sql`
  SELECT x.id, coalesce(x.ended_at, x.ready_at, x.requested_at) AS at, NULL::uuid AS conversation_id,
         CASE WHEN x.storage_key IS NULL THEN 0 ELSE coalesce(x.size_bytes, 0) END AS bytes,
         ${isHeld(holds, { at: sql`x.requested_at`, members: sql`ARRAY[x.requested_by, x.decided_by]` })} AS is_held
    FROM exports x
   WHERE ${isOf(owner, sql`x.organisation_id`)} AND x.state NOT IN ('waiting', 'queued', 'building')`

export const surveyExports = (tx: TxCtx, of: SurveyOf): Promise<Survey> => surveyRows(tx, ended(of), of)

export type PurgedExport = { id: string; bytes: number; keys: string[] }

/** Deletes the oldest that are due with all that hangs on them. */
export async function purgeEnded(tx: TxCtx, of: PurgeOf): Promise<PurgedExport[]> {
  const db = sqlOf(tx)
  const { rows } = await sql<{ id: string; bytes: string; keys: string[] }>`
    SELECT x.id, e.bytes,
           array_remove(array_append((SELECT array_agg(p.storage_key) FROM export_pieces p WHERE p.export_id = x.id),
                                     x.storage_key), NULL) AS keys
      FROM (${ended(of)}) e JOIN exports x ON x.id = e.id
     WHERE e.at < ${of.before} AND NOT e.is_held
     ORDER BY e.at LIMIT ${of.limit} FOR UPDATE OF x SKIP LOCKED`.execute(db)
  if (rows.length > 0)
    await db
      .deleteFrom('exports')
      .where(
        'id',
        'in',
        rows.map(({ id }) => id),
      )
      .execute()
  return rows.map(({ id, bytes, keys }) => ({ id, bytes: Number(bytes), keys }))
}
