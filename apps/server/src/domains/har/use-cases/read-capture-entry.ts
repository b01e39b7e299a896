import { buffer } from 'node:stream/consumers'
import type { CaptureEntryDetail } from '@clew/contract/capture-entries'
import type { CaptureId } from '@clew/contract/primitives'
import { readWholeEntry } from '@clew/har/waterfall/read-whole-entry'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Storage } from '../../../platform/storage.ts'
import { recordRead } from '../../audit/index.ts'
import { findFile } from '../../files/index.ts'
import { entryDetailView } from '../entry-view.ts'
import { authorizeReadCapture } from '../policy.ts'
import { findCapture, findEntry } from '../repository.ts'

/** One entry with its headers, cookies and bodies, read from its own place in the cleaned file. */
export async function readCaptureEntry(
  ctx: Ctx,
  { captureId, index }: { captureId: CaptureId; index: number },
  storage: Storage,
): Promise<CaptureEntryDetail> {
  const { key, span } = await ctx.transaction(async (tx) => {
    const capture = await findCapture(tx, captureId)
    if (!capture) throw new AppError('capture.not_found')
    authorizeReadCapture(tx.actor, capture)
    if (capture.state !== 'analysed') throw new AppError('capture.pending')
    const entry = await findEntry(tx, captureId, index)
    const file = entry?.span && (await findFile(tx, capture.fileId))
    if (!entry?.span || !file) throw new AppError('capture.not_found')
    if (file.state !== 'stored') throw new AppError('capture.expired')
    await recordRead(tx, { action: 'capture.read', target: { type: 'capture', id: captureId } })
    return { key: file.storageKey, span: entry.span }
  })
  const bytes = await buffer(await storage.get(key, span))
  const read = readWholeEntry(bytes, index)
  if (!read) throw new AppError('capture.not_found')
  return entryDetailView(read.entry, read.details)
}
