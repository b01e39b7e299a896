import type { OrganisationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../../platform/ctx.ts'
import { isActive, type MemberRow } from '../model.ts'
import { authorizeSystem } from '../policy.members.ts'
import { findSupportTeam } from '../repository.settings.ts'
import { listMembersByEmail } from '../repository.ts'
import { verifiedOrganisationOf } from './domains/verified-organisation.ts'

/**
 * The customer's organisation that somebody with a proved address is of: where they are a member, or else whose domain
 * it is. Of several memberships that one counts which `named` says, by its slug or id; without it there is no telling, and
 * nothing is guessed. It leads to none that they are not a member of.
 */
export async function organisationOfAddress(
  tx: TxCtx,
  { address, named }: { address: string; named?: string | undefined },
): Promise<OrganisationId | undefined> {
  authorizeSystem(tx.actor)
  const members = (await listMembersByEmail(tx, address)).filter(
    (each) => each.organisation.kind === 'customer' && isActive(each, tx.clock.now()),
  )
  if (members.length > 1)
    return only(members.filter((each) => named === each.organisation.slug || named === each.organisationId))
  if (members[0]) return members[0].organisationId
  const holder = (await verifiedOrganisationOf(tx, address))?.organisationId
  return holder === (await findSupportTeam(tx)) ? undefined : holder
}

const only = ([first, second]: readonly MemberRow[]): OrganisationId | undefined =>
  second === undefined ? first?.organisationId : undefined
