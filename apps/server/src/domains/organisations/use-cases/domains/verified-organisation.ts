import type { OrganisationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../../../platform/ctx.ts'
import { nameAndParents } from '../../domain-names.ts'
import { covers, type DomainRow, domainOfEmail } from '../../model.domains.ts'
import { listCounting } from '../../repository.domains.ts'

/**
 * The organisation that has proved the domain of an address: by the domain itself, or else by the nearest one above that
 * covers what is below it. In the scope of the system it may be anybody's; in an organisation's own, only its own is
 * found.
 */
export async function verifiedOrganisationOf(
  tx: TxCtx,
  email: string,
): Promise<{ organisationId: OrganisationId; domain: DomainRow } | undefined> {
  const name = domainOfEmail(email)
  if (name === '') return undefined
  const domain = await holderOf(tx, name)
  return domain && { organisationId: domain.organisationId, domain }
}

/** The domain that counts for the addresses at a name. */
export async function holderOf(tx: TxCtx, name: string): Promise<DomainRow | undefined> {
  const counting = await listCounting(tx, nameAndParents(name))
  return counting
    .filter((each) => covers(each, name))
    .sort((a, b) => b.name.length - a.name.length)
    .at(0)
}
