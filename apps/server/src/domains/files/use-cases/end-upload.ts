import type { FileId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import type { Storage } from '../../../platform/storage.ts'
import { keptMs, type UploadRow } from '../model.uploads.ts'
import { authorizeSweep, authorizeUploadOf } from '../policy.ts'
import { setFileState } from '../repository.ts'
import {
  deleteSegments,
  findUpload,
  listAbandoned,
  listExpired,
  listSegments,
  listUnreleased,
  lockUpload,
  updateUpload,
} from '../repository.uploads.ts'

const batch = 50

/** Ends an upload that its contact does not want any more. One that is complete has become a file. */
export async function cancelUpload(
  ctx: Ctx,
  id: FileId,
  parts: { storage: Storage; asSystem(ctx: Ctx, job: string): Ctx },
): Promise<void> {
  await ctx.transaction(async (tx) => {
    const upload = await lockUpload(tx, id)
    authorizeUploadOf(tx.actor, upload)
    if (!upload) throw new AppError('upload.not_found')
    if (upload.state !== 'open') throw new AppError('upload.ended')
    await end(tx, upload, 'cancelled')
  })
  // If this is cut off, the next sweep does it.
  await releaseUpload(parts.asSystem(ctx, 'files.release_upload'), parts.storage, id)
}

/** Ends uploads that nobody goes on with, and deletes what lies about of those that are over. */
export async function sweepUploads(ctx: Ctx, storage: Storage): Promise<void> {
  authorizeSweep(ctx.actor)
  await ctx.transaction(async (tx) => {
    for (const id of await listExpired(tx, batch)) {
      const upload = await lockUpload(tx, id)
      if (upload && upload.state !== 'ended' && upload.expiresAt < tx.clock.now()) await end(tx, upload, 'expired')
    }
  })
  const over = await ctx.transaction((tx) => listUnreleased(tx, batch))
  for (const id of over) await releaseUpload(ctx, storage, id)
  const before = new Date(ctx.clock.now().getTime() - keptMs)
  const abandoned = await ctx.transaction(async (tx) => {
    const files = await listAbandoned(tx, { before, limit: batch })
    for (const { id } of files) await setFileState(tx, id, 'gone')
    return files
  })
  for (const { storageKey } of abandoned) await storage.remove(storageKey)
}

/** Deletes what was received of an upload that is over: first the bytes, then what is known of them. */
export async function releaseUpload(ctx: Ctx, storage: Storage, id: FileId): Promise<void> {
  authorizeSweep(ctx.actor)
  const segments = await ctx.transaction(async (tx) => {
    const upload = await findUpload(tx, id)
    return upload?.state === 'ended' ? listSegments(tx, id) : []
  })
  for (const { storageKey } of segments) await storage.remove(storageKey)
  if (segments.length > 0) await ctx.transaction((tx) => deleteSegments(tx, id))
}

async function end(tx: TxCtx, upload: UploadRow, reason: 'cancelled' | 'expired'): Promise<void> {
  await updateUpload(tx, upload.id, { state: 'ended' })
  await setFileState(tx, upload.id, 'gone')
  tx.emit('upload.ended', { contactId: upload.contactId, fileId: upload.id, reason })
}
