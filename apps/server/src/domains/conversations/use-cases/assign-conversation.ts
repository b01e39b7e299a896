import type { AgentId, ConversationId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { findMember } from '../../organisations/index.ts'
import { assignTo } from '../model.ts'
import { authorizeAgent } from '../policy.ts'
import { lockConversation } from '../repository.ts'
import { appendActivity } from './append-message.ts'

/** Gives the conversation to an agent, or to nobody. Giving it again to the same one changes nothing. */
export async function assignConversation(
  ctx: Ctx,
  conversationId: ConversationId,
  agentId: AgentId | null,
): Promise<void> {
  await ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeAgent(actor)
    const conversation = await lockConversation(tx, conversationId)
    if ((conversation.assigneeId ?? null) === agentId) return
    const agent = agentId === null ? undefined : await findMember(tx, agentId)
    if (agentId !== null && !agent) throw new AppError('member.not_found')
    await appendActivity(tx, conversation, {
      activity: { type: 'assigned', byName: actor.name, ...(agent ? { agentName: agent.name } : {}) },
      also: assignTo(conversation, agent, tx.clock.now()),
      internal: true,
    })
    tx.emit('conversation.assigned', { conversationId, contactId: conversation.contactId, agentId })
  })
}

/** Takes the conversation from the assistant, or from a colleague. The contact sees who has it now. */
export async function takeOverConversation(ctx: Ctx, conversationId: ConversationId): Promise<void> {
  await ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeAgent(actor)
    const conversation = await lockConversation(tx, conversationId)
    if (conversation.assigneeId === actor.id && conversation.handling === 'agent') return
    await appendActivity(tx, conversation, {
      activity: { type: 'took_over', agentName: actor.name },
      also: assignTo(conversation, actor, tx.clock.now()),
    })
    tx.emit('conversation.taken_over', { conversationId, contactId: conversation.contactId, agentId: actor.id })
  })
}
