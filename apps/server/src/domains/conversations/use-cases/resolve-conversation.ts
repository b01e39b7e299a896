import type { ConversationId } from '@clew/contract/primitives'
import type { Ctx } from '../../../platform/ctx.ts'
import { reopen, resolve } from '../model.ts'
import { authorizeAgent } from '../policy.ts'
import { lockConversation } from '../repository.ts'
import { appendActivity } from './append-message.ts'

/** Marks the matter as solved. Doing it twice changes nothing. */
export async function resolveConversation(ctx: Ctx, conversationId: ConversationId): Promise<void> {
  await ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeAgent(actor)
    const conversation = await lockConversation(tx, conversationId)
    const also = resolve(conversation)
    if (!also) return
    await appendActivity(tx, conversation, { activity: { type: 'resolved', byName: actor.name }, also })
    tx.emit('conversation.resolved', { conversationId, contactId: conversation.contactId })
  })
}

/** Opens a resolved conversation again. */
export async function reopenConversation(ctx: Ctx, conversationId: ConversationId): Promise<void> {
  await ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeAgent(actor)
    const conversation = await lockConversation(tx, conversationId)
    const also = reopen(conversation)
    if (!also) return
    await appendActivity(tx, conversation, { activity: { type: 'reopened', byName: actor.name }, also })
    tx.emit('conversation.reopened', { conversationId, contactId: conversation.contactId })
  })
}
