import type { ConversationId } from '@clew/contract/primitives'
import type { Ctx } from '../../../platform/ctx.ts'
import { callBack } from '../model.ts'
import { authorizeAgent } from '../policy.ts'
import { lockConversation } from '../repository.ts'
import { appendActivity } from './append-message.ts'

/** Gives the conversation back to the assistant, which answers from here on. One that it has already stays as it is. */
export async function callAssistantBack(ctx: Ctx, conversationId: ConversationId): Promise<void> {
  await ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeAgent(actor)
    const conversation = await lockConversation(tx, conversationId)
    const also = callBack(conversation)
    if (!also) return
    await appendActivity(tx, conversation, { activity: { type: 'called_back', byName: actor.name }, also })
    tx.emit('conversation.called_back', { conversationId, contactId: conversation.contactId, agentId: actor.id })
  })
}
