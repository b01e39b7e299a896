import type { ThumbReason } from '@clew/contract/assistant-learning'
import type { ConversationId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { findConversation } from '../../conversations/index.ts'
import { authorizeAnswer, authorizeOutcomes, authorizeThumb } from '../policy.ts'
import { changeQuestion, findLastQuestion, moveQuestions, noteHandover, settleQuiet } from '../repository.questions.ts'

/** A person has the conversation now. What counted as solved was not: somebody came back about it. */
export async function noteAssisted(
  ctx: Ctx,
  { conversationId, reason }: { conversationId: ConversationId; reason: string | undefined },
): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeAnswer(tx.actor)
    const last = await findLastQuestion(tx, conversationId)
    if (!last) return
    await moveQuestions(tx, conversationId, { from: ['confirmed', 'assumed'], tier: 'failed', failure: 'returned' })
    await moveQuestions(tx, conversationId, { from: ['open'], tier: 'assisted' })
    if (reason !== undefined) await noteHandover(tx, last.messageId, reason)
  })
}

/** So long nobody comes back about what helped. */
export const assumedAfterHours = 72

export async function settleQuietQuestions(ctx: Ctx): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeOutcomes(tx.actor)
    await settleQuiet(tx, new Date(tx.clock.now().getTime() - assumedAfterHours * 3_600_000))
  })
}

/** The contact says why the last answer that did not help did not. Said again, the newer reason holds. */
export async function giveThumbReason(
  ctx: Ctx,
  { conversationId, reason }: { conversationId: ConversationId; reason: ThumbReason },
): Promise<void> {
  await ctx.transaction(async (tx) => {
    const conversation = await findConversation(tx, conversationId)
    if (!conversation) throw new AppError('conversation.not_found')
    authorizeThumb(tx.actor, conversation.contactId)
    const last = await findLastQuestion(tx, conversationId)
    if (last?.thumb === 'down') await changeQuestion(tx, last.messageId, { thumbReason: reason })
  })
}
