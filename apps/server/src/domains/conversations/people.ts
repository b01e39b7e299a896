import type { People } from '../../platform/domain.ts'
import { dropFiles, forgetFiles } from '../files/index.ts'
import { forgetCaptures, forgetFileLinks } from '../har/index.ts'
import { deleteConversation, nameNobody } from './repository.keeping.ts'
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
  forgetConversation: async (tx, conversationId) => {
    // A file is in a message and may be a capture too: it goes when neither is left.
    const files = await deleteConversation(tx, conversationId)
    const captures = await forgetCaptures(tx, conversationId)
    await forgetFileLinks(tx, files)
    return [...captures, ...(await dropFiles(tx, files))]
  },
  forgetMember: nameNobody,
}
