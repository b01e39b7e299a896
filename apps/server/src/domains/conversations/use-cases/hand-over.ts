import type { HandOverBrief, HandOverReason } from '@clew/contract/conversations'
import type { ConversationId } from '@clew/contract/primitives'
import type { Ctx } from '../../../platform/ctx.ts'
import { handOver } from '../model.ts'
import { authorizeHandOver } from '../policy.ts'
import { lockConversation } from '../repository.ts'
import { appendActivity } from './append-message.ts'

/** Gives the conversation from the assistant to the team. Asking again changes nothing. */
export async function handOverConversation(
  ctx: Ctx,
  conversationId: ConversationId,
  { reason, brief }: { reason: HandOverReason; brief?: HandOverBrief },
): Promise<void> {
  await ctx.transaction(async (tx) => {
    const conversation = await lockConversation(tx, conversationId)
    authorizeHandOver(tx.actor, conversation)
    const also = handOver(conversation, tx.clock.now())
    if (!also) return
    await appendActivity(tx, conversation, {
      activity: { type: 'handed_over', reason, ...(brief ? { brief } : {}) },
      also,
    })
    tx.emit('conversation.handed_over', { conversationId, contactId: conversation.contactId, reason })
  })
}
