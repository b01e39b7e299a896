import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

/** How many conversations are in each flow now. One that nobody has touched since then is left, not in it. */
export async function countRuns(tx: TxCtx, since: Date): Promise<Map<string, number>> {
  const rows = await sqlOf(tx)
    .selectFrom('dialogues')
    .select([sql<string>`dialogue #>> '{run,flowId}'`.as('flow_id'), sql<string>`count(*)`.as('runs')])
    .where(sql<boolean>`dialogue ->> 'state' = 'in_flow'`)
    .where('changed_at', '>=', since)
    .groupBy('flow_id')
    .execute()
  return new Map(rows.map(({ flow_id, runs }) => [flow_id, Number(runs)]))
}
