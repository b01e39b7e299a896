import type { ConversationId } from '@clew/contract/primitives'
import type { Ctx } from '../../../platform/ctx.ts'
import { handOver, reopen } from '../model.ts'
import { authorizeContact } from '../policy.ts'
import { lockConversation } from '../repository.ts'
import { appendActivity } from './append-message.ts'

/**
 * The contact says that it is not solved after all. From then on they wait for a person, who reads the whole of it; the
 * assistant had its turn. Saying it twice changes nothing.
 */
export async function reopenOwnConversation(ctx: Ctx, conversationId: ConversationId): Promise<void> {
  await ctx.transaction(async (tx) => {
    const conversation = await lockConversation(tx, conversationId)
    authorizeContact(tx.actor, conversation)
    const also = reopen(conversation)
    if (!also) return
    const { contactId } = conversation
    const now = tx.clock.now()
    const reopened = await appendActivity(tx, conversation, {
      activity: { type: 'reopened' },
      also: { ...also, waitingSince: now },
    })
    tx.emit('conversation.reopened', { conversationId, contactId })
    const handed = handOver(reopened, now)
    if (!handed) return
    await appendActivity(tx, reopened, { activity: { type: 'handed_over', reason: 'asked' }, also: handed })
    tx.emit('conversation.handed_over', { conversationId, contactId, reason: 'asked' })
  })
}
