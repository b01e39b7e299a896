import { fold } from '@clew/text'
import type { TxCtx } from '../../../platform/ctx.ts'
import { authorizeSystem } from '../policy.ts'
import { recordAudit } from '../record.ts'
import { type Erasable, erasePersonal } from '../repository.ending.ts'

/**
 * Erases what the log says of a person beside the chain: names, addresses, where requests came from. The events stay,
 * with ids that lead to nobody any more. Without an organisation, in every log. Answers how many pieces went.
 */
export async function eraseAuditPerson(tx: TxCtx, who: Erasable): Promise<number> {
  authorizeSystem(tx.actor)
  const erased = await erasePersonal(tx, { ...who, addresses: who.addresses.map(fold) })
  for (const [organisationId, count] of erased)
    recordAudit(tx, { action: 'audit.person_erased', metadata: { pieces: count }, organisationId })
  return [...erased.values()].reduce((sum, count) => sum + count, 0)
}
