import type { OrganisationId } from '@clew/contract/primitives'
import type { RetentionClass } from '@clew/contract/retention'
import type { TxCtx } from '../../platform/ctx.ts'
import { ownerOf } from './hold-terms.ts'
import { policyNow } from './model.ts'
import { listChanges } from './repository.policies.ts'

/** A word that was said of how long a kind is kept: the organisation's own, or the support team's. */
export type SaidKeeping = { keepDays: number; of: 'own' | 'team' }

/** What somebody has said of a kind; undefined where the product's own word holds, or it is kept for ever. Asked by the system. */
export async function saidKeeping(
  tx: TxCtx,
  organisationId: OrganisationId,
  kind: RetentionClass,
): Promise<SaidKeeping | undefined> {
  const { team } = await ownerOf(tx, organisationId)
  const changes = await listChanges(tx, [...new Set([organisationId, team])], kind)
  const by = (id: OrganisationId) => changes.filter((each) => each.organisationId === id)
  const sources = { own: by(organisationId), team: organisationId === team ? [] : by(team), builtIn: null }
  const { of, keepDays } = policyNow(sources, tx.clock.now())
  return of === 'built_in' || keepDays === null ? undefined : { keepDays, of }
}
