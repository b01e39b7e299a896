import type { ConversationStatus, Handling } from '@clew/contract/conversations'
import type { AgentId, ContactId, ConversationId, Locale } from '@clew/contract/primitives'
import type { Selectable, Updateable } from 'kysely'
import { AppError } from '../../platform/app-error.ts'
import { compiled } from '../../platform/compiled.ts'
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
  'snoozed_until',
  'snoozed_by',
  'snoozed_by_name',
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
  snoozed: row.snoozed_until
    ? { until: row.snoozed_until, by: row.snoozed_by as AgentId, byName: row.snoozed_by_name ?? '' }
    : undefined,
})

/** The row, held until the transaction ends, so that messages get their sequence one by one. */
export async function lockConversation(tx: TxCtx, id: ConversationId): Promise<ConversationRow> {
  const [row] = await conversationHeld(tx, { id })
  if (!row) throw new AppError('conversation.not_found')
  return conversationOf(row)
}

type ById = { id: ConversationId }

const conversationHeld = compiled((db, { id }: ById) =>
  db.selectFrom('conversations').select(conversationColumns).where('id', '=', id).forUpdate().compile(),
)

export async function findConversation(tx: TxCtx, id: ConversationId): Promise<ConversationRow | undefined> {
  const [row] = await conversationById(tx, { id })
  return row && conversationOf(row)
}

const conversationById = compiled((db, { id }: ById) =>
  db.selectFrom('conversations').select(conversationColumns).where('id', '=', id).compile(),
)

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
  const [row] = await conversationInserted(tx, { ...started.conversation, ...started })
  return row && Number(row.number)
}

type InsertedConversation = NewConversation['conversation'] & Omit<NewConversation, 'conversation'>

const conversationInserted = compiled((db, inserted: InsertedConversation) =>
  db
    .insertInto('conversations')
    .values({
      id: inserted.id,
      contact_id: inserted.contactId,
      organisation_id: heldContactOrganisation(inserted.contactId),
      client_conversation_id: inserted.clientConversationId,
      request_hash: inserted.requestHash,
      locale: inserted.locale,
      subject: inserted.subject,
      status: inserted.status,
      handling: inserted.handling,
      last_seq: inserted.lastSeq,
      last_message_at: inserted.lastMessageAt,
      last_message_preview: inserted.lastMessagePreview,
      time_zone: inserted.timeZone ?? null,
      page_url: inserted.pageUrl ?? null,
      article_slug: inserted.articleSlug ?? null,
      tried: inserted.tried,
      created_at: inserted.createdAt,
    })
    .onConflict((conflict) => conflict.columns(['contact_id', 'client_conversation_id']).doNothing())
    .returning('number')
    .compile(),
)

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
  snoozedUntil: 'snoozed_until',
  snoozedBy: 'snoozed_by',
  snoozedByName: 'snoozed_by_name',
} as const satisfies Record<keyof FlatChange, keyof Conversations>

/** A value for each column. */
type FlatChange = Omit<ConversationChange, 'snoozed'> & {
  snoozedUntil?: Date | undefined
  snoozedBy?: AgentId | undefined
  snoozedByName?: string | undefined
}

function flatten(change: ConversationChange): FlatChange {
  if (!('snoozed' in change)) return change
  const { snoozed, ...rest } = change
  return { ...rest, snoozedUntil: snoozed?.until, snoozedBy: snoozed?.by, snoozedByName: snoozed?.byName }
}

/** Writes what changed. A key that is there with no value clears its column. */
export async function updateConversation(tx: TxCtx, id: ConversationId, change: ConversationChange): Promise<void> {
  const flat = flatten(change)
  const keys = Object.keys(flat) as (keyof FlatChange)[]
  const name = keys.join()
  const update = updates.get(name) ?? updateOf(keys)
  updates.set(name, update)
  await update(tx, { ...flat, id })
}

/** There are as many as there are ways for a conversation to change. */
const updates = new Map<string, ReturnType<typeof updateOf>>()

const updateOf = (keys: readonly (keyof FlatChange)[]) =>
  compiled((db, change: FlatChange & ById) =>
    db
      .updateTable('conversations')
      .set(Object.fromEntries(keys.map((key) => [columns[key], change[key]])) as Updateable<Conversations>)
      .where('id', '=', change.id)
      .compile(),
  )

/** Conversations whose time to wake has come, the longest due first. */
export async function listDueToWake(tx: TxCtx, at: Date, limit: number): Promise<ConversationId[]> {
  const rows = await sqlOf(tx)
    .selectFrom('conversations')
    .select('id')
    .where('snoozed_until', '<=', at)
    .orderBy('snoozed_until')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id as ConversationId)
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
