import type { ConversationStatus, Handling } from '@clew/contract/conversations'
import type { AgentId, ContactId, ConversationId, Locale } from '@clew/contract/primitives'
import type { Selectable, Updateable } from 'kysely'
import { AppError } from '../../platform/app-error.ts'
import type { TxCtx } from '../../platform/ctx.ts'
import type { Conversations } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import { heldContactOrganisation } from '../contacts/index.ts'
import type { ConversationChange, ConversationRow } from './model.ts'

/** What a conversation is read with. */
export const conversationColumns = [
  'id',
  'number',
  'contact_id',
  'locale',
  'time_zone',
  'subject',
  'status',
  'handling',
  'assignee_id',
  'assignee_name',
  'last_seq',
  'last_message_at',
  'last_message_preview',
  'waiting_since',
  'contact_read_seq',
] as const satisfies readonly (keyof Conversations)[]

type ReadColumns = Pick<Selectable<Conversations>, (typeof conversationColumns)[number]>

export const conversationOf = (row: ReadColumns): ConversationRow => ({
  id: row.id as ConversationId,
  number: Number(row.number),
  contactId: row.contact_id as ContactId,
  locale: row.locale as Locale,
  timeZone: row.time_zone ?? undefined,
  subject: row.subject,
  status: row.status as ConversationStatus,
  handling: row.handling as Handling,
  assigneeId: (row.assignee_id ?? undefined) as AgentId | undefined,
  assigneeName: row.assignee_name ?? undefined,
  lastSeq: row.last_seq,
  lastMessageAt: row.last_message_at,
  lastMessagePreview: row.last_message_preview,
  waitingSince: row.waiting_since ?? undefined,
  contactReadSeq: row.contact_read_seq,
})

/** The row, held until the transaction ends, so that messages get their sequence one by one. */
export async function lockConversation(tx: TxCtx, id: ConversationId): Promise<ConversationRow> {
  const row = await sqlOf(tx)
    .selectFrom('conversations')
    .select(conversationColumns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new AppError('conversation.not_found')
  return conversationOf(row)
}

export async function findConversation(tx: TxCtx, id: ConversationId): Promise<ConversationRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('conversations')
    .select(conversationColumns)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && conversationOf(row)
}

export type NewConversation = {
  conversation: Omit<ConversationRow, 'number' | 'contactReadSeq'>
  clientConversationId: string
  requestHash: Buffer
  pageUrl: string | undefined
  articleSlug: string | undefined
  tried: string[]
  createdAt: Date
}

/** Inserts it as it is after its first message; answers its number, or undefined when its client id was taken before. */
export async function insertConversation(tx: TxCtx, started: NewConversation): Promise<number | undefined> {
  const { conversation } = started
  const row = await sqlOf(tx)
    .insertInto('conversations')
    .values({
      id: conversation.id,
      contact_id: conversation.contactId,
      organisation_id: heldContactOrganisation(conversation.contactId),
      client_conversation_id: started.clientConversationId,
      request_hash: started.requestHash,
      locale: conversation.locale,
      subject: conversation.subject,
      status: conversation.status,
      handling: conversation.handling,
      last_seq: conversation.lastSeq,
      last_message_at: conversation.lastMessageAt,
      last_message_preview: conversation.lastMessagePreview,
      time_zone: conversation.timeZone ?? null,
      page_url: started.pageUrl ?? null,
      article_slug: started.articleSlug ?? null,
      tried: started.tried,
      created_at: started.createdAt,
    })
    .onConflict((conflict) => conflict.columns(['contact_id', 'client_conversation_id']).doNothing())
    .returning('number')
    .executeTakeFirst()
  return row && Number(row.number)
}

export async function findStarted(
  tx: TxCtx,
  contactId: ContactId,
  clientConversationId: string,
): Promise<{ conversation: ConversationRow; requestHash: Buffer } | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('conversations')
    .select([...conversationColumns, 'request_hash'])
    .where('contact_id', '=', contactId)
    .where('client_conversation_id', '=', clientConversationId)
    .executeTakeFirst()
  return row && { conversation: conversationOf(row), requestHash: row.request_hash }
}

const columns = {
  status: 'status',
  handling: 'handling',
  assigneeId: 'assignee_id',
  assigneeName: 'assignee_name',
  lastSeq: 'last_seq',
  lastMessageAt: 'last_message_at',
  lastMessagePreview: 'last_message_preview',
  waitingSince: 'waiting_since',
} as const satisfies Record<keyof ConversationChange, keyof Conversations>

/** Writes what changed. A key that is there with no value clears its column. */
export async function updateConversation(tx: TxCtx, id: ConversationId, change: ConversationChange): Promise<void> {
  const set: Record<string, unknown> = {}
  for (const key of Object.keys(change) as (keyof ConversationChange)[]) set[columns[key]] = change[key] ?? null
  await sqlOf(tx)
    .updateTable('conversations')
    .set(set as Updateable<Conversations>)
    .where('id', '=', id)
    .execute()
}

/** Remembers how far the contact has read; never backwards. Answers whether that was news. */
export async function raiseContactReadSeq(tx: TxCtx, id: ConversationId, seq: number): Promise<boolean> {
  const result = await sqlOf(tx)
    .updateTable('conversations')
    .set((eb) => ({ contact_read_seq: eb.fn<number>('least', [eb.val(seq), 'last_seq']) }))
    .where('id', '=', id)
    .where('contact_read_seq', '<', seq)
    .executeTakeFirst()
  return Number(result.numUpdatedRows) > 0
}

export async function setCaseProgress(
  tx: TxCtx,
  id: ConversationId,
  progress: { given: number; wanted: number },
): Promise<void> {
  await sqlOf(tx)
    .updateTable('conversations')
    .set({ case_given: progress.given, case_wanted: progress.wanted })
    .where('id', '=', id)
    .execute()
}

/** What the visitor came with: the article they read, and the steps they said they had tried. */
export async function findOrigin(
  tx: TxCtx,
  id: ConversationId,
): Promise<{ articleSlug: string | undefined; tried: string[] }> {
  const row = await sqlOf(tx)
    .selectFrom('conversations')
    .select(['article_slug', 'tried'])
    .where('id', '=', id)
    .executeTakeFirst()
  return { articleSlug: row?.article_slug ?? undefined, tried: row?.tried ?? [] }
}
