import type { People } from '../../platform/domain.ts'
import { deleteCaseOf, deleteCasesOf, moveCases } from './repository.people.ts'

export const casePeople: People = {
  join: moveCases,
  forget: async (tx, contactId) => {
    await deleteCasesOf(tx, contactId)
    return []
  },
  forgetConversation: async (tx, conversationId) => {
    await deleteCaseOf(tx, conversationId)
    return []
  },
}
