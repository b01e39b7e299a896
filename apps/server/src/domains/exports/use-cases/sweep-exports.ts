import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import { listMembersWith } from '../../organisations/index.ts'
import { endExport } from '../end-export.ts'
import { tellApprovers } from '../letters.ts'
import { decideDays, type ExportRow, targetOf } from '../model.ts'
import type { ExportParts } from '../parts.ts'
import { authorizeSystem } from '../policy.ts'
import { listDue, lockExport, updateExport } from '../repository.ts'

/** Ends what has lain long enough, gives up what nobody decided, and begins what only waited for its time. */
export async function sweepExports(ctx: Ctx, parts: Pick<ExportParts, 'baseUrl'>): Promise<void> {
  authorizeSystem(ctx.actor)
  const due = await ctx.transaction(listDue)
  for (const { id } of due)
    await ctx.transaction(async (tx) => {
      const row = await lockExport(tx, id)
      if (row) await settle(tx, row, parts)
    })
}

async function settle(tx: TxCtx, row: ExportRow, parts: Pick<ExportParts, 'baseUrl'>): Promise<void> {
  const now = tx.clock.now()
  const isPast = (at: Date | undefined): boolean => at !== undefined && at <= now
  if (row.state === 'ready' || row.state === 'fetched') {
    if (isPast(row.expiresAt)) await endExport(tx, row, { state: 'expired', action: 'export.expired' })
    return
  }
  if (row.state !== 'waiting') return
  if (isPast(row.decideBy))
    await endExport(tx, row, { state: 'expired', action: 'export.expired', failure: 'not_decided' })
  else if (isPast(row.startsAt)) await beginAlone(tx, row, parts)
}

/** By now somebody may be there who can look at it. */
async function beginAlone(tx: TxCtx, row: ExportRow, parts: Pick<ExportParts, 'baseUrl'>): Promise<void> {
  const { id, organisationId } = row
  const approvers = await listMembersWith(tx, organisationId, 'exports.approve')
  if (approvers.some((each) => each.id !== row.requestedBy)) {
    const decideBy = new Date(tx.clock.now().getTime() + decideDays * 86_400_000)
    await updateExport(tx, id, { approval: 'needed', starts_at: null, decide_by: decideBy })
    return tellApprovers(tx, { ...row, decideBy }, parts)
  }
  await updateExport(tx, id, { state: 'queued', starts_at: null })
  recordAudit(tx, {
    organisationId,
    action: 'export.approved',
    targets: [targetOf(row)],
    metadata: { rows: row.expectedRows },
    reason: 'nobody_else',
  })
  tx.emit('export.queued', { organisationId, exportId: id })
}
