import type { ConversationId } from '@clew/contract/primitives'
import type { Ctx } from '../../../platform/ctx.ts'
import type { MessageContent } from '../model.ts'
import { authorizeAssistant } from '../policy.ts'
import { lockConversation } from '../repository.ts'
import { appendMessage } from './append-message.ts'

export type AssistantMessage = { body: string; content?: MessageContent }

/** Says something as the assistant, unless a person has the conversation by now. Answers whether it was said. */
export async function sayAsAssistant(
  ctx: Ctx,
  conversationId: ConversationId,
  said: AssistantMessage,
): Promise<boolean> {
  return ctx.transaction(async (tx) => {
    authorizeAssistant(tx.actor)
    const conversation = await lockConversation(tx, conversationId)
    if (conversation.handling !== 'assistant' || conversation.status !== 'open') return false
    await appendMessage(tx, conversation, {
      message: { kind: 'message', author: { type: 'assistant' }, body: said.body, content: said.content ?? {} },
    })
    return true
  })
}
