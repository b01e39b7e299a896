import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { CaptureId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import { monotonicMs } from '../../../platform/clock.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import type { Jobs } from '../../../platform/jobs.ts'
import { storageKeyOf } from '../../../platform/storage/key.ts'
import type { Storage } from '../../../platform/storage.ts'
import { type HeldBytes, heldBytes, removeLeftover, settleFile } from '../../files/index.ts'
import { sanitisingOf } from '../cleaning-rule.ts'
import type { CaptureReader, CaptureReading, CaptureRow, ReadingOptions } from '../model.ts'
import { authorizeAnalyse } from '../policy.ts'
import { lockCapture, storeReading, updateCapture } from '../repository.ts'
import { nameOfUnpacked } from '../unpacked.ts'
import { queueCorrelation, readingOptions } from './correlate-capture.ts'
import { emitAbout } from './follow-upload.ts'

export type AnalyseParts = { storage: Storage; reader: CaptureReader; options: () => ReadingOptions; jobs: Jobs }

type Cleaned = { reading: CaptureReading; content: { storageKey: string; sizeBytes: number; sha256: string } }

const tellEveryMs = 2000

/**
 * Cleans a capture once more, reads it, and puts what it says on the conversation. The browser has cleaned it before;
 * what comes from outside is never taken to be clean: readable is only what was written here. The original is deleted.
 * Run twice, the second changes nothing.
 */
export async function analyseCapture(ctx: Ctx, captureId: CaptureId, parts: AnalyseParts): Promise<void> {
  const begun = await ctx.transaction((tx) => begin(tx, captureId, parts))
  if (!begun) return
  const { capture, options } = begun
  const source = await heldBytes(ctx, parts.storage, capture.fileId)
  if (!source) throw new AppError('file.gone')
  const { reading, content } = await clean(ctx, { capture, source, parts, options })

  const isKept = reading.state === 'analysed'
  const leftover = await ctx.transaction(async (tx) => {
    const now = await lockCapture(tx, captureId)
    if (now?.state !== 'checking') return undefined
    // A file that is no HAR cannot be cleaned, so what it holds is not kept.
    const name = isKept && reading.isUnpacked ? nameOfUnpacked(capture.name) : capture.name
    const replaced = await settleFile(tx, capture.fileId, isKept ? { ...content, name } : undefined)
    await storeReading(tx, captureId, { reading, name, sizeBytes: isKept ? content.sizeBytes : capture.sizeBytes })
    emitAbout(tx, 'capture.analysed', capture)
    // The case has learnt meanwhile when it happened.
    if (isKept && now.reportedAt?.getTime() !== capture.reportedAt?.getTime())
      await queueCorrelation(tx, parts.jobs, captureId)
    return replaced
  })
  if (!isKept || !leftover) await parts.storage.remove(content.storageKey)
  if (leftover) await removeLeftover(ctx, parts.storage, leftover)
}

type Begun = { capture: CaptureRow; options: ReadingOptions }

async function begin(tx: TxCtx, captureId: CaptureId, parts: AnalyseParts): Promise<Begun | undefined> {
  authorizeAnalyse(tx.actor)
  const capture = await lockCapture(tx, captureId)
  if (capture?.state !== 'received' && capture?.state !== 'checking') return undefined
  await updateCapture(tx, captureId, {
    state: 'checking',
    attempts: capture.attempts + 1,
    doneBytes: 0,
    totalBytes: capture.sizeBytes,
  })
  emitAbout(tx, 'capture.progressed', capture)
  const options = readingOptions(parts.options(), capture)
  const sanitising = await sanitisingOf(tx, capture.contactId, options.sanitising)
  return { capture, options: { ...options, sanitising } }
}

type Work = Begun & { source: HeldBytes; parts: AnalyseParts }

/** From store to store, piece by piece. */
async function clean(ctx: Ctx, { capture, source, parts, options }: Work): Promise<Cleaned> {
  const storageKey = storageKeyOf(ctx.ids.next())
  const reading = parts.reader.read(source, options, teller(ctx, capture))
  const hash = createHash('sha256')
  let sizeBytes = 0
  async function* measured(): AsyncGenerator<Uint8Array> {
    for await (const chunk of reading.clean) {
      hash.update(chunk)
      sizeBytes += chunk.length
      yield chunk
    }
  }
  try {
    await parts.storage.put(storageKey, Readable.from(measured(), { objectMode: false }))
    const result = await reading.result
    return { reading: result, content: { storageKey, sizeBytes, sha256: hash.digest('hex') } }
  } catch (error) {
    reading.stop()
    await parts.storage.remove(storageKey)
    throw error
  }
}

/** Tells how far the check is, every two seconds. A telling that fails is not worth the check. */
function teller(ctx: Ctx, capture: CaptureRow): (doneBytes: number) => void {
  let toldAt = monotonicMs()
  return (doneBytes) => {
    if (monotonicMs() - toldAt < tellEveryMs) return
    toldAt = monotonicMs()
    ctx
      .transaction(async (tx) => {
        await updateCapture(tx, capture.id, { doneBytes })
        emitAbout(tx, 'capture.progressed', capture)
      })
      .catch(() => undefined)
  }
}
