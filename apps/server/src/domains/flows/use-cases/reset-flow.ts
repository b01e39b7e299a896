import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { authorizeEditor } from '../authorize.ts'
import { lockFlow } from '../repository.ts'
import { checkDocument, refuseStale, writeVersion } from '../write-version.ts'

/** Saves a flow as it ships, as a new version. From then on it follows newer versions of the product again. */
export async function resetFlow(ctx: Ctx, { flowId, basedOn }: { flowId: string; basedOn: number }): Promise<void> {
  await ctx.transaction(async (tx) => {
    const author = await authorizeEditor(tx)
    const row = await lockFlow(tx, flowId)
    if (!row) throw new AppError('flow.not_found')
    if (!row.starter) throw new AppError('flow.not_a_starter')
    await refuseStale(tx, row, basedOn)
    const document = await checkDocument(tx, row.starter)
    await writeVersion(tx, row, { document, author })
  })
}
