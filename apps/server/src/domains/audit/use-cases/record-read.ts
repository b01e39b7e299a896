import type { TxCtx } from '../../../platform/ctx.ts'
import type { AuditEntry, AuditTarget } from '../model.entry.ts'
import { authorizeRecordRead } from '../policy.ts'
import { recordAudit } from '../record.ts'
import { wasRecorded } from '../repository.ending.ts'

/** A film is read in a hundred pieces, and a page is opened again. */
const sameReadMs = 10 * 60_000

/** Says that somebody read something sensitive; the same person and the same thing once in ten minutes. */
export async function recordRead(
  tx: TxCtx,
  entry: Pick<AuditEntry, 'action' | 'metadata' | 'organisationId'> & { target: AuditTarget },
): Promise<void> {
  const { actor } = tx
  if (!authorizeRecordRead(actor)) return
  const { target, ...rest } = entry
  const organisationId = entry.organisationId ?? actor.organisationId
  const since = new Date(tx.clock.now().getTime() - sameReadMs)
  const read = { action: entry.action, actorId: actor.id, targetId: target.id, since }
  if (!(await wasRecorded(tx, organisationId, read))) recordAudit(tx, { ...rest, targets: [target], organisationId })
}
