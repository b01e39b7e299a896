import type { ContactId, MemberId } from '@clew/contract/primitives'
import type { TxCtx } from '../../../platform/ctx.ts'
import { findMember, organisationOfAddress } from '../../organisations/index.ts'
import { authorizeContactSessions } from '../policy.ts'
import { listProvedAs, listProvedAt, lockProved, setOrganisation } from '../repository.organisation.ts'

/** Puts a contact with the organisation that their proved address belongs to. What they only say of themselves counts for nothing. */
export async function placeContact(tx: TxCtx, contactId: ContactId): Promise<void> {
  authorizeContactSessions(tx.actor)
  const contact = await lockProved(tx, contactId)
  if (!contact) return
  const organisationId = contact.address === undefined ? undefined : await organisationOfAddress(tx, contact.address)
  if (organisationId === contact.organisationId) return
  await setOrganisation(tx, contactId, organisationId)
  tx.emit('contact.organisation_changed', { contactId, organisationId: organisationId ?? null })
}

/** The same for whoever has a member's address, once there is such a member. */
export async function placeContactsOfMember(tx: TxCtx, memberId: MemberId): Promise<void> {
  authorizeContactSessions(tx.actor)
  const member = await findMember(tx, memberId)
  for (const contactId of member ? await listProvedAs(tx, member.email) : []) await placeContact(tx, contactId)
}

/** And for whoever has an address on a domain, once it is proved to be an organisation's own. */
export async function placeContactsOfDomain(
  tx: TxCtx,
  domain: { name: string; coversSubdomains: boolean },
): Promise<void> {
  authorizeContactSessions(tx.actor)
  for (const contactId of await listProvedAt(tx, domain)) await placeContact(tx, contactId)
}
