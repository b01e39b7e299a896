import type { OrganisationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../../platform/ctx.ts'
import { isActive } from '../model.ts'
import { authorizeSystem } from '../policy.members.ts'
import { findSupportTeam } from '../repository.settings.ts'
import { listMembersByEmail } from '../repository.ts'
import { verifiedOrganisationOf } from './domains/verified-organisation.ts'

/**
 * The customer's organisation that somebody with a proved address is of: where they are a member, or else whose domain
 * it is. With several memberships there is no telling, and nothing is guessed.
 */
export async function organisationOfAddress(tx: TxCtx, address: string): Promise<OrganisationId | undefined> {
  authorizeSystem(tx.actor)
  const members = (await listMembersByEmail(tx, address)).filter(
    (each) => each.organisation.kind === 'customer' && isActive(each, tx.clock.now()),
  )
  if (members.length > 1) return undefined
  if (members[0]) return members[0].organisationId
  const holder = (await verifiedOrganisationOf(tx, address))?.organisationId
  return holder === (await findSupportTeam(tx)) ? undefined : holder
}
