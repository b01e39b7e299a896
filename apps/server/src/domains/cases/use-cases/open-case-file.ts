import type { ConversationSnapshot } from '@clew/contract/conversations'
import type { ConversationId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { logState } from '../../../platform/event-log.repository.ts'
import { positionOf } from '../../../platform/place.ts'
import { conversationViewFor, getListed, listLatestMessages, listTags, messageView } from '../../conversations/index.ts'
import { captureView, listCaptures } from '../../har/index.ts'
import { caseView } from '../model.ts'
import { authorizeCase } from '../policy.ts'
import { readCase, readWholeCase } from '../repository.ts'

const maxMessages = 500

/** Everything about a conversation at once, and the position from which changes follow. The latest 500 messages. */
export async function openCaseFile(ctx: Ctx, conversationId: ConversationId): Promise<ConversationSnapshot> {
  return ctx.transaction(async (tx) => {
    // The position first: what commits while we read is seen twice, never missed.
    const [{ settled }, listed, known, captures, messages, tags] = await tx.conclude(
      Promise.all([
        logState(tx),
        getListed(tx, conversationId),
        tx.actor.type === 'agent' ? readWholeCase(tx, conversationId) : readCase(tx, conversationId),
        listCaptures(tx, conversationId),
        listLatestMessages(tx, conversationId, maxMessages),
        tx.actor.type === 'agent' ? listTags(tx, conversationId) : undefined,
      ]),
    )
    if (!listed) throw new AppError('conversation.not_found')
    authorizeCase(tx.actor, listed)
    return {
      conversation: conversationViewFor(tx.actor, listed),
      messages: messages.map(messageView),
      case: caseView(known),
      captures: captures.map(captureView),
      ...(tags ? { tags } : {}),
      position: positionOf(settled),
    }
  })
}
