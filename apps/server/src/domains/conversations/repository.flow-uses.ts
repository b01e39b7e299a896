import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

/** In how many conversations each flow was walked since then. */
export async function countFlowUses(tx: TxCtx, since: Date): Promise<Map<string, number>> {
  const rows = await sqlOf(tx)
    .selectFrom('messages')
    .select([
      sql<string>`content #>> '{flow,flowId}'`.as('flow_id'),
      sql<string>`count(DISTINCT conversation_id)`.as('uses'),
    ])
    .where(sql<boolean>`content ? 'flow'`)
    .where('created_at', '>=', since)
    .groupBy('flow_id')
    .execute()
  return new Map(rows.map(({ flow_id, uses }) => [flow_id, Number(uses)]))
}
