import { currentFlowId } from '@clew/flows'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import { authorizeEditor } from '../authorize.ts'
import { insertFlow, insertVersion } from '../repository.ts'
import { checkDocument } from '../write-version.ts'

/** Begins a flow of the team's own. Nobody gets it before it is published. */
export async function createFlow(
  ctx: Ctx,
  { document, note }: { document: unknown; note?: string | undefined },
): Promise<{ flowId: string }> {
  return ctx.transaction(async (tx: TxCtx) => {
    const author = await authorizeEditor(tx)
    const flow = { ...(await checkDocument(tx, document)), version: 1 }
    // Under a former name of another flow nobody would ever find it.
    const isFree = currentFlowId(flow.id) === flow.id && (await insertFlow(tx, flow))
    if (!isFree) throw new AppError('flow.id_taken', { id: flow.id })
    await insertVersion(tx, { document: flow, origin: 'team', author, note })
    const target = { type: 'flow', id: flow.id, name: flow.id }
    recordAudit(tx, { action: 'flow.saved', targets: [target], metadata: { version: 1 } })
    return { flowId: flow.id }
  })
}
