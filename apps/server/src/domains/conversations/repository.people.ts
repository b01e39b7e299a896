import type { ContactId, ConversationId, FileId, MemberId, OrganisationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

type Pair = { from: ContactId; to: ContactId }

export async function moveConversations(tx: TxCtx, { from, to }: Pair): Promise<void> {
  const db = sqlOf(tx)
  await db.updateTable('conversations').set({ contact_id: to }).where('contact_id', '=', from).execute()
  await db.updateTable('messages').set({ contact_id: to }).where('contact_id', '=', from).execute()
  await db.updateTable('messages').set({ author_id: to }).where('author_id', '=', from).execute()
  await db.updateTable('message_files').set({ contact_id: to }).where('contact_id', '=', from).execute()
}

export async function listConversationsOf(tx: TxCtx, contactId: ContactId): Promise<ConversationId[]> {
  const rows = await sqlOf(tx).selectFrom('conversations').select('id').where('contact_id', '=', contactId).execute()
  return rows.map(({ id }) => id as ConversationId)
}

export type NumberOwner = { id: ConversationId; contactId: ContactId; organisationId: OrganisationId | undefined }

/** Whose conversation has this number. */
export async function findOwnerOfNumber(tx: TxCtx, number: number): Promise<NumberOwner | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('conversations')
    .select(['id', 'contact_id', 'organisation_id'])
    .where('number', '=', String(number))
    .executeTakeFirst()
  return (
    row && {
      id: row.id as ConversationId,
      contactId: row.contact_id as ContactId,
      organisationId: (row.organisation_id ?? undefined) as OrganisationId | undefined,
    }
  )
}

export async function countConversationsOf(
  tx: TxCtx,
  contactId: ContactId,
): Promise<{ conversations: number; messages: number }> {
  const conversations = await sqlOf(tx)
    .selectFrom('conversations')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('contact_id', '=', contactId)
    .executeTakeFirstOrThrow()
  const messages = await sqlOf(tx)
    .selectFrom('messages')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('contact_id', '=', contactId)
    .where('kind', '=', 'message')
    .executeTakeFirstOrThrow()
  return { conversations: Number(conversations.count), messages: Number(messages.count) }
}

/** Files of the conversations, whoever put them there. */
export async function listFilesSaid(tx: TxCtx, contactId: ContactId): Promise<FileId[]> {
  const rows = await sqlOf(tx)
    .selectFrom('message_files')
    .select('file_id')
    .distinct()
    .where('contact_id', '=', contactId)
    .execute()
  return rows.map(({ file_id: id }) => id as FileId)
}

export async function deleteConversationsOf(tx: TxCtx, contactId: ContactId): Promise<void> {
  const db = sqlOf(tx)
  await db.deleteFrom('message_files').where('contact_id', '=', contactId).execute()
  await db.deleteFrom('messages').where('contact_id', '=', contactId).execute()
  await db.deleteFrom('conversations').where('contact_id', '=', contactId).execute()
}

/** What a contact has asked counts to their organisation; what they asked as one of another is no longer theirs. */
export async function giveConversations(
  tx: TxCtx,
  contactId: ContactId,
  organisationId: OrganisationId | null,
): Promise<void> {
  await sqlOf(tx)
    .updateTable('conversations')
    .set({ organisation_id: organisationId })
    .where('contact_id', '=', contactId)
    .execute()
}

const openOf = (tx: TxCtx, memberId: MemberId) =>
  sqlOf(tx).selectFrom('conversations').where('assignee_id', '=', memberId).where('status', '=', 'open')

export async function countOpenOf(tx: TxCtx, memberId: MemberId): Promise<number> {
  const row = await openOf(tx, memberId)
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** Conversations that somebody still has to deal with. */
export async function listOpenOf(tx: TxCtx, memberId: MemberId): Promise<ConversationId[]> {
  const rows = await openOf(tx, memberId).select('id').orderBy('id').execute()
  return rows.map(({ id }) => id as ConversationId)
}

/** Whether a conversation is there, and is of this organisation or of none. */
export async function isOpenTo(tx: TxCtx, id: ConversationId, organisationId: OrganisationId): Promise<boolean> {
  const row = await sqlOf(tx)
    .selectFrom('conversations')
    .select('id')
    .where('id', '=', id)
    .where((eb) => eb.or([eb('organisation_id', 'is', null), eb('organisation_id', '=', organisationId)]))
    .executeTakeFirst()
  return row !== undefined
}
