import type { OrganisationId } from '@clew/contract/primitives'
import type { PolicyName, PolicyValue } from '@clew/contract/security-policies'
import type { TxCtx } from '../../../../platform/ctx.ts'
import { policyOf } from '../../model.policies.ts'
import { findPolicyValue } from '../../repository.policies.ts'

/** What an organisation demands by one rule, defaults included. Of nobody's organisation the defaults hold. */
export async function securityPolicy<N extends PolicyName>(
  tx: TxCtx,
  organisationId: OrganisationId | undefined,
  name: N,
): Promise<PolicyValue<N>> {
  return policyOf(name, organisationId && (await findPolicyValue(tx, { organisationId, name })))
}
