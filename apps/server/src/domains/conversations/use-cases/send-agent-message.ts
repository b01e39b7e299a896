import type { SendAgentMessage } from '@clew/contract/conversations'
import type { ConversationId } from '@clew/contract/primitives'
import type { z } from 'zod'
import type { Ctx } from '../../../platform/ctx.ts'
import { attachmentsOf, contentOf, prepareText, requestHashOf } from '../incoming.ts'
import { assignTo } from '../model.ts'
import { authorizeAgent } from '../policy.ts'
import { findSent } from '../repository.messages.ts'
import { lockConversation } from '../repository.ts'
import { messageView } from '../views.ts'
import { appendMessage } from './append-message.ts'
import { repeat, type Sent } from './send-contact-message.ts'

/**
 * Stores a reply to the contact, or a note to the team, once and in order, without the secrets in it. A reply takes the conversation: whoever
 * answers first has it, and the assistant falls silent.
 */
export async function sendAgentMessage(
  ctx: Ctx,
  conversationId: ConversationId,
  input: z.output<typeof SendAgentMessage>,
): Promise<Sent> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeAgent(actor)
    const { body, masked } = prepareText(input)
    const requestHash = requestHashOf({ ...input, body })
    const [conversation, sent] = await Promise.all([
      lockConversation(tx, conversationId),
      findSent(tx, conversationId, input.clientMessageId),
    ])
    if (sent) return repeat(sent, requestHash)

    const attachments = await attachmentsOf(tx, input.fileIds)
    const isReply = input.kind === 'message'
    const takes = isReply && conversation.assigneeId === undefined
    const appending = appendMessage(tx, conversation, {
      message: {
        kind: input.kind,
        author: { type: 'agent', id: actor.id, name: actor.name },
        body,
        content: contentOf({ attachments, masked }),
        clientMessageId: input.clientMessageId,
        requestHash,
        fileIds: input.fileIds,
      },
      also: {
        ...(takes ? assignTo(conversation, actor, tx.clock.now()) : {}),
        ...(isReply ? { waitingSince: undefined, status: 'open' as const } : {}),
      },
    })
    const about = { conversationId, contactId: conversation.contactId }
    if (isReply && conversation.handling !== 'agent')
      tx.emit('conversation.taken_over', { ...about, agentId: actor.id })
    if (isReply && conversation.status === 'resolved') tx.emit('conversation.reopened', about)
    const { message } = await tx.conclude(appending)
    return { message: messageView(message), repeated: false }
  })
}
