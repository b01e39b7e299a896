import type { CaptureId, ContactId, ConversationId, FileId } from '@clew/contract/primitives'
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { DB } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'

export async function moveCaptures(tx: TxCtx, { from, to }: { from: ContactId; to: ContactId }): Promise<void> {
  const db = sqlOf(tx)
  await db.updateTable('captures').set({ contact_id: to }).where('contact_id', '=', from).execute()
  await db.updateTable('capture_links').set({ contact_id: to }).where('contact_id', '=', from).execute()
}

export async function countCapturesOf(tx: TxCtx, contactId: ContactId): Promise<{ captures: number }> {
  const row = await sqlOf(tx)
    .selectFrom('captures')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('contact_id', '=', contactId)
    .executeTakeFirstOrThrow()
  return { captures: Number(row.count) }
}

/** What they showed, the links by which people looked at them, and who looked. Their bytes are files. */
export async function deleteCapturesOf(tx: TxCtx, contactId: ContactId): Promise<void> {
  const db = sqlOf(tx)
  await db
    .deleteFrom('capture_link_uses')
    .where('link_id', 'in', (eb) => eb.selectFrom('capture_links').select('id').where('contact_id', '=', contactId))
    .execute()
  await db.deleteFrom('capture_links').where('contact_id', '=', contactId).execute()
  await db.deleteFrom('captures').where('contact_id', '=', contactId).execute()
}

/** Deletes the captures of a conversation; answers their files. */
export async function deleteCaptures(tx: TxCtx, conversationId: ConversationId): Promise<FileId[]> {
  const db = sqlOf(tx)
  await deleteLinks(tx, (eb) =>
    eb(
      'capture_id',
      'in',
      eb.selectFrom('captures').select('captures.id').where('conversation_id', '=', conversationId),
    ),
  )
  const rows = await db
    .deleteFrom('captures')
    .where('conversation_id', '=', conversationId)
    .returning('file_id')
    .execute()
  return rows.map((row) => row.file_id as FileId)
}

export async function deleteLinksOfFiles(tx: TxCtx, fileIds: readonly FileId[]): Promise<void> {
  if (fileIds.length > 0) await deleteLinks(tx, (eb) => eb('file_id', 'in', [...fileIds]))
}

export async function deleteLinksOfCapture(tx: TxCtx, id: CaptureId): Promise<void> {
  await deleteLinks(tx, (eb) => eb('capture_id', '=', id))
}

type Which = (eb: ExpressionBuilder<DB, 'capture_links'>) => Expression<SqlBool>

/** With who used them. */
async function deleteLinks(tx: TxCtx, which: Which): Promise<void> {
  const db = sqlOf(tx)
  await db
    .deleteFrom('capture_link_uses')
    .where('link_id', 'in', db.selectFrom('capture_links').select('id').where(which))
    .execute()
  await db.deleteFrom('capture_links').where(which).execute()
}
