import type { Activity } from '@clew/contract/conversations'
import type { FileId, MessageId } from '@clew/contract/primitives'
import { findSharedFiles } from '@clew/intake/shared-files'
import type { TxCtx } from '../../../platform/ctx.ts'
import {
  type AuthorType,
  afterMessage,
  type ConversationChange,
  type ConversationRow,
  type MessageContent,
  type MessageKind,
  type MessageRow,
} from '../model.ts'
import { authorizeRead } from '../policy.ts'
import { insertMessage, linkFiles } from '../repository.messages.ts'
import { updateConversation } from '../repository.ts'

export type NewMessage = {
  kind: MessageKind
  internal?: boolean
  author: { type: AuthorType; id?: string; name?: string }
  body: string
  content?: MessageContent
  clientMessageId?: string
  requestHash?: Buffer
  fileIds?: readonly FileId[]
}

/** The next message of a conversation, and what it changes there. */
export function draftMessage(
  tx: TxCtx,
  conversation: ConversationRow,
  message: NewMessage,
): { row: MessageRow; change: ConversationChange } {
  const row: MessageRow = {
    id: tx.ids.next() as MessageId,
    conversationId: conversation.id,
    contactId: conversation.contactId,
    seq: conversation.lastSeq + 1,
    kind: message.kind,
    internal: message.internal ?? message.kind === 'note',
    authorType: message.author.type,
    authorId: message.author.id,
    authorName: message.author.name,
    clientMessageId: message.clientMessageId,
    requestHash: message.requestHash,
    body: message.body,
    content: message.content ?? {},
    createdAt: tx.clock.now(),
  }
  return { row, change: { ...afterMessage(conversation, row), lastSeq: row.seq } }
}

/** Everything that is ever said passes through here. */
export async function storeMessage(tx: TxCtx, row: MessageRow, fileIds: readonly FileId[] = []): Promise<void> {
  const { conversationId, contactId, seq, kind } = row
  tx.emit('message.created', { conversationId, contactId, messageId: row.id, seq, kind, author: row.authorType })
  await Promise.all([insertMessage(tx, row), linkFiles(tx, row, fileIds)])
}

/**
 * Puts the next message into a conversation that the caller holds: the next number without a gap, the row, what it
 * changes in the conversation together with `also`, and the event. What it emits and asks of the database is under way
 * when it returns its promise.
 */
export async function appendMessage(
  tx: TxCtx,
  conversation: ConversationRow,
  { message, also = {} }: { message: NewMessage; also?: ConversationChange },
): Promise<{ message: MessageRow; conversation: ConversationRow }> {
  authorizeRead(tx.actor, conversation)
  const draft = draftMessage(tx, conversation, message)
  const change = { ...draft.change, ...also }
  noteAwake(tx, conversation, change)
  // None waits for the one before; PostgreSQL takes them in this order.
  await Promise.all([updateConversation(tx, conversation.id, change), storeMessage(tx, draft.row, message.fileIds)])
  return { message: draft.row, conversation: { ...conversation, ...change } }
}

/** Whatever ends the putting off, everyone of the team hears of it. */
function noteAwake(tx: TxCtx, { id, contactId, snoozed }: ConversationRow, change: ConversationChange): void {
  if (!snoozed || !('snoozed' in change) || change.snoozed) return
  const { type } = tx.actor
  const by = type === 'agent' ? 'agent' : type === 'system' ? 'time' : 'contact'
  tx.emit('conversation.woken', { conversationId: id, contactId, by })
}

/** Notes in the timeline that something happened. */
export async function appendActivity(
  tx: TxCtx,
  conversation: ConversationRow,
  { activity, also, internal = false }: { activity: Activity; also?: ConversationChange; internal?: boolean },
): Promise<ConversationRow> {
  authorizeRead(tx.actor, conversation)
  const message: NewMessage = {
    kind: 'activity',
    internal,
    author: { type: 'system' },
    body: '',
    content: { activity },
  }
  const appended = await appendMessage(tx, conversation, { message, ...(also ? { also } : {}) })
  return appended.conversation
}

/** A file that a contact shares from elsewhere is on the case as what it is: not ours, and never fetched by us. */
export async function noteSharedFiles(
  tx: TxCtx,
  conversation: ConversationRow,
  body: string,
): Promise<ConversationRow> {
  let changed = conversation
  for (const file of findSharedFiles(body))
    changed = await appendActivity(tx, changed, { activity: { type: 'shared_file', ...file } })
  return changed
}
