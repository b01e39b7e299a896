import type { TxCtx } from '../../platform/ctx.ts'
import { type AuditEntry, recordAudit } from '../audit/index.ts'

/** What somebody of the team says of the service. What the product sets up at its start is nobody's doing. */
export function recordByTeam(tx: TxCtx, entry: AuditEntry): void {
  if (tx.actor.type === 'agent') recordAudit(tx, entry)
}

export const incidentTarget = (id: string, titles: { en?: string | undefined; el?: string | undefined }) => ({
  type: 'incident',
  id,
  name: titles.en ?? titles.el ?? '',
})

export const componentTarget = (id: string, name: string) => ({ type: 'component', id, name })
