import { mayCompose, takeTurn } from '@clew/assistant'
import type { ConversationId, MessageId } from '@clew/contract/primitives'
import type { Ctx } from '../../../platform/ctx.ts'
import { findConversation, listMessagesById } from '../../conversations/index.ts'
import { composeLater } from '../composing/compose-later.ts'
import type { AssistantParts } from '../parts.ts'
import { authorizeAnswer } from '../policy.ts'
import { lockDialogue, saveDialogue } from '../repository.ts'
import { sayPending } from '../say-pending.ts'
import { turnOf } from '../turn-of.ts'
import { carryOut } from './carry-out.ts'
import { noteQuestion } from './note-question.ts'

/**
 * Answers a message of the contact, once, as long as no person has the conversation. Asked again for the same message
 * it stays silent. Where a model may put the answer into words, that happens after this transaction; what the rules
 * say is kept for when it does not.
 */
export async function considerReply(
  ctx: Ctx,
  asked: { conversationId: ConversationId; messageId: MessageId },
  parts: AssistantParts,
): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeAnswer(tx.actor)
    const conversation = await findConversation(tx, asked.conversationId)
    const message = (await listMessagesById(tx, [asked.messageId])).get(asked.messageId)
    if (conversation?.handling !== 'assistant' || message?.authorType !== 'contact') return
    const { dialogue, answeredSeq, pending } = await lockDialogue(tx, conversation)
    if (answeredSeq >= message.seq) return

    const about = { conversation, message, parts }
    // Nobody waits for words about the message before this one any longer.
    if (pending) await sayPending(tx, about, pending)
    const turn = await turnOf(tx, about, dialogue)
    // Files without a word say nothing to answer; what is in them is looked at elsewhere.
    const step = await takeTurn(turn, dialogue, message.content.quickReplyId)
    await noteQuestion(tx, about, { turn, before: dialogue, step })
    const later = mayCompose(turn, step) ? await composeLater(tx, about, { turn, step }) : undefined
    if (!later) await carryOut(tx, about, { turn, step })
    await saveDialogue(tx, conversation.id, {
      dialogue: { ...step.dialogue, language: turn.locale },
      answeredSeq: message.seq,
      pending: later,
    })
  })
}
