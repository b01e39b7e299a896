import type { ContactId } from '@clew/contract/primitives'
import type { TxCtx } from '../../../platform/ctx.ts'
import { organisationOfContact } from '../../contacts/index.ts'
import { securityPolicy } from '../../organisations/index.ts'
import type { ComposingParts, ModelInUse } from './parts.ts'

/**
 * The model that may be asked about somebody's words: none where their organisation does not want it, and one that is
 * asked to keep nothing where it wants that.
 */
export async function modelFor(
  tx: TxCtx,
  contactId: ContactId,
  { model }: Pick<ComposingParts, 'model'>,
): Promise<ModelInUse | undefined> {
  const inUse = model()
  if (!inUse) return undefined
  const { allowed, zeroRetention } = await securityPolicy(tx, await organisationOfContact(tx, contactId), 'model')
  if (!allowed) return undefined
  return zeroRetention ? { ...inUse, isZeroRetention: true } : inUse
}
