import type { ConsoleExport } from '@clew/contract/exports'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import { endExport } from '../end-export.ts'
import { tellRequester } from '../letters.ts'
import { type ExportRow, isWaiting, targetOf } from '../model.ts'
import type { ExportParts } from '../parts.ts'
import { authorizeDecide, authorizeSee } from '../policy.ts'
import { findExport, lockExport, updateExport } from '../repository.ts'
import { requesterOf } from '../requester-of.ts'
import { seenBy } from './list-exports.ts'

type Decision = { id: string; reason?: string | undefined }

/** The second pair of eyes says yes. Of two decisions at once the first one counts. */
export async function approveExport(ctx: Ctx, { id, reason }: Decision, parts: ExportParts): Promise<ConsoleExport> {
  const done = await ctx.transaction(async (tx) => {
    const row = await lockDecided(tx, id)
    const { actor } = tx
    authorizeDecide(actor, row)
    if (!(await requesterOf(tx, row))) {
      await endExport(tx, row, { state: 'cancelled', action: 'export.cancelled', failure: 'requester_gone' })
      return 'requester_gone'
    }
    await noteDecision(tx, row, { state: 'queued', by: actor.id, reason })
    recordAudit(tx, { action: 'export.approved', targets: [targetOf(row)], metadata: { rows: row.expectedRows } })
    tx.emit('export.queued', { organisationId: row.organisationId, exportId: id })
    await tellRequester(tx, { letter: 'approved', row, name: actor.name, reason: reason ?? '' }, parts)
    return seenBy(tx, actor, (await findExport(tx, id)) ?? row)
  })
  // What it led to is kept; only whoever approves hears that it came to nothing.
  if (done === 'requester_gone') throw new AppError('export.requester_gone')
  return done
}

export async function denyExport(ctx: Ctx, { id, reason = '' }: Decision, parts: ExportParts): Promise<ConsoleExport> {
  return ctx.transaction(async (tx) => {
    const row = await lockDecided(tx, id)
    const { actor } = tx
    authorizeDecide(actor, row)
    await noteDecision(tx, row, { state: 'denied', by: actor.id, reason })
    await endExport(tx, row, { state: 'denied', action: 'export.denied' })
    await tellRequester(tx, { letter: 'denied', row, name: actor.name, reason }, parts)
    return seenBy(tx, actor, (await findExport(tx, id)) ?? row)
  })
}

async function lockDecided(tx: TxCtx, id: string): Promise<ExportRow> {
  const row = await lockExport(tx, id)
  authorizeSee(tx.actor, row)
  authorizeDecide(tx.actor, row)
  if (!isWaiting(row, tx.clock.now())) throw new AppError('export.not_waiting')
  return row
}

const noteDecision = (
  tx: TxCtx,
  row: ExportRow,
  { state, by, reason }: { state: 'queued' | 'denied'; by: string; reason: string | undefined },
): Promise<void> =>
  updateExport(tx, row.id, {
    state,
    decided_by: by,
    decided_at: tx.clock.now(),
    decision_reason: reason === undefined || reason === '' ? null : reason,
    starts_at: null,
  })
