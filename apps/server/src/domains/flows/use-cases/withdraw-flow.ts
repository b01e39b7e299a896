import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import { authorizeEditor } from '../authorize.ts'
import type { FlowHolder } from '../flow-holder.ts'
import { cameFrom } from '../model.ts'
import { listLatest, lockFlows, setWithdrawn } from '../repository.ts'

/** Nobody begins this flow any more; whoever is in it goes on. Not while another flow leads here. */
export async function unpublishFlow(ctx: Ctx, flowId: string, holder: FlowHolder): Promise<void> {
  await withdraw(ctx, { flowId, state: 'draft' }, holder)
}

/** Stops a flow that does harm: nobody begins it, and whoever is in it or is led to it goes to a person. */
export async function disableFlow(ctx: Ctx, flowId: string, holder: FlowHolder): Promise<void> {
  await withdraw(ctx, { flowId, state: 'disabled' }, holder)
}

async function withdraw(
  ctx: Ctx,
  { flowId, state }: { flowId: string; state: 'draft' | 'disabled' },
  holder: FlowHolder,
): Promise<void> {
  await ctx.transaction(async (tx) => {
    const actor = await authorizeEditor(tx)
    const row = (await lockFlows(tx)).find(({ id }) => id === flowId)
    if (!row) throw new AppError('flow.not_found')
    if (row.state === state) return
    const needed = state === 'draft' ? cameFrom(flowId, await listLatest(tx)) : []
    if (needed.length > 0)
      throw new AppError('flow.needed', { flows: needed.map(({ title }) => title[tx.locale]).join(', ') })
    await setWithdrawn(tx, flowId, state)
    const target = { type: 'flow', id: flowId, name: flowId }
    recordAudit(tx, { action: 'flow.withdrawn', targets: [target], metadata: { state } })
    tx.emit('flow.withdrawn', { flowId, state, agentId: actor.id })
  })
  await holder.reload()
}
