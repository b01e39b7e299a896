import { comeBack } from '@clew/assistant'
import type { ConversationId } from '@clew/contract/primitives'
import type { Ctx } from '../../../platform/ctx.ts'
import { findConversation, sayAsAssistant } from '../../conversations/index.ts'
import { authorizeAnswer } from '../policy.ts'
import { lockDialogue, saveDialogue } from '../repository.ts'
import { personReply, say, words } from '../words.ts'

/** An agent gave the conversation back: the assistant says so, and forgets what it meant to do before. */
export async function comeBackTo(ctx: Ctx, conversationId: ConversationId): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeAnswer(tx.actor)
    const conversation = await findConversation(tx, conversationId)
    if (conversation?.handling !== 'assistant') return
    const { dialogue } = await lockDialogue(tx, conversation)
    const locale = dialogue.language ?? conversation.locale
    await sayAsAssistant(tx, conversationId, say(words[locale]('assistant.called_back'), [personReply(locale)]))
    // What was written before is not answered now.
    await saveDialogue(tx, conversationId, { dialogue: comeBack(dialogue), answeredSeq: conversation.lastSeq })
  })
}
