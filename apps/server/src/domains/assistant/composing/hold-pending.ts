import type { Dialogue } from '@clew/assistant'
import type { ConversationId, MessageId } from '@clew/contract/primitives'
import type { TxCtx } from '../../../platform/ctx.ts'
import { type ConversationRow, findConversation, listMessagesById } from '../../conversations/index.ts'
import type { About, AssistantParts } from '../parts.ts'
import { lockDialogue, type Pending, saveDialogue } from '../repository.ts'

export type Held = {
  about: About
  conversation: ConversationRow
  dialogue: Dialogue
  answeredSeq: number
  pending: Pending
}

/** The dialogue, held, while it waits for words about this message. Once a person has the conversation it waits no more. */
export async function holdPending(
  tx: TxCtx,
  asked: { conversationId: ConversationId; messageId: MessageId },
  parts: AssistantParts,
): Promise<Held | undefined> {
  const conversation = await findConversation(tx, asked.conversationId)
  const message = (await listMessagesById(tx, [asked.messageId])).get(asked.messageId)
  if (!conversation || !message) return undefined
  const { pending, ...rest } = await lockDialogue(tx, conversation)
  if (pending?.messageId !== message.id) return undefined
  if (conversation.handling !== 'assistant' || conversation.status !== 'open') {
    await saveDialogue(tx, conversation.id, { ...rest, pending: undefined })
    return undefined
  }
  return { about: { conversation, message, parts }, conversation, ...rest, pending }
}
