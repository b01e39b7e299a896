import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import { authorizeEditor } from '../authorize.ts'
import type { FlowHolder } from '../flow-holder.ts'
import { type FlowRow, leadsTo } from '../model.ts'
import { findVersion, lockFlows, setLive } from '../repository.ts'
import { refuseStale } from '../write-version.ts'

/**
 * Gives people the version that was saved last. Whoever is in an older one goes on with that. Published once more it
 * changes nothing.
 */
export async function publishFlow(
  ctx: Ctx,
  { flowId, version }: { flowId: string; version: number },
  holder: FlowHolder,
): Promise<void> {
  await ctx.transaction(async (tx) => {
    const actor = await authorizeEditor(tx)
    const all = await lockFlows(tx)
    const row = all.find(({ id }) => id === flowId)
    if (!row) throw new AppError('flow.not_found')
    if (row.liveVersion === version && row.version === version) return
    await refuseStale(tx, row, version)
    await refuseDeadEnds(tx, all, { flowId, version })
    await setLive(tx, { flowId, version, publisherName: actor.name })
    const target = { type: 'flow', id: flowId, name: flowId }
    recordAudit(tx, { action: 'flow.published', targets: [target], metadata: { version } })
    tx.emit('flow.published', { flowId, version, agentId: actor.id })
  })
  await holder.reload()
}

type Saved = { flowId: string; version: number }

/** A flow that people get may lead on only to one that they get too. */
async function refuseDeadEnds(tx: TxCtx, all: readonly FlowRow[], { flowId, version }: Saved): Promise<void> {
  const saved = await findVersion(tx, flowId, version)
  const live = new Set(all.filter(({ state }) => state === 'live').map(({ id }) => id))
  const dead = saved && leadsTo(saved.document).find((id) => id !== flowId && !live.has(id))
  if (dead !== undefined) throw new AppError('flow.leads_nowhere', { flow: dead })
}
