import type { ContactId, ConversationId } from '@clew/contract/primitives'
import { type Run, readRun } from '@clew/flows'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

/** A flow that an agent walks, and the articles that it has named. */
export type AgentWalkRow = { run: Run; articles: readonly string[] }

/** What an agent walks in a conversation, or walked last. Whoever changes it holds the conversation. */
export async function findWalk(tx: TxCtx, conversationId: ConversationId): Promise<AgentWalkRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('agent_walks')
    .select('walk')
    .where('conversation_id', '=', conversationId)
    .executeTakeFirst()
  const stored = row?.walk as { run?: unknown; articles?: readonly string[] } | undefined
  const run = readRun(stored?.run)
  return run && { run, articles: stored?.articles ?? [] }
}

export async function saveWalk(
  tx: TxCtx,
  { id, contactId }: { id: ConversationId; contactId: ContactId },
  walk: AgentWalkRow,
): Promise<void> {
  const kept = { walk: JSON.stringify(walk), changed_at: tx.clock.now() }
  await sqlOf(tx)
    .insertInto('agent_walks')
    .values({ conversation_id: id, contact_id: contactId, ...kept })
    .onConflict((conflict) => conflict.column('conversation_id').doUpdateSet(kept))
    .execute()
}
