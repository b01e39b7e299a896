import type { ContactId, ConversationId } from '@clew/contract/primitives'
import type { Run } from '@clew/flows'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import { newTurn, type Turn } from './model.ts'

type About = { id: ConversationId; contactId: ContactId }

/** The turn of a conversation, held until the transaction ends; a new one for a new conversation. */
export async function lockTurn(tx: TxCtx, conversation: About): Promise<Turn> {
  await sqlOf(tx)
    .insertInto('assistant_turns')
    .values({
      conversation_id: conversation.id,
      contact_id: conversation.contactId,
      state: newTurn.state,
      changed_at: tx.clock.now(),
    })
    .onConflict((conflict) => conflict.column('conversation_id').doNothing())
    .execute()
  const row = await sqlOf(tx)
    .selectFrom('assistant_turns')
    .selectAll()
    .where('conversation_id', '=', conversation.id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return {
    state: row.state as Turn['state'],
    unsure: row.unsure,
    answeredSeq: row.answered_seq,
    run: (row.run ?? undefined) as unknown as Run | undefined,
  }
}

export async function saveTurn(tx: TxCtx, conversationId: ConversationId, turn: Turn): Promise<void> {
  await sqlOf(tx)
    .updateTable('assistant_turns')
    .set({
      state: turn.state,
      unsure: turn.unsure,
      answered_seq: turn.answeredSeq,
      run: turn.run ? JSON.stringify(turn.run) : null,
      changed_at: tx.clock.now(),
    })
    .where('conversation_id', '=', conversationId)
    .execute()
}
