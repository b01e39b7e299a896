import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { authorizeEditor } from '../authorize.ts'
import { findVersion, lockFlow } from '../repository.ts'
import { checkDocument, refuseStale, writeVersion } from '../write-version.ts'

/** Saves an older version once more, as the newest. What was saved in between stays in the history. */
export async function restoreVersion(
  ctx: Ctx,
  { flowId, version, basedOn }: { flowId: string; version: number; basedOn: number },
): Promise<void> {
  await ctx.transaction(async (tx) => {
    const author = await authorizeEditor(tx)
    const row = await lockFlow(tx, flowId)
    if (!row) throw new AppError('flow.not_found')
    await refuseStale(tx, row, basedOn)
    const older = await findVersion(tx, flowId, version)
    if (!older) throw new AppError('flow.version_not_found')
    // What it leads on to may be gone by now.
    const document = await checkDocument(tx, older.document)
    await writeVersion(tx, row, { document, author, restoredFrom: version })
  })
}
