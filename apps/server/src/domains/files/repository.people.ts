import type { ContactId, FileId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

export async function moveFiles(tx: TxCtx, { from, to }: { from: ContactId; to: ContactId }): Promise<void> {
  const db = sqlOf(tx)
  await db.updateTable('files').set({ contact_id: to }).where('contact_id', '=', from).execute()
  await db.updateTable('files').set({ uploaded_by: to }).where('uploaded_by', '=', from).execute()
  await db.updateTable('uploads').set({ contact_id: to }).where('contact_id', '=', from).execute()
  await db.updateTable('upload_segments').set({ contact_id: to }).where('contact_id', '=', from).execute()
}

export async function countFilesOf(tx: TxCtx, contactId: ContactId): Promise<{ files: number }> {
  const row = await sqlOf(tx)
    .selectFrom('files')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('contact_id', '=', contactId)
    .where('state', '<>', 'gone')
    .executeTakeFirstOrThrow()
  return { files: Number(row.count) }
}

/** Deletes the contact's files and uploads; answers with the places of their bytes. */
export async function deleteFilesOf(tx: TxCtx, contactId: ContactId): Promise<string[]> {
  const db = sqlOf(tx)
  const segments = await db
    .deleteFrom('upload_segments')
    .where('contact_id', '=', contactId)
    .returning('storage_key')
    .execute()
  await db.deleteFrom('uploads').where('contact_id', '=', contactId).execute()
  const files = await db.deleteFrom('files').where('contact_id', '=', contactId).returning('storage_key').execute()
  return [...segments, ...files].map(({ storage_key: key }) => key)
}

/** Deletes files that belong to no contact. */
export async function deleteTeamFiles(tx: TxCtx, ids: readonly FileId[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await sqlOf(tx)
    .deleteFrom('files')
    .where('id', 'in', [...ids])
    .where('contact_id', 'is', null)
    .returning('storage_key')
    .execute()
  return rows.map(({ storage_key: key }) => key)
}

/** Deletes files, with what is left of their uploads; answers with the places of their bytes. */
export async function deleteFiles(tx: TxCtx, ids: readonly FileId[]): Promise<string[]> {
  if (ids.length === 0) return []
  const segments = await deleteUploads(tx, ids)
  const files = await sqlOf(tx)
    .deleteFrom('files')
    .where('id', 'in', [...ids])
    .returning('storage_key')
    .execute()
  return [...segments, ...files].map(({ storage_key: key }) => key)
}

/** Leaves that there was a file, and nothing of it; answers with the places of its bytes. */
export async function hollowFiles(tx: TxCtx, ids: readonly FileId[]): Promise<string[]> {
  if (ids.length === 0) return []
  const segments = await deleteUploads(tx, ids)
  const files = await sqlOf(tx)
    .updateTable('files')
    .set({ state: 'gone', name: '—', sha256: '', size_bytes: '0' })
    .where('id', 'in', [...ids])
    .where('state', '<>', 'gone')
    .returning('storage_key')
    .execute()
  return [...segments, ...files].map(({ storage_key: key }) => key)
}

/** What is left of the uploads by which files came. */
async function deleteUploads(tx: TxCtx, ids: readonly FileId[]): Promise<{ storage_key: string }[]> {
  const segments = await sqlOf(tx)
    .deleteFrom('upload_segments')
    .where('upload_id', 'in', [...ids])
    .returning('storage_key')
    .execute()
  await sqlOf(tx)
    .deleteFrom('uploads')
    .where('id', 'in', [...ids])
    .execute()
  return segments
}
