import type { ContactId, FileId } from '@clew/contract/primitives'
import { type Selectable, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { Files } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { FileRow, FileState } from './model.ts'

export const fileOf = (row: Selectable<Files>): FileRow => ({
  id: row.id as FileId,
  contactId: (row.contact_id ?? undefined) as ContactId | undefined,
  uploadedBy: row.uploaded_by,
  name: row.name,
  mediaType: row.media_type,
  sizeBytes: Number(row.size_bytes),
  sha256: row.sha256,
  storageKey: row.storage_key,
  state: row.state as FileState,
})

/** Answers as what it was stored: the database lets nothing past a scanner. Undefined where there is one already. */
export async function insertFile(tx: TxCtx, file: FileRow): Promise<FileState | undefined> {
  const row = await sqlOf(tx)
    .insertInto('files')
    .values({
      id: file.id,
      contact_id: file.contactId ?? null,
      uploaded_by: file.uploadedBy,
      name: file.name,
      media_type: file.mediaType,
      size_bytes: file.sizeBytes,
      sha256: file.sha256,
      storage_key: file.storageKey,
      state: file.state,
      created_at: tx.clock.now(),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('state')
    .executeTakeFirst()
  return row?.state as FileState | undefined
}

export async function findFile(tx: TxCtx, id: FileId): Promise<FileRow | undefined> {
  const row = await sqlOf(tx).selectFrom('files').selectAll().where('id', '=', id).executeTakeFirst()
  return row && fileOf(row)
}

export async function listFiles(tx: TxCtx, ids: readonly FileId[]): Promise<FileRow[]> {
  if (ids.length === 0) return []
  const rows = await sqlOf(tx)
    .selectFrom('files')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
  return rows.map(fileOf)
}

/** What these people have attached since then, recordings of a browser aside. */
export async function listFilesFrom(
  tx: TxCtx,
  contactIds: readonly ContactId[],
  since: Date,
): Promise<{ name: string; mediaType: string; sizeBytes: number }[]> {
  if (contactIds.length === 0) return []
  const rows = await sqlOf(tx)
    .selectFrom('files')
    .select(['name', 'media_type', 'size_bytes'])
    .where('contact_id', '=', sql<string>`ANY (${[...contactIds]}::uuid[])`)
    .where('created_at', '>', since)
    .where('state', '=', 'stored')
    .where('name', 'not ilike', '%.har')
    .limit(10_000)
    .execute()
  return rows.map((row) => ({ name: row.name, mediaType: row.media_type, sizeBytes: Number(row.size_bytes) }))
}

/** Holds the file as it is until the transaction ends, against whoever completes or ends its upload. */
export async function lockFile(tx: TxCtx, id: FileId): Promise<FileRow | undefined> {
  const row = await sqlOf(tx).selectFrom('files').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row && fileOf(row)
}

/** All of a plain file is there, and what it is can be said. Answers as what it was stored. */
export async function setFileStored(tx: TxCtx, id: FileId, mediaType: string): Promise<FileState | undefined> {
  const row = await sqlOf(tx)
    .updateTable('files')
    .set({ state: 'stored', media_type: mediaType })
    .where('id', '=', id)
    .returning('state')
    .executeTakeFirst()
  return row?.state as FileState | undefined
}

export async function setFileState(tx: TxCtx, id: FileId, state: FileState): Promise<void> {
  await sqlOf(tx).updateTable('files').set({ state }).where('id', '=', id).execute()
}

/** Gives a file another content: the capture that was cleaned again on the server. */
export async function replaceContent(
  tx: TxCtx,
  id: FileId,
  content: { storageKey: string; sizeBytes: number; sha256: string; name?: string },
): Promise<FileState | undefined> {
  const row = await sqlOf(tx)
    .updateTable('files')
    .set({
      storage_key: content.storageKey,
      size_bytes: content.sizeBytes,
      sha256: content.sha256,
      ...(content.name === undefined ? {} : { name: content.name }),
      media_type: 'application/json',
      state: 'stored',
    })
    .where('id', '=', id)
    .returning('state')
    .executeTakeFirst()
  return row?.state as FileState | undefined
}
