import type { FlowDetail, FlowList, FlowVersionDocument, FlowVersionList } from '@clew/contract/flows'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { authorizeReader } from '../authorize.ts'
import type { FlowCounts } from '../model.ts'
import { canEditFlows } from '../policy.ts'
import { findFlow, findVersion, listLatest, listVersions } from '../repository.ts'
import { flowDetailView, flowSummaryView, flowVersionView } from '../views.ts'

/** How often flows were begun since then, and how many conversations are in one now. */
export type CountFlows = (tx: TxCtx, since: Date) => Promise<FlowCounts>

const countedDays = 30
const daysAgo = (tx: TxCtx): Date => new Date(tx.clock.now().getTime() - countedDays * 86_400_000)

/** Every flow, with how it is used. */
export async function listFlows(ctx: Ctx, count: CountFlows): Promise<FlowList> {
  return ctx.transaction(async (tx) => {
    await authorizeReader(tx)
    const counts = await count(tx, daysAgo(tx))
    const flows = (await listLatest(tx)).map((listed) => flowSummaryView(listed, counts))
    return { flows, mayEdit: canEditFlows(tx.actor) }
  })
}

/** One flow as it was saved last, and what people get of it. */
export async function readFlow(ctx: Ctx, flowId: string, count: CountFlows): Promise<FlowDetail> {
  return ctx.transaction(async (tx) => {
    await authorizeReader(tx)
    const all = await listLatest(tx)
    const listed = all.find(({ row }) => row.id === flowId)
    if (!listed) throw new AppError('flow.not_found')
    const counts = await count(tx, daysAgo(tx))
    return flowDetailView(listed, { all, counts, mayEdit: canEditFlows(tx.actor) })
  })
}

/** Who saved which version when, the newest first. */
export async function readHistory(ctx: Ctx, flowId: string): Promise<FlowVersionList> {
  return ctx.transaction(async (tx) => {
    await authorizeReader(tx)
    if (!(await findFlow(tx, flowId))) throw new AppError('flow.not_found')
    return { versions: (await listVersions(tx, flowId)).map(flowVersionView) }
  })
}

/** What one version says; without a number the last. */
export async function readVersion(
  ctx: Ctx,
  { flowId, version }: { flowId: string; version: number | undefined },
): Promise<FlowVersionDocument> {
  return ctx.transaction(async (tx) => {
    await authorizeReader(tx)
    const row = await findFlow(tx, flowId)
    if (!row) throw new AppError('flow.not_found')
    const found = await findVersion(tx, flowId, version ?? row.version)
    if (!found) throw new AppError('flow.version_not_found')
    return { version: found.version, document: found.document }
  })
}
