import type { ContactId, FileId } from '@clew/contract/primitives'
import { type Selectable, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { Uploads } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { Segment, UploadKind, UploadRow } from './model.uploads.ts'

const uploadOf = (row: Selectable<Uploads>): UploadRow => ({
  id: row.id as FileId,
  contactId: row.contact_id as ContactId,
  lengthBytes: Number(row.length_bytes),
  receivedBytes: Number(row.received_bytes),
  kind: row.kind as UploadKind,
  state: row.state as UploadRow['state'],
  expiresAt: row.expires_at,
})

export async function insertUpload(tx: TxCtx, upload: UploadRow): Promise<void> {
  await sqlOf(tx)
    .insertInto('uploads')
    .values({
      id: upload.id,
      contact_id: upload.contactId,
      length_bytes: upload.lengthBytes,
      kind: upload.kind,
      state: upload.state,
      created_at: tx.clock.now(),
      expires_at: upload.expiresAt,
    })
    .execute()
}

export async function findUpload(tx: TxCtx, id: FileId): Promise<UploadRow | undefined> {
  const row = await sqlOf(tx).selectFrom('uploads').selectAll().where('id', '=', id).executeTakeFirst()
  return row && uploadOf(row)
}

export async function lockUpload(tx: TxCtx, id: FileId): Promise<UploadRow | undefined> {
  const row = await sqlOf(tx).selectFrom('uploads').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row && uploadOf(row)
}

/** How many uploads of the contact there are; until the transaction ends, nobody begins another one. */
export async function lockUnread(tx: TxCtx, contactId: ContactId): Promise<{ unfinished: number; unread: number }> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${contactId}, 11))`.execute(sqlOf(tx))
  const rows = await sqlOf(tx)
    .selectFrom('uploads')
    .select('state')
    .where('contact_id', '=', contactId)
    .where('state', 'in', ['open', 'complete'])
    .execute()
  return { unfinished: rows.filter(({ state }) => state === 'open').length, unread: rows.length }
}

export async function updateUpload(
  tx: TxCtx,
  id: FileId,
  change: Partial<Pick<UploadRow, 'receivedBytes' | 'kind' | 'state' | 'expiresAt'>>,
): Promise<void> {
  await sqlOf(tx)
    .updateTable('uploads')
    .set({
      ...(change.receivedBytes === undefined ? {} : { received_bytes: change.receivedBytes }),
      ...(change.kind === undefined ? {} : { kind: change.kind }),
      ...(change.state === undefined ? {} : { state: change.state }),
      ...(change.expiresAt === undefined ? {} : { expires_at: change.expiresAt }),
    })
    .where('id', '=', id)
    .execute()
}

/** From now on these are part of a message, and end no more by themselves. Answers those that were not before. */
export async function keepUploads(tx: TxCtx, ids: readonly FileId[]): Promise<UploadRow[]> {
  if (ids.length === 0) return []
  const rows = await sqlOf(tx)
    .updateTable('uploads')
    .set({ state: 'kept' })
    .where('id', 'in', [...ids])
    .where('state', '=', 'complete')
    .where('kind', '=', 'file')
    .returningAll()
    .execute()
  return rows.map(uploadOf)
}

export async function insertSegment(tx: TxCtx, upload: UploadRow, segment: Segment): Promise<void> {
  await sqlOf(tx)
    .insertInto('upload_segments')
    .values({
      upload_id: upload.id,
      contact_id: upload.contactId,
      start_byte: segment.startByte,
      size_bytes: segment.sizeBytes,
      storage_key: segment.storageKey,
    })
    .execute()
}

/** In the order of the file. */
export async function listSegments(tx: TxCtx, uploadId: FileId): Promise<Segment[]> {
  const rows = await sqlOf(tx)
    .selectFrom('upload_segments')
    .select(['start_byte', 'size_bytes', 'storage_key'])
    .where('upload_id', '=', uploadId)
    .orderBy('start_byte')
    .execute()
  return rows.map((row) => ({
    startByte: Number(row.start_byte),
    sizeBytes: Number(row.size_bytes),
    storageKey: row.storage_key,
  }))
}

export async function deleteSegments(tx: TxCtx, uploadId: FileId): Promise<void> {
  await sqlOf(tx).deleteFrom('upload_segments').where('upload_id', '=', uploadId).execute()
}

export async function listExpired(tx: TxCtx, limit: number): Promise<FileId[]> {
  const rows = await sqlOf(tx)
    .selectFrom('uploads')
    .select('id')
    .where('state', 'in', ['open', 'complete'])
    .where('expires_at', '<', tx.clock.now())
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id as FileId)
}

/** Uploads that are over and of which bytes still lie in the store: something ended in the middle. */
export async function listUnreleased(tx: TxCtx, limit: number): Promise<FileId[]> {
  const rows = await sqlOf(tx)
    .selectFrom('uploads')
    .select('id')
    .where('state', '=', 'ended')
    .where(({ exists, selectFrom }) =>
      exists(selectFrom('upload_segments').select('upload_id').whereRef('upload_id', '=', 'uploads.id')),
    )
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id as FileId)
}

/** Captures that came in one piece and that nobody attached: read by nobody, and wanted by nobody. */
export async function listAbandoned(
  tx: TxCtx,
  { before, limit }: { before: Date; limit: number },
): Promise<{ id: FileId; storageKey: string }[]> {
  const rows = await sqlOf(tx)
    .selectFrom('files')
    .select(['id', 'storage_key'])
    .where('state', '=', 'held')
    .where('created_at', '<', before)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('uploads').select('uploads.id').whereRef('uploads.id', '=', 'files.id'))),
    )
    .limit(limit)
    .execute()
  return rows.map((row) => ({ id: row.id as FileId, storageKey: row.storage_key }))
}

/** Those of the keys under which something of ours is known to lie. */
export async function listKnownKeys(tx: TxCtx, keys: readonly string[]): Promise<Set<string>> {
  const db = sqlOf(tx)
  const [files, segments] = await Promise.all([
    db
      .selectFrom('files')
      .select('storage_key')
      .where('storage_key', 'in', [...keys])
      .where('state', '<>', 'gone')
      .execute(),
    db
      .selectFrom('upload_segments')
      .select('storage_key')
      .where('storage_key', 'in', [...keys])
      .execute(),
  ])
  return new Set([...files, ...segments].map(({ storage_key: key }) => key))
}
