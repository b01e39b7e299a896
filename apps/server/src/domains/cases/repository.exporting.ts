import type { ConversationId } from '@clew/contract/primitives'
import { type Expression, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import { type CaseRow, withoutLogs } from './model.ts'
import { listWholeCases } from './repository.ts'

/** Cases as their contacts know them, without what the logs said. */
export async function listToldCases(tx: TxCtx, ids: readonly ConversationId[]): Promise<CaseRow[]> {
  return [...(await listWholeCases(tx, ids)).values()].map(withoutLogs)
}

/** How many facts there are in those conversations. */
export async function countToldFacts(tx: TxCtx, ids: Expression<unknown>): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    SELECT count(*) FROM facts WHERE source <> 'log' AND conversation_id IN ${ids}`.execute(sqlOf(tx))
  return Number(rows[0]?.count ?? 0)
}
