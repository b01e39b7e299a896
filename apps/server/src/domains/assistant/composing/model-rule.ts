import type { ContactId, OrganisationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../../platform/ctx.ts'
import { organisationOfContact } from '../../contacts/index.ts'
import { securityPolicy } from '../../organisations/index.ts'
import type { ComposingParts, ModelInUse } from './parts.ts'

/**
 * The model that may be asked about somebody's words: none where their organisation does not want it, and one that is
 * asked to keep nothing where it wants that.
 */
export const modelFor = async (
  tx: TxCtx,
  contactId: ContactId,
  parts: Pick<ComposingParts, 'model'>,
): Promise<ModelInUse | undefined> => parts.model() && modelOf(tx, await organisationOfContact(tx, contactId), parts)

/** The same for what somebody of an organisation tries out. */
export async function modelOf(
  tx: TxCtx,
  organisationId: OrganisationId | undefined,
  { model }: Pick<ComposingParts, 'model'>,
): Promise<ModelInUse | undefined> {
  const inUse = model()
  if (!inUse) return undefined
  const { allowed, zeroRetention } = await securityPolicy(tx, organisationId, 'model')
  if (!allowed) return undefined
  return zeroRetention ? { ...inUse, isZeroRetention: true } : inUse
}
