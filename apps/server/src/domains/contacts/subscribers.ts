import { type Subscriber, subscriber } from '../../platform/domain.ts'
import { type LinkSettings, mailLink } from './use-cases/mail-link.ts'

export const contactSubscribers = (settings: LinkSettings): readonly Subscriber[] => [
  subscriber('contacts', 'contact.link_requested', (tx, { linkId }) => mailLink(tx, linkId, settings)),
]
