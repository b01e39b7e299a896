import type { ConversationId } from '@clew/contract/primitives'
import type { Ctx } from '../../../platform/ctx.ts'
import { resolve } from '../model.ts'
import { authorizeAssistant } from '../policy.ts'
import { lockConversation } from '../repository.ts'
import { appendActivity } from './append-message.ts'

/** Closes the matter because the contact said that it works now. Nobody of the team has to. */
export async function settleConversation(ctx: Ctx, conversationId: ConversationId): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeAssistant(tx.actor)
    const conversation = await lockConversation(tx, conversationId)
    const also = resolve(conversation)
    if (!also) return
    await appendActivity(tx, conversation, { activity: { type: 'resolved' }, also })
    tx.emit('conversation.resolved', { conversationId, contactId: conversation.contactId })
  })
}
