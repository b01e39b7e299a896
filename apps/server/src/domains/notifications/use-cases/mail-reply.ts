import type { ConversationId, MessageId } from '@clew/contract/primitives'
import type { Ctx } from '../../../platform/ctx.ts'
import { queueMail } from '../../../platform/mail/outbox.ts'
import { getListed, listMessagesById } from '../../conversations/index.ts'
import { authorizeNotify } from '../policy.ts'
import { replyMail } from '../reply-mail.ts'

export type MailSettings = { brand: () => string; baseUrl: () => string }

/**
 * Sends an agent's reply to the address the contact gave, unless they have read it in the meantime. One mail for a
 * reply, however often this runs. The mail holds the words and no key to the conversation: nobody has proved the
 * address.
 */
export async function mailReply(
  ctx: Ctx,
  about: { conversationId: ConversationId; messageId: MessageId },
  settings: MailSettings,
): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeNotify(tx.actor)
    const conversation = await getListed(tx, about.conversationId)
    const message = (await listMessagesById(tx, [about.messageId])).get(about.messageId)
    if (!conversation?.contactEmail || !message || message.internal) return
    if (conversation.contactReadSeq >= message.seq) return
    const { locale } = conversation
    await queueMail(tx, {
      idempotencyKey: `reply:${message.id}`,
      to: conversation.contactEmail,
      ...replyMail(locale, {
        brand: settings.brand(),
        agent: message.authorName ?? settings.brand(),
        reference: `C-${conversation.number}`,
        body: message.body,
        link: `${settings.baseUrl()}/${locale}/my`,
      }),
    })
  })
}
