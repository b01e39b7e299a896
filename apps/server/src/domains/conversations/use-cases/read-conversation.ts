import type { Conversation, MessageList } from '@clew/contract/conversations'
import type { ConversationId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { authorizeRead } from '../policy.ts'
import { getListed } from '../repository.inbox.ts'
import { listMessages } from '../repository.messages.ts'
import { conversationViewFor, messageView } from '../views.ts'

export async function readConversation(ctx: Ctx, conversationId: ConversationId): Promise<Conversation> {
  return ctx.transaction(async (tx) => {
    const listed = await tx.conclude(getListed(tx, conversationId))
    if (!listed) throw new AppError('conversation.not_found')
    authorizeRead(tx.actor, listed)
    return conversationViewFor(tx.actor, listed)
  })
}

/** Messages after a number, in order. Notes and internal activities are there for the team only. */
export async function readMessages(
  ctx: Ctx,
  conversationId: ConversationId,
  page: { after: number; limit: number },
): Promise<MessageList> {
  return ctx.transaction(async (tx) => {
    const [listed, rows] = await tx.conclude(
      Promise.all([
        getListed(tx, conversationId),
        listMessages(tx, conversationId, { after: page.after, limit: page.limit + 1 }),
      ]),
    )
    if (!listed) throw new AppError('conversation.not_found')
    authorizeRead(tx.actor, listed)
    return { messages: rows.slice(0, page.limit).map(messageView), hasMore: rows.length > page.limit }
  })
}
