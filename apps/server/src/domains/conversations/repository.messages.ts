import type { ContactId, ConversationId, FileId, MessageId } from '@clew/contract/primitives'
import type { Selectable } from 'kysely'
import { compiled } from '../../platform/compiled.ts'
import type { TxCtx } from '../../platform/ctx.ts'
import type { Messages } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { AuthorType, MessageContent, MessageKind, MessageRow } from './model.ts'

const messageOf = (row: Selectable<Messages>): MessageRow => ({
  id: row.id as MessageId,
  conversationId: row.conversation_id as ConversationId,
  contactId: row.contact_id as ContactId,
  seq: row.seq,
  kind: row.kind as MessageKind,
  internal: row.internal,
  authorType: row.author_type as AuthorType,
  authorId: row.author_id ?? undefined,
  authorName: row.author_name ?? undefined,
  clientMessageId: row.client_message_id ?? undefined,
  requestHash: row.request_hash ?? undefined,
  body: row.body,
  content: row.content as unknown as MessageContent,
  createdAt: row.created_at,
})

export async function insertMessage(tx: TxCtx, message: MessageRow): Promise<void> {
  await messageInserted(tx, { ...message, content: JSON.stringify(message.content) })
}

const messageInserted = compiled((db, message: Omit<MessageRow, 'content'> & { content: string }) =>
  db
    .insertInto('messages')
    .values({
      id: message.id,
      conversation_id: message.conversationId,
      contact_id: message.contactId,
      seq: message.seq,
      kind: message.kind,
      internal: message.internal,
      author_type: message.authorType,
      author_id: message.authorId ?? null,
      author_name: message.authorName ?? null,
      client_message_id: message.clientMessageId ?? null,
      request_hash: message.requestHash ?? null,
      body: message.body,
      content: message.content,
      created_at: message.createdAt,
    })
    .compile(),
)

export async function linkFiles(tx: TxCtx, message: MessageRow, fileIds: readonly FileId[]): Promise<void> {
  if (fileIds.length === 0) return
  await sqlOf(tx)
    .insertInto('message_files')
    .values(
      fileIds.map((fileId, place) => ({
        message_id: message.id,
        file_id: fileId,
        contact_id: message.contactId,
        internal: message.internal,
        place,
      })),
    )
    .execute()
}

/** The message that was stored under this client id, whenever that was. */
export async function findSent(
  tx: TxCtx,
  conversationId: ConversationId,
  clientMessageId: string,
): Promise<MessageRow | undefined> {
  const [row] = await messageSent(tx, { conversationId, clientMessageId })
  return row && messageOf(row)
}

const messageSent = compiled((db, sent: { conversationId: ConversationId; clientMessageId: string }) =>
  db
    .selectFrom('messages')
    .selectAll()
    .where('conversation_id', '=', sent.conversationId)
    .where('client_message_id', '=', sent.clientMessageId)
    .compile(),
)

export async function listMessages(
  tx: TxCtx,
  conversationId: ConversationId,
  page: { after: number; limit: number },
): Promise<MessageRow[]> {
  return (await messagesAfter(tx, { conversationId, ...page })).map(messageOf)
}

const messagesAfter = compiled((db, page: { conversationId: ConversationId; after: number; limit: number }) =>
  db
    .selectFrom('messages')
    .selectAll()
    .where('conversation_id', '=', page.conversationId)
    .where('seq', '>', page.after)
    .orderBy('seq')
    .limit(page.limit)
    .compile(),
)

/** The last so many, in order. */
export async function listLatestMessages(
  tx: TxCtx,
  conversationId: ConversationId,
  limit: number,
): Promise<MessageRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('messages')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
  return rows.map(messageOf).reverse()
}

/** How many messages others wrote to a contact that they have not seen, in each conversation that has any. */
export async function countUnread(tx: TxCtx, contactId: ContactId): Promise<Map<ConversationId, number>> {
  const rows = await sqlOf(tx)
    .selectFrom('messages')
    .innerJoin('conversations', 'conversations.id', 'messages.conversation_id')
    .select((of) => ['messages.conversation_id as id', of.fn.countAll<number>().as('count')])
    .where('conversations.contact_id', '=', contactId)
    .whereRef('messages.seq', '>', 'conversations.contact_read_seq')
    .where('messages.kind', '=', 'message')
    .where('messages.internal', '=', false)
    .where('messages.author_type', '<>', 'contact')
    .groupBy('messages.conversation_id')
    .execute()
  return new Map(rows.map(({ id, count }) => [id as ConversationId, Number(count)]))
}

export async function listMessagesById(tx: TxCtx, ids: readonly MessageId[]): Promise<Map<MessageId, MessageRow>> {
  if (ids.length === 0) return new Map()
  const rows = await sqlOf(tx)
    .selectFrom('messages')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id as MessageId, messageOf(row)]))
}

/** Whether a file is part of a message that the contact who asks may see. */
export async function isSentToContact(tx: TxCtx, fileId: FileId): Promise<boolean> {
  const row = await sqlOf(tx)
    .selectFrom('message_files')
    .select('file_id')
    .where('file_id', '=', fileId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** The messages that hold a file, each held until the transaction ends. */
export async function lockMessagesWithFile(tx: TxCtx, fileId: FileId): Promise<MessageRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('messages')
    .selectAll()
    .where('id', 'in', (sub) => sub.selectFrom('message_files').select('message_id').where('file_id', '=', fileId))
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map(messageOf)
}

export async function setMessageContent(tx: TxCtx, id: MessageId, content: MessageContent): Promise<void> {
  await sqlOf(tx)
    .updateTable('messages')
    .set({ content: JSON.stringify(content) })
    .where('id', '=', id)
    .execute()
}
