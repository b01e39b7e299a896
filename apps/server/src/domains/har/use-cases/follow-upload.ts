import type { CaptureId, FileId } from '@clew/contract/primitives'
import type { TxCtx } from '../../../platform/ctx.ts'
import type { Jobs } from '../../../platform/jobs.ts'
import { type CaptureRow, isLarge } from '../model.ts'
import { authorizeAnalyse } from '../policy.ts'
import { findCaptureOfFile, lockCapture, updateCapture } from '../repository.ts'

/** The capture hears how far its upload is. An upload that was not attached yet concerns nobody. */
export async function noteUploadProgress(tx: TxCtx, fileId: FileId, receivedBytes: number): Promise<void> {
  const capture = await uploadingCaptureOf(tx, fileId)
  if (!capture) return
  await updateCapture(tx, capture.id, { doneBytes: receivedBytes })
  emitAbout(tx, 'capture.progressed', capture)
}

/** All of it is there: the check may begin. */
export async function noteUploadComplete(tx: TxCtx, fileId: FileId): Promise<void> {
  const capture = await uploadingCaptureOf(tx, fileId)
  if (!capture) return
  await updateCapture(tx, capture.id, { state: 'received', doneBytes: 0 })
  emitAbout(tx, 'capture.received', capture)
}

/** It will never be there. The timeline says why. */
export async function noteUploadEnd(tx: TxCtx, fileId: FileId, reason: 'cancelled' | 'expired'): Promise<void> {
  const capture = await uploadingCaptureOf(tx, fileId)
  if (!capture) return
  await updateCapture(tx, capture.id, { state: 'refused', refusal: `upload.${reason}` })
  emitAbout(tx, 'capture.progressed', capture)
}

/** Puts the check of a capture that is there into the queue. */
export async function queueCheck(tx: TxCtx, jobs: Jobs, captureId: CaptureId): Promise<void> {
  authorizeAnalyse(tx.actor)
  const capture = await lockCapture(tx, captureId)
  if (capture?.state !== 'received' && capture?.state !== 'checking') return
  const name = isLarge(capture.sizeBytes) ? 'har.analyse_large_capture' : 'har.analyse_capture'
  // The first has the id of the capture, so that an event that is read twice is one check.
  await jobs.send(tx, { name, input: { captureId }, ...(capture.attempts === 0 ? { id: captureId } : {}) })
}

async function uploadingCaptureOf(tx: TxCtx, fileId: FileId): Promise<CaptureRow | undefined> {
  authorizeAnalyse(tx.actor)
  const found = await findCaptureOfFile(tx, fileId)
  const capture = found && (await lockCapture(tx, found.id))
  return capture?.state === 'uploading' ? capture : undefined
}

type AboutCapture = 'capture.received' | 'capture.progressed' | 'capture.analysed' | 'capture.expired'

export function emitAbout(tx: TxCtx, name: AboutCapture, capture: CaptureRow): void {
  const { conversationId, contactId, id: captureId } = capture
  tx.emit(name, { conversationId, contactId, captureId })
}
