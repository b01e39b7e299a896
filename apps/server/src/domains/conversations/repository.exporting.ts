import type { ContactId, ConversationId } from '@clew/contract/primitives'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { isOf } from '../../platform/keeping.repository.ts'
import type { Owner } from '../../platform/keeping.ts'
import { sqlOf } from '../../platform/sql.ts'
import { contactShown } from '../contacts/index.ts'

/** Conversations that began in a stretch of time, of an organisation, of some contacts. Either of the two is named. */
export type Selection = {
  owner?: Owner | undefined
  from?: Date | undefined
  until?: Date | undefined
  contactIds?: readonly ContactId[] | undefined
}

const selected = ({ owner, from, until, contactIds }: Selection): RawBuilder<SqlBool> =>
  sql<SqlBool>`${sql.join(
    [
      ...(owner === undefined && contactIds === undefined ? [sql`false`] : []),
      ...(owner === undefined ? [] : [isOf(owner, sql`c.organisation_id`)]),
      ...(from === undefined ? [] : [sql`c.created_at >= ${from}`]),
      ...(until === undefined ? [] : [sql`c.created_at < ${until}`]),
      ...(contactIds === undefined ? [] : [sql`c.contact_id = ANY (${[...contactIds]}::uuid[])`]),
    ],
    sql` AND `,
  )}`

/** Their ids, for a query of another room. */
export const selectedConversations = (selection: Selection): RawBuilder<string> =>
  sql`(SELECT c.id FROM conversations c WHERE ${selected(selection)})`

export type SelectedConversation = {
  id: ConversationId
  number: number
  subject: string
  status: string
  handling: string
  locale: string
  contactId: ContactId
  contactName: string | undefined
  contactEmail: string | undefined
  assigneeName: string | undefined
  pageUrl: string | undefined
  createdAt: Date
  lastMessageAt: Date
}

/** A page of them in the order of their ids. */
export async function pageSelected(
  tx: TxCtx,
  selection: Selection,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<SelectedConversation[]> {
  const { rows } = await sql<SelectedRow>`
    SELECT c.id, c.number, c.subject, c.status, c.handling, c.locale, c.contact_id, c.assignee_name, c.page_url,
           c.created_at, c.last_message_at, ${contactShown(sql`c.contact_id`)} AS contact
      FROM conversations c
     WHERE ${selected(selection)} AND ${after === undefined ? sql`true` : sql`c.id > ${after}::uuid`}
     ORDER BY c.id LIMIT ${limit}`.execute(sqlOf(tx))
  return rows.map((row) => ({
    id: row.id as ConversationId,
    number: Number(row.number),
    subject: row.subject,
    status: row.status,
    handling: row.handling,
    locale: row.locale,
    contactId: row.contact_id as ContactId,
    contactName: row.contact?.[0] ?? undefined,
    contactEmail: row.contact?.[1] ?? undefined,
    assigneeName: row.assignee_name ?? undefined,
    pageUrl: row.page_url ?? undefined,
    createdAt: row.created_at,
    lastMessageAt: row.last_message_at,
  }))
}

type SelectedRow = {
  id: string
  number: string
  subject: string
  status: string
  handling: string
  locale: string
  contact_id: string
  assignee_name: string | null
  page_url: string | null
  created_at: Date
  last_message_at: Date
  contact: [name: string | null, email: string | null] | null
}

export type SelectedMessage = {
  id: string
  conversationId: ConversationId
  seq: number
  kind: string
  internal: boolean
  authorType: string
  authorId: string | undefined
  authorName: string | undefined
  body: string
  attachments: readonly { fileId: string; name: string; mediaType: string; sizeBytes: number }[]
  createdAt: Date
}

export type MessagePlace = { conversationId: string; seq: number }

/** A page of what was said in some conversations. `withNotes`: also what the team says among themselves. */
export async function pageMessagesOf(
  tx: TxCtx,
  conversationIds: readonly ConversationId[],
  page: { after: MessagePlace | undefined; limit: number; withNotes: boolean; onlyWithFiles?: boolean },
): Promise<SelectedMessage[]> {
  const { after } = page
  const { rows } = await sql<MessageRow>`
    SELECT m.id, m.conversation_id, m.seq, m.kind, m.internal, m.author_type, m.author_id, m.author_name, m.body,
           coalesce(m.content -> 'attachments', '[]') AS attachments, m.created_at
      FROM messages m
     WHERE m.conversation_id = ANY (${[...conversationIds]}::uuid[])
       AND ${after === undefined ? sql`true` : sql`(m.conversation_id, m.seq) > (${after.conversationId}::uuid, ${after.seq})`}
       AND ${page.withNotes ? sql`true` : sql`NOT m.internal`}
       AND ${page.onlyWithFiles ? sql`m.content ? 'attachments'` : sql`true`}
     ORDER BY m.conversation_id, m.seq LIMIT ${page.limit}`.execute(sqlOf(tx))
  return rows.map((row) => ({
    id: row.id,
    conversationId: row.conversation_id as ConversationId,
    seq: row.seq,
    kind: row.kind,
    internal: row.internal,
    authorType: row.author_type,
    authorId: row.author_id ?? undefined,
    authorName: row.author_name ?? undefined,
    body: row.body,
    attachments: row.attachments,
    createdAt: row.created_at,
  }))
}

type MessageRow = {
  id: string
  conversation_id: string
  seq: number
  kind: string
  internal: boolean
  author_type: string
  author_id: string | null
  author_name: string | null
  body: string
  attachments: SelectedMessage['attachments']
  created_at: Date
}

export async function countSelected(
  tx: TxCtx,
  selection: Selection & { withNotes: boolean },
): Promise<{ conversations: number; messages: number; attachments: number }> {
  const notes = selection.withNotes ? sql`true` : sql`NOT m.internal`
  const { rows } = await sql<{ conversations: string; messages: string; attachments: string }>`
    WITH s AS MATERIALIZED ${selectedConversations(selection)},
         said AS MATERIALIZED (SELECT m.content FROM messages m JOIN s ON s.id = m.conversation_id WHERE ${notes})
    SELECT (SELECT count(*) FROM s) AS conversations, (SELECT count(*) FROM said) AS messages,
           (SELECT coalesce(sum(jsonb_array_length(content -> 'attachments')), 0) FROM said
             WHERE content ? 'attachments') AS attachments`.execute(sqlOf(tx))
  const [row] = rows
  if (!row) throw new Error('a count has no row')
  return {
    conversations: Number(row.conversations),
    messages: Number(row.messages),
    attachments: Number(row.attachments),
  }
}
