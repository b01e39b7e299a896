import type { ConversationId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { SendSignal } from '../../../platform/realtime.ts'
import { authorizeAgent, authorizeContact } from '../policy.ts'
import { agentTyping, contactTyping, type PresenceBoard, type PresenceState } from '../presence.ts'
import { findConversation } from '../repository.ts'

/** Shows the team who is looking, and the contact that someone is writing. */
export async function showPresence(
  ctx: Ctx,
  input: { conversationId: ConversationId; state: PresenceState },
  { board, signal }: { board: PresenceBoard; signal: SendSignal },
): Promise<void> {
  const { actor } = ctx
  authorizeAgent(actor)
  const conversation = await ctx.transaction((tx) => findConversation(tx, input.conversationId))
  if (!conversation) throw new AppError('conversation.not_found')
  signal(board.note(conversation.id, actor, input.state))
  if (input.state === 'typing') signal(agentTyping(conversation.id, conversation.contactId, actor.name))
}

/** Shows the team that the contact is writing. */
export async function showContactTyping(ctx: Ctx, conversationId: ConversationId, signal: SendSignal): Promise<void> {
  const conversation = await ctx.transaction((tx) => findConversation(tx, conversationId))
  if (!conversation) throw new AppError('conversation.not_found')
  authorizeContact(ctx.actor, conversation)
  signal(contactTyping(conversationId))
}
