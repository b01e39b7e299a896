import type { ConversationId, MessageId } from '@clew/contract/primitives'
import { classifyProblem, extractFacts, type Fact } from '@clew/intake'
import type { Ctx } from '../../../platform/ctx.ts'
import { findConversation, listMessagesById, type MessageRow } from '../../conversations/index.ts'
import { expectedBy } from '../expected.ts'
import { worthLearning } from '../model.ts'
import { authorizeLearn } from '../policy.ts'
import { readCase } from '../repository.ts'
import { addFacts } from './add-facts.ts'

/** Reads what the contact wrote and puts it on the case, so that nobody asks for it again. */
export async function learnFromMessage(ctx: Ctx, conversationId: ConversationId, messageId: MessageId): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeLearn(tx.actor)
    const conversation = await findConversation(tx, conversationId)
    const message = (await listMessagesById(tx, [messageId])).get(messageId)
    if (!conversation || message?.authorType !== 'contact') return
    const { locale, timeZone } = conversation
    const known = await readCase(tx, conversationId)
    const said =
      message.content.quickReplyId === undefined
        ? extractFacts(message.body, {
            locale,
            now: message.createdAt,
            known: known.facts,
            expecting: await expectedBy(tx, conversationId, message),
            ...(timeZone === undefined ? {} : { zone: timeZone }),
          })
        : []
    const facts = [...worthLearning(known.facts, said), ...visualsOf(message)]
    const { kind } = classifyProblem(message.body, locale)
    await addFacts(tx, conversationId, { facts, ...(known.kind === 'other' && kind !== 'other' ? { kind } : {}) })
  })
}

function visualsOf({ content, createdAt }: MessageRow): Fact[] {
  const images = (content.attachments ?? []).filter(({ mediaType }) => /^(image|video)\//.test(mediaType))
  if (images.length === 0) return []
  const attachmentIds = images.map(({ fileId }) => fileId)
  return [{ field: 'visuals', value: { attachmentIds, snippets: [] }, source: 'contact', at: createdAt.toISOString() }]
}
