import type { TxCtx } from '../../platform/ctx.ts'
import { type AuditEntry, recordAudit } from '../audit/index.ts'
import type { MemberRow } from '../organisations/index.ts'

type Somebody = Pick<MemberRow, 'id' | 'name' | 'organisationId'>

/** What somebody did about their own way in. The transaction is the system's; the log says who it was. */
export function recordOwn(tx: TxCtx, member: Somebody, entry: AuditEntry): void {
  const { id, name, organisationId } = member
  recordAudit(tx, {
    actor: { type: 'member', id, name },
    targets: [{ type: 'member', id, name }],
    organisationId,
    ...entry,
  })
}
