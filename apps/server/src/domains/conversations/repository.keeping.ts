import type { ContactId, ConversationId, FileId, MemberId } from '@clew/contract/primitives'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { foldedLike } from '../../platform/folded-like.ts'
import { isHeld, isOf, surveyRows } from '../../platform/keeping.repository.ts'
import type { HoldTerm, KeepingOf, PurgeOf, Survey, SurveyOf } from '../../platform/keeping.ts'
import { sqlOf } from '../../platform/sql.ts'

const conversationHeld = (holds: readonly HoldTerm[]): RawBuilder<SqlBool> =>
  isHeld(holds, {
    at: sql`c.last_message_at`,
    contact: sql`c.contact_id`,
    conversation: sql`c.id`,
  })

export const surveyConversations = (tx: TxCtx, of: SurveyOf): Promise<Survey> =>
  surveyRows(
    tx,
    sql`SELECT c.last_message_at AS at, c.id AS conversation_id, ${conversationHeld(of.holds)} AS is_held,
               (SELECT coalesce(sum(octet_length(m.body)), 0) FROM messages m WHERE m.conversation_id = c.id) AS bytes
          FROM conversations c WHERE ${isOf(of.owner, sql`c.organisation_id`)}`,
    of,
  )

export type DueConversation = { id: ConversationId; contactId: ContactId; bytes: number }

/** The quietest conversations that are due, held until the transaction ends; those that somebody is in are left alone. */
export async function takeDueConversations(tx: TxCtx, of: PurgeOf): Promise<DueConversation[]> {
  const { rows } = await sql<{ id: string; contact_id: string; bytes: string }>`
    SELECT c.id, c.contact_id,
           (SELECT coalesce(sum(octet_length(m.body)), 0) FROM messages m WHERE m.conversation_id = c.id) AS bytes
      FROM conversations c
     WHERE ${isOf(of.owner, sql`c.organisation_id`)} AND c.last_message_at < ${of.before}
       AND NOT ${conversationHeld(of.holds)}
     ORDER BY c.last_message_at LIMIT ${of.limit} FOR UPDATE OF c SKIP LOCKED`.execute(sqlOf(tx))
  return rows.map((row) => ({
    id: row.id as ConversationId,
    contactId: row.contact_id as ContactId,
    bytes: Number(row.bytes),
  }))
}

/** Deletes what was said in a conversation; answers the files that were sent in it and are in no other. */
export async function deleteConversation(tx: TxCtx, id: ConversationId): Promise<FileId[]> {
  const db = sqlOf(tx)
  const { rows } = await sql<{ file_id: string }>`
    WITH gone AS (DELETE FROM message_files WHERE message_id IN (SELECT id FROM messages WHERE conversation_id = ${id})
                  RETURNING message_id, file_id)
    SELECT DISTINCT g.file_id FROM gone g
     WHERE NOT EXISTS (SELECT 1 FROM message_files f JOIN messages m ON m.id = f.message_id
                        WHERE f.file_id = g.file_id AND m.conversation_id <> ${id})`.execute(db)
  await db.deleteFrom('messages').where('conversation_id', '=', id).execute()
  await db.deleteFrom('conversations').where('id', '=', id).execute()
  return rows.map((row) => row.file_id as FileId)
}

