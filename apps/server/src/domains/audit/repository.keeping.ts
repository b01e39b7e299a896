import { type RawBuilder, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { isHeld, surveyRows } from '../../platform/keeping.repository.ts'
import type { HoldTerm, Survey, SurveyOf } from '../../platform/keeping.ts'

/** The log goes by whole beginnings, so whatever a hold is about, it keeps the log from its date on. */
const rowsOf = ({ owner, holds }: SurveyOf): RawBuilder<unknown> => sql`
  SELECT e.occurred_at AS at, octet_length(e.body) AS bytes, NULL::uuid AS conversation_id,
         ${isHeld(holds, { at: sql`e.occurred_at`, anyHold: true })} AS is_held
    FROM audit_events e WHERE e.organisation_id = ${owner.organisationId}`

export const surveyEvents = (tx: TxCtx, of: SurveyOf): Promise<Survey> => surveyRows(tx, rowsOf(of), of)

/** From when on the log is held; undefined when nothing holds it. */
export function heldFrom(holds: readonly HoldTerm[]): Date | undefined {
  const dates = holds.map(({ since }) => since?.getTime() ?? 0)
  return dates.length === 0 ? undefined : new Date(Math.min(...dates))
}
