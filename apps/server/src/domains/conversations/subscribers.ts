import { type Subscriber, subscriber } from '../../platform/domain.ts'
import { giveConversations, listConversationsOf } from './repository.people.ts'
import { noteCheckedFile } from './use-cases/note-checked-file.ts'
import { noteRemedy } from './use-cases/note-remedy.ts'
import { passOnConversations } from './use-cases/pass-on-conversations.ts'

export const conversationSubscribers: readonly Subscriber[] = [
  subscriber('conversations', 'member.removed', passOnConversations),
  subscriber('conversations', 'contact.organisation_changed', (tx, { contactId, organisationId }) =>
    giveConversations(tx, contactId, organisationId),
  ),
  subscriber('conversations', 'contact.left_behind', async (tx, { contactId, leftId }) => {
    for (const conversationId of await listConversationsOf(tx, leftId))
      tx.emit('conversation.left', { conversationId, contactId })
  }),
  subscriber('conversations', 'file.checked', noteCheckedFile),
  subscriber('conversations', 'sso.remedy_changed', noteRemedy),
  // Who somebody is shows on each of their conversations.
  subscriber('conversations', 'contact.verified', async (tx, { contactId }) => {
    for (const conversationId of await listConversationsOf(tx, contactId))
      tx.emit('contact.identified', { conversationId, contactId })
  }),
]
