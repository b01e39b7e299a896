import type { Readable } from 'node:stream'
import type { FileId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import type { Storage } from '../../../platform/storage.ts'
import { recordRead } from '../../audit/index.ts'
import { type ByteRange, type FileRow, looksLikeHar, rangeIn } from '../model.ts'
import type { Segment } from '../model.uploads.ts'
import { streamOf } from '../pieces.ts'
import { authorizeDownload } from '../policy.ts'
import { findFile } from '../repository.ts'
import { findUpload, listSegments } from '../repository.uploads.ts'

/** Whether a file was sent to the contact who asks. Answered by the room that knows messages. */
export type IsSentToContact = (tx: TxCtx, fileId: FileId) => Promise<boolean>

export type ReadFile = { id: FileId; range?: string | undefined }

/** `range`: which stretch of it this is; without one it is all of it. */
export type OpenedFile = { file: FileRow; body: Readable; range: ByteRange | undefined }

export async function readFile(
  ctx: Ctx,
  { id, range }: ReadFile,
  parts: { storage: Storage; asSystem(ctx: Ctx, job: string): Ctx; isSentToContact: IsSentToContact },
): Promise<OpenedFile> {
  const isSent = ctx.actor.type === 'contact' && (await ctx.transaction((tx) => parts.isSentToContact(tx, id)))
  const reader = isSent ? parts.asSystem(ctx, 'files.read_sent') : ctx
  return openFile(
    parts.storage,
    range,
    await reader.transaction(async (tx) => {
      const found = await findFile(tx, id)
      if (!found) throw new AppError('file.not_found')
      authorizeDownload(ctx.actor, found, isSent)
      const lying = await lyingOf(tx, found)
      const isCapture = looksLikeHar(found.name, new Uint8Array())
      if (ctx.actor.type === 'agent')
        await recordRead(tx, {
          action: isCapture ? 'capture.downloaded' : 'attachment.downloaded',
          target: { type: 'file', id, name: found.name },
        })
      return lying
    }),
  )
}

export type Lying = { file: FileRow; segments: readonly Segment[] | undefined }

/** Where a file lies that may be read: in the segments it came in, or in one. */
export async function lyingOf(tx: TxCtx, file: FileRow): Promise<Lying> {
  refuseUnready(file)
  const upload = await findUpload(tx, file.id)
  return {
    file,
    segments: upload?.state === 'complete' || upload?.state === 'kept' ? await listSegments(tx, file.id) : undefined,
  }
}

/** Opens the stretch that was asked for, or all of it. */
export async function openFile(
  storage: Storage,
  asked: string | undefined,
  { file, segments }: Lying,
): Promise<OpenedFile> {
  const range = rangeIn(asked, file.sizeBytes)
  if (range === 'unsatisfiable') throw new AppError('file.range_invalid', { sizeBytes: file.sizeBytes })
  if (segments) return { file, range, body: streamOf(storage, segments, range ?? { start: 0, end: file.sizeBytes }) }
  return { file, range, body: await storage.get(file.storageKey, range) }
}

/** What was not cleaned yet is read by nobody, and neither is what is not there any more. */
function refuseUnready({ state }: FileRow): void {
  if (state === 'gone') throw new AppError('file.gone')
  if (state === 'refused') throw new AppError('file.scan_refused')
  if (state !== 'stored') throw new AppError('file.not_ready')
}
