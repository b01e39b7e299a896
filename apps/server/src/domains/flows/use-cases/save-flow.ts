import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { authorizeEditor } from '../authorize.ts'
import { lockFlow } from '../repository.ts'
import { checkDocument, refuseStale, writeVersion } from '../write-version.ts'

export type SaveInput = { flowId: string; basedOn: number; document: unknown; note?: string | undefined }

/** Saves a new version, which nobody gets before it is published. The same once more changes nothing. */
export async function saveFlow(ctx: Ctx, { flowId, basedOn, document, note }: SaveInput): Promise<void> {
  await ctx.transaction(async (tx) => {
    const author = await authorizeEditor(tx)
    const row = await lockFlow(tx, flowId)
    if (!row) throw new AppError('flow.not_found')
    const flow = await checkDocument(tx, document)
    // Runs, buttons and articles know a flow by its id.
    if (flow.id !== flowId) throw new AppError('input.invalid', { field: 'document.id' })
    await refuseStale(tx, row, basedOn)
    await writeVersion(tx, row, { document: flow, author, note })
  })
}
