import type { ConsoleExport } from '@clew/contract/exports'
import type { MemberId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import { endExport } from '../end-export.ts'
import { isOpen, targetOf } from '../model.ts'
import type { ExportParts } from '../parts.ts'
import { authorizeFetch, authorizeLook, authorizeSee, authorizeSystem } from '../policy.ts'
import { findExport, listUnendedOf, lockExport, updateExport } from '../repository.ts'
import { newSecret, sealSecret } from '../secret.ts'
import { seenBy } from './list-exports.ts'

/** Stops an export, or deletes its archive before its time. Whoever asked may, and whoever approves. */
export async function cancelExport(ctx: Ctx, id: string): Promise<ConsoleExport> {
  return ctx.transaction(async (tx) => {
    authorizeLook(tx.actor)
    const row = await lockExport(tx, id)
    authorizeSee(tx.actor, row)
    if (!isOpen(row) && row.state !== 'ready' && row.state !== 'fetched') throw new AppError('export.not_open')
    await endExport(tx, row, { state: 'cancelled', action: 'export.cancelled' })
    return seenBy(tx, tx.actor, (await findExport(tx, id)) ?? row)
  })
}

/** Begins anew what could not be built, with another password. It was approved already. */
export async function retryExport(ctx: Ctx, id: string, parts: ExportParts): Promise<ConsoleExport> {
  return ctx.transaction(async (tx) => {
    const row = await lockExport(tx, id)
    authorizeSee(tx.actor, row)
    authorizeFetch(tx.actor, row)
    if (row.state !== 'failed' || row.failure !== 'not_built') throw new AppError('export.not_failed')
    await updateExport(tx, id, {
      state: 'queued',
      runs: row.runs + 1,
      attempts: 0,
      place: null,
      done_rows: 0,
      failure: null,
      ended_at: null,
      storage_key: null,
      secret: sealSecret(parts.seal, id, newSecret()),
    })
    recordAudit(tx, { action: 'export.retried', targets: [targetOf(row)] })
    tx.emit('export.queued', { organisationId: row.organisationId, exportId: id })
    return seenBy(tx, tx.actor, (await findExport(tx, id)) ?? row)
  })
}

/** Whoever has left has no use for what they asked for. */
export async function endExportsOf(tx: TxCtx, memberId: MemberId): Promise<void> {
  authorizeSystem(tx.actor)
  for (const row of await listUnendedOf(tx, memberId))
    await endExport(tx, row, { state: 'cancelled', action: 'export.cancelled', failure: 'requester_gone' })
}
