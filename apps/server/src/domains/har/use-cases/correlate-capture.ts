import type { CaptureId, ConversationId } from '@clew/contract/primitives'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import type { Jobs } from '../../../platform/jobs.ts'
import type { Storage } from '../../../platform/storage.ts'
import { heldBytes } from '../../files/index.ts'
import type { CaptureReader, CaptureRow, ReadingOptions } from '../model.ts'
import { authorizeAnalyse } from '../policy.ts'
import { findCapture, listCaptures, lockCapture, replaceFindings, updateCapture } from '../repository.ts'
import { emitAbout } from './follow-upload.ts'

type CorrelateParts = { storage: Storage; reader: CaptureReader; options: () => ReadingOptions }

/** The case says when it happened: what a capture shows near that time comes first. */
export async function noteReportedTime(
  tx: TxCtx,
  conversationId: ConversationId,
  { reportedAt, jobs }: { reportedAt: Date; jobs: Jobs },
): Promise<void> {
  authorizeAnalyse(tx.actor)
  for (const { id } of await listCaptures(tx, conversationId)) {
    const capture = await lockCapture(tx, id)
    if (!capture || capture.state === 'refused' || capture.reportedAt?.getTime() === reportedAt.getTime()) continue
    await updateCapture(tx, id, { reportedAt })
    // One that is still on its way is read with the time when its turn comes.
    if (capture.state === 'analysed') await queueCorrelation(tx, jobs, id)
  }
}

export const queueCorrelation = (tx: TxCtx, jobs: Jobs, captureId: CaptureId): Promise<void> =>
  jobs.send(tx, { name: 'har.correlate_capture', input: { captureId } })

/** Reads a clean capture once more, now that more is known. The list of its entries stays as it is. */
export async function correlateCapture(ctx: Ctx, captureId: CaptureId, parts: CorrelateParts): Promise<void> {
  const capture = await ctx.transaction((tx) => {
    authorizeAnalyse(tx.actor)
    return findCapture(tx, captureId)
  })
  if (capture?.state !== 'analysed' || capture.expiredAt) return
  const source = await heldBytes(ctx, parts.storage, capture.fileId)
  if (!source) return
  const options = { ...readingOptions(parts.options(), capture), isClean: true }
  const reading = parts.reader.read(source, options, () => undefined)
  for await (const _nothing of reading.clean) {
    // It was written before; only what it tells is of interest.
  }
  const result = await reading.result
  if (result.state !== 'analysed') return
  await ctx.transaction(async (tx) => {
    await replaceFindings(tx, captureId, result)
    emitAbout(tx, 'capture.progressed', capture)
  })
}

export const readingOptions = (options: ReadingOptions, { reportedAt }: CaptureRow): ReadingOptions =>
  reportedAt === undefined ? options : { ...options, reportedAt: reportedAt.toISOString() }
