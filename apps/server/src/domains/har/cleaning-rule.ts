import type { SanitisingPolicy } from '@clew/contract/captures'
import type { ContactId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import { organisationOfContact } from '../contacts/index.ts'
import { securityPolicy } from '../organisations/index.ts'

/** How a capture of somebody is cleaned: as the operator says, or strictly where their organisation demands it. */
export async function sanitisingOf(
  tx: TxCtx,
  contactId: ContactId,
  operators: SanitisingPolicy,
): Promise<SanitisingPolicy> {
  const { level } = await securityPolicy(tx, await organisationOfContact(tx, contactId), 'har')
  return level === 'strict' ? { ...operators, policy: 'strict' } : operators
}
