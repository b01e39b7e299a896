import type { StartConversation, StartedConversation } from '@clew/contract/conversations'
import type { ConversationId } from '@clew/contract/primitives'
import type { z } from 'zod'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { attachmentsOf, contentOf, prepareContactText, requestHashOf } from '../incoming.ts'
import { subjectOf } from '../model.ts'
import { authorizeStart } from '../policy.ts'
import { getListed } from '../repository.inbox.ts'
import { findSent } from '../repository.messages.ts'
import { findStarted, insertConversation } from '../repository.ts'
import { conversationView, messageView } from '../views.ts'
import { appendMessage } from './append-message.ts'

export type Started = { started: StartedConversation; repeated: boolean }

/** Begins a conversation with its first message. The same client ids again answer with the first result. */
export async function startConversation(ctx: Ctx, input: z.output<typeof StartConversation>): Promise<Started> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeStart(actor)
    const { body, masked } = prepareContactText(input)
    const requestHash = requestHashOf({ body, fileIds: input.fileIds })
    const attachments = await attachmentsOf(tx, input.fileIds)
    const conversation = await insertConversation(tx, {
      id: tx.ids.next() as ConversationId,
      contactId: actor.id,
      clientConversationId: input.clientConversationId,
      requestHash,
      locale: input.locale,
      subject: subjectOf(body, attachments),
      timeZone: input.timeZone,
      pageUrl: withoutQuery(input.pageUrl),
      articleSlug: input.articleSlug,
      tried: input.tried ?? [],
    })
    if (!conversation) return repeatedStart(tx, { ...input, requestHash })

    await tx.emit('conversation.started', {
      conversationId: conversation.id,
      contactId: actor.id,
      locale: input.locale,
    })
    const { message } = await appendMessage(tx, conversation, {
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
    return {
      started: { conversation: await viewOf(tx, conversation.id), message: messageView(message) },
      repeated: false,
    }
  })
}

async function repeatedStart(
  tx: TxCtx,
  input: { clientConversationId: string; clientMessageId: string; requestHash: Buffer },
): Promise<Started> {
  const { actor } = tx
  authorizeStart(actor)
  const first = await findStarted(tx, actor.id, input.clientConversationId)
  const message = first && (await findSent(tx, first.conversation.id, input.clientMessageId))
  if (!message || !first.requestHash.equals(input.requestHash)) throw new AppError('message.id_reused')
  return {
    started: { conversation: await viewOf(tx, first.conversation.id), message: messageView(message) },
    repeated: true,
  }
}

async function viewOf(tx: TxCtx, id: ConversationId) {
  const listed = await getListed(tx, id)
  if (!listed) throw new AppError('conversation.not_found')
  return conversationView(listed)
}

/** Queries and fragments of the host's pages may hold what is nobody's business. */
function withoutQuery(pageUrl: string | undefined): string | undefined {
  if (pageUrl === undefined) return undefined
  const url = new URL(pageUrl)
  return `${url.origin}${url.pathname}`
}
