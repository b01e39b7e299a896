import type { ConversationId, Locale, MessageId } from '@clew/contract/primitives'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import {
  type ConversationRow,
  findConversation,
  listMessagesById,
  type MessageRow,
  sayAsAssistant,
} from '../../conversations/index.ts'
import type { AssistantParts, Consideration } from '../consideration.ts'
import { parseChoice, type Turn } from '../model.ts'
import { authorizeAnswer } from '../policy.ts'
import { lockTurn, saveTurn } from '../repository.ts'
import { say, words } from '../words.ts'
import { followChoice } from './follow-choice.ts'
import { replyToWords } from './reply-to-words.ts'

/**
 * Answers a message of the contact, once, as long as no person has the conversation. Asked again for the same message
 * it stays silent.
 */
export async function considerReply(
  ctx: Ctx,
  about: { conversationId: ConversationId; messageId: MessageId },
  parts: AssistantParts,
): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeAnswer(tx.actor)
    const conversation = await findConversation(tx, about.conversationId)
    const message = (await listMessagesById(tx, [about.messageId])).get(about.messageId)
    if (conversation?.handling !== 'assistant' || message?.authorType !== 'contact') return
    const turn = await lockTurn(tx, conversation)
    if (turn.answeredSeq >= message.seq) return

    const consideration = { conversation, message, turn, parts, locale: replyLocale(conversation, message, parts) }
    await warnOfMasked(tx, consideration)
    const next = await reply(tx, consideration)
    await saveTurn(tx, conversation.id, { ...next, answeredSeq: message.seq })
  })
}

function reply(tx: TxCtx, consideration: Consideration): Promise<Turn> {
  const { quickReplyId } = consideration.message.content
  const choice = quickReplyId === undefined ? undefined : parseChoice(quickReplyId)
  return choice ? followChoice(tx, consideration, choice) : replyToWords(tx, consideration)
}

/** Who writes Greek, in whichever letters, is answered in Greek. */
function replyLocale(conversation: ConversationRow, message: MessageRow, { library }: AssistantParts): Locale {
  if (message.content.quickReplyId !== undefined) return conversation.locale
  const { language, confidence } = library().detect(message.body)
  return confidence >= 0.6 ? language : conversation.locale
}

async function warnOfMasked(tx: TxCtx, { conversation, message, locale }: Consideration): Promise<void> {
  if ((message.content.masked?.length ?? 0) === 0) return
  await sayAsAssistant(tx, conversation.id, say(words[locale]('assistant.masked')))
}
