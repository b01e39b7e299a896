import type { Flow } from '@clew/flows'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { saysTheSame } from '../model.ts'
import { authorizeProduct } from '../policy.ts'
import { findVersion, insertFlow, insertVersion, lockFlow, setLive, setStarter } from '../repository.ts'

/**
 * Puts the flows that come with the product in place, and what a newer version of it changed. What the team has edited
 * stays as they left it, and what they took out of use stays out. Run again it changes nothing.
 */
export async function loadStarterFlows(ctx: Ctx, starters: readonly Flow[]): Promise<{ changed: number }> {
  return ctx.transaction(async (tx) => {
    authorizeProduct(tx.actor)
    // The first step of each goes out in one write, then the second; all are done in this order, so that processes that start
    // at once wait for one another and not in a circle.
    const placed = await Promise.all(starters.map((starter) => placeStarter(tx, starter)))
    return { changed: placed.filter(Boolean).length }
  })
}

async function placeStarter(tx: TxCtx, starter: Flow): Promise<boolean> {
  if (await insertFlow(tx, starter, starter)) {
    await bringIn(tx, starter)
    await goLive(tx, starter)
    return true
  }
  const row = await lockFlow(tx, starter.id)
  if (!row || (row.starter && saysTheSame(row.starter, starter))) return false
  await setStarter(tx, starter)
  const latest = await findVersion(tx, row.id, row.version)
  if (latest?.origin !== 'starter') return false
  const next = { ...starter, version: Math.max(row.version + 1, starter.version) }
  await bringIn(tx, next)
  if (row.state === 'live') await goLive(tx, next)
  return true
}

const bringIn = (tx: TxCtx, document: Flow): Promise<void> => insertVersion(tx, { document, origin: 'starter' })

async function goLive(tx: TxCtx, { id, version }: Flow): Promise<void> {
  await setLive(tx, { flowId: id, version, publisherName: undefined })
  tx.emit('flow.published', { flowId: id, version })
}
