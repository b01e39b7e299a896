import type { People } from '../../platform/domain.ts'
import { forgetFiles } from '../files/index.ts'
import {
  countConversationsOf,
  deleteConversationsOf,
  listConversationsOf,
  listFilesSaid,
  moveConversations,
} from './repository.people.ts'

export const conversationPeople: People = {
  join: async (tx, pair) => {
    await moveConversations(tx, pair)
    for (const conversationId of await listConversationsOf(tx, pair.to))
      tx.emit('contact.identified', { conversationId, contactId: pair.to })
  },
  count: countConversationsOf,
  forget: async (tx, contactId) => {
    const files = await listFilesSaid(tx, contactId)
    await deleteConversationsOf(tx, contactId)
    // What an agent sent in a conversation goes with it. The contact's own are forgotten by the room of files.
    return forgetFiles(tx, files)
  },
}
