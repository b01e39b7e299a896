import { type Subscriber, subscriber } from '../../platform/domain.ts'
import type { LeaveParts } from './use-cases/leave-behind.ts'
import { type LinkSettings, mailLink } from './use-cases/mail-link.ts'
import { placeContact, placeContactsOfDomain, placeContactsOfMember } from './use-cases/place-contact.ts'

export const contactSubscribers = (parts: LinkSettings & LeaveParts): readonly Subscriber[] => [
  subscriber('contacts', 'contact.verified', (tx, { contactId }) => placeContact(tx, contactId, parts)),
  subscriber('contacts', 'member.joined', (tx, { memberId }) => placeContactsOfMember(tx, memberId, parts)),
  subscriber('contacts', 'domain.verified', (tx, domain) => placeContactsOfDomain(tx, domain, parts)),
  subscriber('contacts', 'contact.link_requested', (tx, { linkId }) => mailLink(tx, linkId, parts)),
]
