import type { ConversationId } from '@clew/contract/primitives'
import type { Ctx } from '../../../platform/ctx.ts'
import { authorizeContact } from '../policy.ts'
import { lockConversation, raiseContactReadSeq } from '../repository.ts'

/** The contact has seen everything up to `seq`. Never goes back. */
export async function markRead(ctx: Ctx, conversationId: ConversationId, seq: number): Promise<void> {
  await ctx.transaction(async (tx) => {
    const conversation = await lockConversation(tx, conversationId)
    authorizeContact(tx.actor, conversation)
    if (await raiseContactReadSeq(tx, conversationId, seq)) {
      tx.emit('conversation.read', { conversationId, contactId: conversation.contactId, seq })
    }
  })
}
