import type { UploadState } from '@clew/contract/files'
import type { FileId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { storageKeyOf } from '../../../platform/storage/key.ts'
import type { Storage } from '../../../platform/storage.ts'
import { whyRefused } from '../attachment-rule.ts'
import { type FileRow, safeFileName } from '../model.ts'
import { expiryOf, maxUnfinished, maxUnread, type UploadKind, type UploadRow } from '../model.uploads.ts'
import { authorizeResumable } from '../policy.ts'
import { findFile, insertFile } from '../repository.ts'
import { findUpload, insertUpload, lockUnread } from '../repository.uploads.ts'
import { refuseWithoutSpace } from '../spare-space.ts'
import { uploadView } from '../views.ts'

export type CreateUpload = {
  id: FileId | undefined
  name: string
  lengthBytes: number
  kind: UploadKind
  /** What the browser says that it is. Its bytes say so too, or it is not. */
  claimedType: string
}

/** Begins a resumable upload. The same id again answers with what was begun first. */
export async function createUpload(
  ctx: Ctx,
  parts: { storage: Storage; maxCaptureBytes: number },
  input: CreateUpload,
): Promise<{ upload: UploadState; repeated: boolean }> {
  const contactId = authorizeResumable(ctx.actor)
  const { lengthBytes } = input
  if (lengthBytes > parts.maxCaptureBytes)
    throw new AppError('upload.too_large', { limitMb: parts.maxCaptureBytes / 1_000_000 })
  if (lengthBytes === 0) throw new AppError('file.empty')

  return ctx.transaction(async (tx) => {
    const id = input.id ?? (tx.ids.next() as FileId)
    const { unfinished, unread } = await lockUnread(tx, contactId)
    const known = await findUpload(tx, id)
    if (known) return { upload: await repeated(tx, known, lengthBytes), repeated: true }
    if (unfinished >= maxUnfinished) throw new AppError('upload.quota_exceeded', { limit: maxUnfinished })
    if (unread >= maxUnread) throw new AppError('upload.quota_exceeded', { limit: maxUnread })
    // While it is cleaned, what was received and what is written of it lie there both.
    await refuseWithoutSpace(parts.storage, 2 * lengthBytes)
    const file: FileRow = {
      id,
      contactId,
      uploadedBy: contactId,
      name: safeFileName(input.name),
      mediaType: input.claimedType || 'application/octet-stream',
      sizeBytes: lengthBytes,
      sha256: '',
      storageKey: storageKeyOf(id),
      state: 'uploading',
    }
    // By what it is said to be; what its bytes are is looked at when they are there.
    const refusal = input.kind === 'file' ? await whyRefused(tx, tx.actor, file) : undefined
    if (refusal) throw refusal
    if (!(await insertFile(tx, file))) throw new AppError('upload.id_reused')
    const expiresAt = expiryOf(tx.clock.now())
    const upload: UploadRow = {
      id,
      contactId,
      lengthBytes,
      receivedBytes: 0,
      kind: input.kind,
      state: 'open',
      expiresAt,
    }
    await insertUpload(tx, upload)
    return { upload: uploadView(upload, file.name), repeated: false }
  })
}

async function repeated(tx: TxCtx, known: UploadRow, lengthBytes: number): Promise<UploadState> {
  if (known.lengthBytes !== lengthBytes) throw new AppError('upload.id_reused')
  if (known.state === 'ended') throw new AppError('upload.ended')
  return uploadView(known, (await findFile(tx, known.id))?.name ?? '')
}
