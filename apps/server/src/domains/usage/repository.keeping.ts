import { type RawBuilder, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { isHeld, surveyRows } from '../../platform/keeping.repository.ts'
import type { KeepingOf, PurgeOf, Survey, SurveyOf } from '../../platform/keeping.ts'
import { sqlOf } from '../../platform/sql.ts'

const recordHeld = ({ holds }: KeepingOf) => isHeld(holds, { at: sql`u.at`, members: sql`ARRAY[u.member_id]` })
const dayHeld = ({ holds }: KeepingOf) => isHeld(holds, { at: sql`d.day`, members: sql`ARRAY[d.member_id]` })

/** Reports, and the sums of the days. */
const rowsOf = (of: SurveyOf): RawBuilder<unknown> => sql`
  SELECT u.at, 0 AS bytes, NULL::uuid AS conversation_id, ${recordHeld(of)} AS is_held
    FROM usage_records u WHERE u.organisation_id = ${of.owner.organisationId}
  UNION ALL
  SELECT d.day::timestamptz, 0, NULL::uuid, ${dayHeld(of)}
    FROM usage_days d WHERE d.organisation_id = ${of.owner.organisationId}`

export const surveyUsage = (tx: TxCtx, of: SurveyOf): Promise<Survey> => surveyRows(tx, rowsOf(of), of)

export async function deleteDueUsage(tx: TxCtx, of: PurgeOf): Promise<number> {
  const db = sqlOf(tx)
  const { organisationId } = of.owner
  const records = await sql`
    DELETE FROM usage_records WHERE (organisation_id, report_id) IN (
      SELECT u.organisation_id, u.report_id FROM usage_records u
       WHERE u.organisation_id = ${organisationId} AND u.at < ${of.before} AND NOT ${recordHeld(of)}
       LIMIT ${of.limit})`.execute(db)
  const left = of.limit - Number(records.numAffectedRows)
  // The sums go once every report behind them may have gone.
  const days = await sql`
    DELETE FROM usage_days WHERE ctid IN (
      SELECT d.ctid FROM usage_days d
       WHERE d.organisation_id = ${organisationId} AND d.day < (${of.before}::timestamptz AT TIME ZONE 'UTC')::date
         AND NOT ${dayHeld(of)} LIMIT ${left})`.execute(db)
  return Number(records.numAffectedRows) + Number(days.numAffectedRows)
}
