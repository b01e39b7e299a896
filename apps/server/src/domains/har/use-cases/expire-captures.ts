import type { CaptureId } from '@clew/contract/primitives'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import type { Jobs } from '../../../platform/jobs.ts'
import type { Storage } from '../../../platform/storage.ts'
import { type Leftover, removeLeftover, settleFile } from '../../files/index.ts'
import { maxAttempts } from '../model.ts'
import { authorizeAnalyse } from '../policy.ts'
import { listOverdue, listStuck, lockCapture, type Stuck, updateCapture } from '../repository.ts'
import { emitAbout, queueCheck } from './follow-upload.ts'

const dayMs = 86_400_000
const patienceMs = 10 * 60_000

/** Deletes the files of captures that were kept for as long as they may be. What they showed stays in the timeline. */
export async function expireCaptures(
  ctx: Ctx,
  { storage, retentionDays }: { storage: Storage; retentionDays: number },
): Promise<number> {
  const before = new Date(ctx.clock.now().getTime() - retentionDays * dayMs)
  let expired = 0
  for (;;) {
    const overdue = await ctx.transaction((tx) => {
      authorizeAnalyse(tx.actor)
      return listOverdue(tx, before)
    })
    if (overdue.length === 0) return expired
    for (const id of overdue) {
      const leftover = await ctx.transaction((tx) => expire(tx, id))
      if (leftover) await removeLeftover(ctx, storage, leftover)
    }
    expired += overdue.length
  }
}

async function expire(tx: TxCtx, id: CaptureId): Promise<Leftover | undefined> {
  const capture = await lockCapture(tx, id)
  if (!capture || capture.expiredAt) return undefined
  const leftover = await settleFile(tx, capture.fileId, undefined)
  await updateCapture(tx, id, { expiredAt: tx.clock.now() })
  emitAbout(tx, 'capture.expired', capture)
  return leftover
}

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
