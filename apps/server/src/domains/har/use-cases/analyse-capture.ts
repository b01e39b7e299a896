import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { CaptureId } from '@clew/contract/primitives'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Storage } from '../../../platform/storage.ts'
import { findFile, replaceContent, storageKeyOf } from '../../files/index.ts'
import type { CaptureReader, CaptureRow, ReadingOptions } from '../model.ts'
import { authorizeAnalyse } from '../policy.ts'
import { findCapture, storeReading } from '../repository.ts'

export type AnalyseParts = { storage: Storage; reader: CaptureReader; options: ReadingOptions }

/**
 * Cleans a capture once more, reads it, and puts what it says on the conversation. The browser has cleaned it before;
 * what comes from outside is never taken to be clean. Run twice, the second changes nothing.
 */
export async function analyseCapture(ctx: Ctx, captureId: CaptureId, parts: AnalyseParts): Promise<void> {
  const found = await ctx.transaction(async (tx) => {
    authorizeAnalyse(tx.actor)
    const capture = await findCapture(tx, captureId)
    const file = capture?.state === 'received' ? await findFile(tx, capture.fileId) : undefined
    return capture && file && { capture, file }
  })
  if (!found) return
  const { capture, file } = found
  const bytes = await buffer(await parts.storage.get(file.storageKey))
  const reading = await parts.reader.read(bytes, parts.options)
  const clean = reading.state === 'analysed' ? reading.clean : undefined
  // A file that is no HAR cannot be cleaned, so what it holds is not kept.
  const replacement = reading.state === 'refused' ? new Uint8Array([0x7b, 0x7d]) : clean
  if (replacement)
    await storeClean(ctx, capture, { storage: parts.storage, clean: replacement, oldKey: file.storageKey })
  await ctx.transaction(async (tx) => {
    await storeReading(tx, capture.id, { reading, sizeBytes: replacement?.length ?? file.sizeBytes })
    tx.emit('capture.analysed', {
      conversationId: capture.conversationId,
      contactId: capture.contactId,
      captureId: capture.id,
    })
  })
}

/** The cleaned copy takes the place of what was uploaded, which is then deleted. */
async function storeClean(
  ctx: Ctx,
  capture: CaptureRow,
  { storage, clean, oldKey }: { storage: Storage; clean: Uint8Array; oldKey: string },
): Promise<void> {
  const storageKey = storageKeyOf(ctx.ids.next())
  await storage.put(storageKey, Readable.from([Buffer.from(clean)]), clean.length)
  const sha256 = createHash('sha256').update(clean).digest('hex')
  await ctx.transaction((tx) => replaceContent(tx, capture.fileId, { storageKey, sizeBytes: clean.length, sha256 }))
  await storage.remove(oldKey)
}
