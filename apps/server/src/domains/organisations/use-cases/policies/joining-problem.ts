import type { OrganisationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../../../platform/ctx.ts'
import { countsAsOwn, covers, domainOfEmail } from '../../model.domains.ts'
import { listDomains } from '../../repository.domains.ts'
import { securityPolicy } from './security-policy.ts'

/** Why an address may not be brought into an organisation, if it may not: its domain is not one of the verified ones. */
export async function joiningProblem(
  tx: TxCtx,
  { organisationId, email }: { organisationId: OrganisationId; email: string },
): Promise<'policy.foreign_domain' | undefined> {
  const { foreignDomains } = await securityPolicy(tx, organisationId, 'joining')
  if (foreignDomains === 'allowed') return undefined
  const name = domainOfEmail(email)
  const own = (await listDomains(tx, organisationId)).filter(({ state }) => countsAsOwn(state))
  return own.some((each) => covers(each, name)) ? undefined : 'policy.foreign_domain'
}

/** Whether somebody with this proved address joins by themselves: the domain is ticked so, and the rule lets it. */
export async function joinsByItself(
  tx: TxCtx,
  { organisationId, email }: { organisationId: OrganisationId; email: string },
): Promise<boolean> {
  const { autoJoin } = await securityPolicy(tx, organisationId, 'joining')
  if (!autoJoin) return false
  const name = domainOfEmail(email)
  const own = (await listDomains(tx, organisationId)).filter(({ state }) => countsAsOwn(state))
  return own.some((each) => each.joinsByItself && covers(each, name))
}
