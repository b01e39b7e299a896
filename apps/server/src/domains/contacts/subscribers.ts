import { type Subscriber, subscriber } from '../../platform/domain.ts'
import { type LinkSettings, mailLink } from './use-cases/mail-link.ts'
import { placeContact, placeContactsOfDomain, placeContactsOfMember } from './use-cases/place-contact.ts'

export const contactSubscribers = (settings: LinkSettings): readonly Subscriber[] => [
  subscriber('contacts', 'contact.verified', (tx, { contactId }) => placeContact(tx, contactId)),
  subscriber('contacts', 'member.joined', (tx, { memberId }) => placeContactsOfMember(tx, memberId)),
  subscriber('contacts', 'domain.verified', (tx, domain) => placeContactsOfDomain(tx, domain)),
  subscriber('contacts', 'contact.link_requested', (tx, { linkId }) => mailLink(tx, linkId, settings)),
]
