import { type Ctx, refuseOther } from '../../../platform/ctx.ts'
import type { ExportRow } from '../model.ts'
import type { ExportParts } from '../parts.ts'
import { authorizeSystem } from '../policy.ts'
import { deletePieces, listPieces } from '../repository.pieces.ts'
import { findExport, lockExport, updateExport } from '../repository.ts'

/** What is left over of an export: the pieces once the archive is there, and all of it once it has ended. */
export async function cleanExport(
  ctx: Ctx,
  exportId: string,
  { storage }: Pick<ExportParts, 'storage'>,
): Promise<void> {
  authorizeSystem(ctx.actor)
  const left = await ctx.transaction(async (tx) => {
    const row = await findExport(tx, exportId)
    refuseOther(tx, row?.organisationId)
    if (row === undefined || !hasLeftovers(row)) return undefined
    const archive = row.endedAt && row.storageKey ? [row.storageKey] : []
    return {
      runs: row.runs,
      keys: [...archive, ...(await listPieces(tx, exportId)).map(({ storageKey }) => storageKey)],
    }
  })
  if (left === undefined) return
  for (const key of left.keys) await storage.remove(key)
  await ctx.transaction(async (tx) => {
    const row = await lockExport(tx, exportId)
    // Somebody may have begun it anew meanwhile.
    if (row === undefined || !hasLeftovers(row) || row.runs !== left.runs) return
    await deletePieces(tx, exportId)
    if (row.endedAt) await updateExport(tx, exportId, { storage_key: null })
  })
}

const hasLeftovers = ({ state, endedAt }: ExportRow): boolean =>
  endedAt !== undefined || state === 'ready' || state === 'fetched'