/** The conversations of a contact that a hold keeps. */
export async function listHeldOf(
  tx: TxCtx,
  contactId: ContactId,
  holds: readonly HoldTerm[],
): Promise<ConversationId[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT c.id FROM conversations c WHERE c.contact_id = ${contactId} AND ${conversationHeld(holds)}`.execute(
    sqlOf(tx),
  )
  return rows.map(({ id }) => id as ConversationId)
}

const attachmentRows = (of: KeepingOf): RawBuilder<unknown> => sql`
  SELECT f.file_id, m.id AS message_id, m.created_at AS at, c.id AS conversation_id,
         coalesce((SELECT (a ->> 'sizeBytes')::bigint
                     FROM jsonb_array_elements(coalesce(m.content -> 'attachments', '[]')) a
                    WHERE a ->> 'fileId' = f.file_id::text LIMIT 1), 0) AS bytes,
         ${isHeld(of.holds, {
           at: sql`m.created_at`,
           contact: sql`c.contact_id`,
           conversation: sql`c.id`,
         })} AS is_held
    FROM message_files f JOIN messages m ON m.id = f.message_id JOIN conversations c ON c.id = m.conversation_id
   WHERE ${isOf(of.owner, sql`c.organisation_id`)}`

export const surveyAttachments = (tx: TxCtx, of: SurveyOf): Promise<Survey> => surveyRows(tx, attachmentRows(of), of)

/** Takes files out of the messages that are old enough; answers those that are in no other message. */
export async function detachDue(tx: TxCtx, of: PurgeOf): Promise<{ taken: number; bytes: number; fileIds: FileId[] }> {
  const db = sqlOf(tx)
  const { rows } = await sql<{ file_id: string; message_id: string; bytes: string }>`
    WITH due AS MATERIALIZED (
      SELECT file_id, message_id, bytes FROM (${attachmentRows(of)}) x
       WHERE at < ${of.before} AND NOT is_held ORDER BY at LIMIT ${of.limit})
    SELECT d.file_id, d.message_id, d.bytes FROM due d
      JOIN message_files f ON f.file_id = d.file_id AND f.message_id = d.message_id FOR UPDATE OF f SKIP LOCKED`.execute(
    db,
  )
  for (const row of rows) {
    await db
      .deleteFrom('message_files')
      .where('message_id', '=', row.message_id)
      .where('file_id', '=', row.file_id)
      .execute()
    await sql`
      UPDATE messages SET content = jsonb_set(content, '{attachments}', (
          SELECT coalesce(jsonb_agg(CASE WHEN a ->> 'fileId' = ${row.file_id} THEN a || ${goneName} ELSE a END), '[]')
            FROM jsonb_array_elements(content -> 'attachments') a))
       WHERE id = ${row.message_id} AND content ? 'attachments'`.execute(db)
  }
  return {
    taken: rows.length,
    bytes: rows.reduce((sum, each) => sum + Number(each.bytes), 0),
    fileIds: await inNoMessage(
      tx,
      rows.map(({ file_id: id }) => id as FileId),
    ),
  }
}

/** That there was a file is still seen; what it was called may say who it was about. */
const goneName = sql`jsonb_build_object('name', '—', 'sizeBytes', 0)`

async function inNoMessage(tx: TxCtx, ids: readonly FileId[]): Promise<FileId[]> {
  if (ids.length === 0) return []
  const rows = await sqlOf(tx)
    .selectFrom('message_files')
    .select('file_id')
    .where('file_id', 'in', [...ids])
    .execute()
  const still = new Set<string>(rows.map((row) => row.file_id))
  return [...new Set(ids)].filter((id) => !still.has(id))
}

/** The conversations that these members of the team had a part in. */
export async function listTakenPart(tx: TxCtx, memberIds: readonly MemberId[]): Promise<ConversationId[]> {
  if (memberIds.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    SELECT m.conversation_id AS id FROM messages m
     WHERE m.author_type = 'agent' AND m.author_id = ANY (${[...memberIds]}::uuid[])
    UNION SELECT c.id FROM conversations c WHERE c.assignee_id = ANY (${[...memberIds]}::uuid[])`.execute(sqlOf(tx))
  return rows.map(({ id }) => id as ConversationId)
}

/** Those of the conversations that are not done with. */
export async function listOpenAmong(
  tx: TxCtx,
  ids: readonly ConversationId[],
): Promise<{ id: ConversationId; number: number; subject: string }[]> {
  if (ids.length === 0) return []
  const rows = await sqlOf(tx)
    .selectFrom('conversations')
    .select(['id', 'number', 'subject'])
    .where(sql<SqlBool>`id = ANY (${[...ids]}::uuid[])`)
    .where('status', '=', 'open')
    .orderBy('number', 'desc')
    .execute()
  return rows.map((row) => ({ id: row.id as ConversationId, number: Number(row.number), subject: row.subject }))
}

/** The conversations of an organisation behind numbers. */
export async function listNumbered(
  tx: TxCtx,
  { owner }: Pick<KeepingOf, 'owner'>,
  numbers: readonly number[],
): Promise<{ id: ConversationId; number: number }[]> {
  if (numbers.length === 0) return []
  const { rows } = await sql<{ id: string; number: string }>`
    SELECT c.id, c.number FROM conversations c
     WHERE ${isOf(owner, sql`c.organisation_id`)} AND c.number = ANY (${[...numbers]}::bigint[])`.execute(sqlOf(tx))
  return rows.map((row) => ({ id: row.id as ConversationId, number: Number(row.number) }))
}

/** The first few of an owner's by their number or their subject, the newest first. */
export async function findConversationsLike(
  tx: TxCtx,
  owner: KeepingOf['owner'],
  { q, limit }: { q: string; limit: number },
): Promise<{ number: number; subject: string }[]> {
  const number = /^\s*(?:[cC]-)?(\d{1,15})\s*$/.exec(q)?.[1]
  const isSo = number === undefined ? foldedLike(sql`c.subject`, q) : sql`c.number::text LIKE ${`${number}%`}`
  const { rows } = await sql<{ number: string; subject: string }>`
    SELECT c.number, c.subject FROM conversations c
     WHERE ${isOf(owner, sql`c.organisation_id`)} AND ${isSo}
     ORDER BY c.number = ${number ?? 0}::bigint DESC, c.number DESC LIMIT ${limit}`.execute(sqlOf(tx))
  return rows.map((row) => ({ number: Number(row.number), subject: row.subject }))
}

/** Takes a name off what somebody of the team wrote; what they wrote stays. */
export async function nameNobody(tx: TxCtx, memberId: MemberId): Promise<number> {
  const db = sqlOf(tx)
  const messages = await db
    .updateTable('messages')
    .set({ author_name: null })
    .where('author_id', '=', memberId)
    .where('author_name', 'is not', null)
    .executeTakeFirst()
  const assigned = await db
    .updateTable('conversations')
    .set({ assignee_name: null })
    .where('assignee_id', '=', memberId)
    .where('assignee_name', 'is not', null)
    .executeTakeFirst()
  const snoozed = await db
    .updateTable('conversations')
    .set({ snoozed_by_name: null })
    .where('snoozed_by', '=', memberId)
    .where('snoozed_by_name', 'is not', null)
    .executeTakeFirst()
  return Number(messages.numUpdatedRows) + Number(assigned.numUpdatedRows) + Number(snoozed.numUpdatedRows)
}
