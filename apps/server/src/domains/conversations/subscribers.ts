import { type Subscriber, subscriber } from '../../platform/domain.ts'
import { listConversationsOf } from './repository.people.ts'

export const conversationSubscribers: readonly Subscriber[] = [
  // Who somebody is shows on each of their conversations.
  subscriber('conversations', 'contact.verified', async (tx, { contactId }) => {
    for (const conversationId of await listConversationsOf(tx, contactId))
      tx.emit('contact.identified', { conversationId, contactId })
  }),
]
