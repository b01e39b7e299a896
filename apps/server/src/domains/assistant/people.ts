import type { People } from '../../platform/domain.ts'
import { deleteDialogueOf, deleteDialoguesOf, moveDialogues } from './repository.people.ts'

export const assistantPeople: People = {
  join: moveDialogues,
  forget: async (tx, contactId) => {
    await deleteDialoguesOf(tx, contactId)
    return []
  },
  forgetConversation: async (tx, conversationId) => {
    await deleteDialogueOf(tx, conversationId)
    return []
  },
}
