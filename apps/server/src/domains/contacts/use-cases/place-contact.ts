import type { ContactId, MemberId } from '@clew/contract/primitives'
import type { TxCtx } from '../../../platform/ctx.ts'
import { findMember, organisationOfAddress } from '../../organisations/index.ts'
import { authorizeContactSessions } from '../policy.ts'
import { listProvedAs, listProvedAt, lockProved, setOrganisation } from '../repository.organisation.ts'
import { findAgain, type LeaveParts, leaveBehind } from './leave-behind.ts'

/**
 * Puts a contact with the organisation that their proved address belongs to. What they only say of themselves counts for
 * nothing. What they asked as one of another stays with that one, unless it was decided that it goes along.
 */
export async function placeContact(
  tx: TxCtx,
  contactId: ContactId,
  parts: LeaveParts & { withCases?: boolean },
): Promise<void> {
  authorizeContactSessions(tx.actor)
  const contact = await lockProved(tx, contactId)
  if (!contact || (contact.isLeft && !parts.withCases)) return
  const organisationId =
    contact.address === undefined
      ? undefined
      : await organisationOfAddress(tx, { address: contact.address, named: contact.workspace })
  if (organisationId === contact.organisationId) return
  if (contact.organisationId !== undefined && !parts.withCases) await leaveBehind(tx, contactId, parts)
  await setOrganisation(tx, contactId, organisationId)
  if (organisationId !== undefined) await findAgain(tx, { contactId, organisationId }, parts)
  tx.emit('contact.organisation_changed', { contactId, organisationId: organisationId ?? null })
}

/**
 * Before somebody is known by another address: where it is not one of their organisation, what they asked so far stays
 * there under the address of then, and they count to nobody until they are placed.
 */
export async function leaveByAddress(
  tx: TxCtx,
  {
    contactId,
    address,
    workspace,
  }: { contactId: ContactId; address: string | undefined; workspace: string | undefined },
  parts: LeaveParts,
): Promise<void> {
  authorizeContactSessions(tx.actor)
  const contact = await lockProved(tx, contactId)
  if (contact?.organisationId === undefined) return
  const next = address === undefined ? undefined : await organisationOfAddress(tx, { address, named: workspace })
  if (next === contact.organisationId) return
  await leaveBehind(tx, contactId, parts)
  await setOrganisation(tx, contactId, undefined)
}

/** The same for whoever has a member's address, once there is such a member. */
export async function placeContactsOfMember(tx: TxCtx, memberId: MemberId, parts: LeaveParts): Promise<void> {
  authorizeContactSessions(tx.actor)
  const member = await findMember(tx, memberId)
  for (const contactId of member ? await listProvedAs(tx, member.email) : []) await placeContact(tx, contactId, parts)
}

/** And for whoever has an address on a domain, once it is proved to be an organisation's own. */
export async function placeContactsOfDomain(
  tx: TxCtx,
  domain: { name: string; coversSubdomains: boolean; withCases?: boolean | undefined },
  parts: LeaveParts,
): Promise<void> {
  authorizeContactSessions(tx.actor)
  for (const contactId of await listProvedAt(tx, domain))
    await placeContact(tx, contactId, { ...parts, withCases: domain.withCases === true })
}
