import type { AttachCapture, CaptureSummary } from '@clew/contract/captures'
import type { Message } from '@clew/contract/conversations'
import type { ConversationId } from '@clew/contract/primitives'
import type { z } from 'zod'
import type { Ctx } from '../../../platform/ctx.ts'
import { captureView, receiveCapture } from '../../har/index.ts'
import { requestHashOf } from '../incoming.ts'
import { wake } from '../model.ts'
import { authorizeContact } from '../policy.ts'
import { findSent } from '../repository.messages.ts'
import { lockConversation } from '../repository.ts'
import { messageView } from '../views.ts'
import { appendMessage } from './append-message.ts'
import { repeat } from './send-contact-message.ts'

export type AttachedCapture = { message: Message; capture: CaptureSummary; repeated: boolean }

/** Puts a sanitised capture on the conversation. What it says follows when it has been read. */
export async function attachCapture(
  ctx: Ctx,
  conversationId: ConversationId,
  input: z.output<typeof AttachCapture>,
): Promise<AttachedCapture> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    const conversation = await lockConversation(tx, conversationId)
    authorizeContact(actor, conversation)
    const requestHash = requestHashOf({ body: '', fileIds: [input.fileId], kind: 'capture' })
    const sent = await findSent(tx, conversationId, input.clientMessageId)
    const about = { conversationId, contactId: conversation.contactId, fileId: input.fileId, removed: input.removed }
    if (sent) {
      const first = repeat(sent, requestHash)
      return { ...first, capture: captureView(await receiveCapture(tx, about)) }
    }
    const capture = await receiveCapture(tx, about)
    const removedTotal = capture.removedInBrowser.reduce((sum, { count }) => sum + count, 0)
    const { message } = await appendMessage(tx, conversation, {
      message: {
        kind: 'activity',
        author: { type: 'contact', id: actor.id },
        body: '',
        content: {
          activity: {
            type: 'capture_attached',
            captureId: capture.id,
            name: capture.name,
            sizeBytes: capture.sizeBytes,
            removedTotal,
          },
        },
        clientMessageId: input.clientMessageId,
        requestHash,
        fileIds: [input.fileId],
      },
      also: wake(conversation) ?? {},
    })
    return { message: messageView(message), capture: captureView(capture), repeated: false }
  })
}
