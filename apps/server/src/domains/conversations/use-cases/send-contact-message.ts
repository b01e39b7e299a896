import type { Message, SendContactMessage } from '@clew/contract/conversations'
import type { ConversationId } from '@clew/contract/primitives'
import type { z } from 'zod'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { attachmentsOf, contentOf, prepareText, requestHashOf } from '../incoming.ts'
import type { MessageRow } from '../model.ts'
import { authorizeContact } from '../policy.ts'
import { findSent } from '../repository.messages.ts'
import { lockConversation } from '../repository.ts'
import { messageView } from '../views.ts'
import { appendActivity, appendMessage, noteSharedFiles } from './append-message.ts'

export type Sent = { message: Message; repeated: boolean }

/** Stores a contact's message once, in order. The same client id again answers with the first result, for ever. */
export async function sendContactMessage(
  ctx: Ctx,
  conversationId: ConversationId,
  input: z.output<typeof SendContactMessage>,
): Promise<Sent> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    const [conversation, sent] = await Promise.all([
      lockConversation(tx, conversationId),
      findSent(tx, conversationId, input.clientMessageId),
    ])
    authorizeContact(actor, conversation)
    const { body, masked } = prepareText(input)
    const requestHash = requestHashOf({ body, fileIds: input.fileIds, quickReplyId: input.quickReplyId })
    if (sent) return repeat(sent, requestHash)

    const attachments = await attachmentsOf(tx, input.fileIds)
    const { message, conversation: appended } = await appendMessage(tx, conversation, {
      message: {
        kind: 'message',
        author: { type: 'contact', id: actor.id },
        body,
        content: contentOf({ attachments, masked, quickReplyId: input.quickReplyId }),
        clientMessageId: input.clientMessageId,
        requestHash,
        fileIds: input.fileIds,
      },
    })
    const changed = await noteSharedFiles(tx, appended, body)
    if (conversation.status === 'resolved') {
      await appendActivity(tx, changed, { activity: { type: 'reopened' } })
      tx.emit('conversation.reopened', { conversationId, contactId: conversation.contactId })
    }
    return { message: messageView(message), repeated: false }
  })
}

/** A repeat is answered with what was stored; a different message under a used id is refused. */
export function repeat(sent: MessageRow, requestHash: Buffer): Sent {
  if (!sent.requestHash?.equals(requestHash)) throw new AppError('message.id_reused')
  return { message: messageView(sent), repeated: true }
}
