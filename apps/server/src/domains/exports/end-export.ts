import type { AuditAction } from '@clew/contract/audit-actions'
import type { ExportFailure } from '@clew/contract/exports'
import type { TxCtx } from '../../platform/ctx.ts'
import { recordAudit } from '../audit/index.ts'
import { type ExportRow, targetOf } from './model.ts'
import { updateExport } from './repository.ts'

type Ending = {
  state: 'expired' | 'failed' | 'denied' | 'cancelled'
  action: Extract<AuditAction, `export.${string}`>
  failure?: ExportFailure
  /** Only says why in the log; a failure does so by itself. */
  why?: string
}

/** Nothing of it is kept from now on: a job takes its bytes away. */
export async function endExport(tx: TxCtx, row: ExportRow, { state, action, failure, why }: Ending): Promise<void> {
  await updateExport(tx, row.id, { state, failure: failure ?? null, ended_at: tx.clock.now(), secret: null })
  const reason = failure ?? why
  recordAudit(tx, {
    organisationId: row.organisationId,
    action,
    targets: [targetOf(row)],
    metadata: { fetches: row.fetches, was: row.state },
    ...(state === 'failed' ? { outcome: 'failure' as const } : {}),
    ...(reason === undefined ? {} : { reason }),
  })
  tx.emit('export.ended', { organisationId: row.organisationId, exportId: row.id })
}
