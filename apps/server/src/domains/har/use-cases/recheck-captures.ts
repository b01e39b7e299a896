import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import type { Jobs } from '../../../platform/jobs.ts'
import type { Storage } from '../../../platform/storage.ts'
import { type Leftover, removeLeftover, settleFile } from '../../files/index.ts'
import { maxAttempts } from '../model.ts'
import { authorizeAnalyse } from '../policy.ts'
import { listStuck, lockCapture, type Stuck, updateCapture } from '../repository.ts'
import { emitAbout, queueCheck } from './follow-upload.ts'

const patienceMs = 10 * 60_000

/** Checks that ended without a word are begun again, a few times; then the capture says that it could not be checked. */
export async function recheckCaptures(ctx: Ctx, { storage, jobs }: { storage: Storage; jobs: Jobs }): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - patienceMs)
  const stuck = await ctx.transaction((tx) => {
    authorizeAnalyse(tx.actor)
    return listStuck(tx, before)
  })
  for (const each of stuck) {
    const leftover = await ctx.transaction((tx) => tryAgainOrGiveUp(tx, each, jobs))
    if (leftover) await removeLeftover(ctx, storage, leftover)
  }
}

async function tryAgainOrGiveUp(tx: TxCtx, { id, isOld }: Stuck, jobs: Jobs): Promise<Leftover | undefined> {
  const capture = await lockCapture(tx, id)
  if (capture?.state !== 'received' && capture?.state !== 'checking') return undefined
  if (capture.attempts < maxAttempts) {
    // The check of an old one may have come and gone under its first id, which the queue takes once.
    await updateCapture(tx, id, isOld ? { attempts: capture.attempts + 1, totalBytes: capture.sizeBytes } : {})
    await queueCheck(tx, jobs, id)
    return undefined
  }
  await updateCapture(tx, id, { state: 'refused', refusal: 'capture.check_failed' })
  emitAbout(tx, 'capture.progressed', capture)
  // What could not be checked may hold anything, so it is not kept.
  return settleFile(tx, capture.fileId, undefined)
}
