import type { StartConversation, StartedConversation } from '@clew/contract/conversations'
import type { ConversationId } from '@clew/contract/primitives'
import { findSharedFiles } from '@clew/intake/shared-files'
import type { z } from 'zod'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { codeOf } from '../../../platform/database.ts'
import { listContacts } from '../../contacts/index.ts'
import { attachmentsOf, contentOf, prepareText, requestHashOf } from '../incoming.ts'
import { emptyConversation, subjectOf } from '../model.ts'
import { authorizeStart } from '../policy.ts'
import { getListed } from '../repository.inbox.ts'
import { findSent } from '../repository.messages.ts'
import { findStarted, insertConversation } from '../repository.ts'
import { conversationView, messageView } from '../views.ts'
import { draftMessage, noteSharedFiles, storeMessage } from './append-message.ts'

type Input = z.output<typeof StartConversation>
export type Started = { started: StartedConversation; repeated: boolean }

/** Begins a conversation with its first message. The same client ids again answer with the first result. */
export async function startConversation(ctx: Ctx, input: Input): Promise<Started> {
  try {
    return await ctx.transaction((tx) => begin(tx, input))
  } catch (error) {
    if (!isMissingParent(error)) throw error
    return (await ctx.transaction((tx) => repeatedStart(tx, input))) ?? Promise.reject(error)
  }
}

/**
 * Everything goes to the database at once, with the commit. When the client id was taken before, no conversation is
 * inserted, so that the message has none to belong to and the transaction fails.
 */
async function begin(tx: TxCtx, input: Input): Promise<Started> {
  const { actor } = tx
  authorizeStart(actor)
  const { body, masked } = prepareText(input)
  const requestHash = requestHashOf({ body, fileIds: input.fileIds })
  const attachments = await attachmentsOf(tx, input.fileIds)
  const empty = emptyConversation({
    id: tx.ids.next() as ConversationId,
    contactId: actor.id,
    locale: input.locale,
    timeZone: input.timeZone,
    subject: subjectOf(body, attachments),
    at: tx.clock.now(),
  })
  const { row, change } = draftMessage(tx, empty, {
    kind: 'message',
    author: { type: 'contact', id: actor.id },
    body,
    content: contentOf({ attachments, masked, quickReplyId: input.quickReplyId }),
    clientMessageId: input.clientMessageId,
    requestHash,
  })
  const conversation = { ...empty, ...change }
  tx.emit('conversation.started', { conversationId: conversation.id, contactId: actor.id, locale: input.locale })
  const stored = Promise.all([
    insertConversation(tx, {
      conversation,
      clientConversationId: input.clientConversationId,
      requestHash,
      pageUrl: withoutQuery(input.pageUrl),
      articleSlug: input.articleSlug,
      tried: input.tried ?? [],
      createdAt: row.createdAt,
    }),
    listContacts(tx, [actor.id]),
    storeMessage(tx, row, input.fileIds),
  ])
  const isAll = findSharedFiles(body).length === 0
  const [number = 0, people] = await (isAll ? tx.conclude(stored) : stored)
  const begun = isAll ? conversation : await noteSharedFiles(tx, conversation, body)
  const person = people.get(actor.id)
  const listed = { contactName: person?.name, contactEmail: person?.email, caseGiven: 0, caseWanted: 0 }
  return {
    started: {
      conversation: conversationView({ ...begun, ...listed, number, createdAt: row.createdAt }),
      message: messageView(row),
    },
    repeated: false,
  }
}

const missingParent = '23503'
const isMissingParent = (error: unknown): boolean => codeOf(error) === missingParent

async function repeatedStart(tx: TxCtx, input: Input): Promise<Started | undefined> {
  const { actor } = tx
  authorizeStart(actor)
  const first = await findStarted(tx, actor.id, input.clientConversationId)
  if (!first) return undefined
  const message = await findSent(tx, first.conversation.id, input.clientMessageId)
  const requestHash = requestHashOf({ body: prepareText(input).body, fileIds: input.fileIds })
  if (!message || !first.requestHash.equals(requestHash)) throw new AppError('message.id_reused')
  const listed = await getListed(tx, first.conversation.id)
  if (!listed) throw new AppError('conversation.not_found')
  return { started: { conversation: conversationView(listed), message: messageView(message) }, repeated: true }
}

/** Queries and fragments of the host's pages may hold what is nobody's business. */
function withoutQuery(pageUrl: string | undefined): string | undefined {
  if (pageUrl === undefined) return undefined
  const url = new URL(pageUrl)
  return `${url.origin}${url.pathname}`
}
