import type { ConversationId, MessageId } from '@clew/contract/primitives'
import type { TxCtx } from '../../../platform/ctx.ts'
import { authorizeAssistant } from '../policy.ts'
import { lockConversation } from '../repository.ts'
import { appendMessage } from './append-message.ts'

/** Tells the contact what they asked to be told, as the assistant, whoever has the conversation by now. */
export async function informContact(tx: TxCtx, conversationId: ConversationId, body: string): Promise<MessageId> {
  authorizeAssistant(tx.actor)
  const conversation = await lockConversation(tx, conversationId)
  const { message } = await appendMessage(tx, conversation, {
    message: { kind: 'message', author: { type: 'assistant' }, body },
  })
  return message.id
}
