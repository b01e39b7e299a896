import type { People } from '../../platform/domain.ts'
import { deleteFollowerOf } from './repository.followers.ts'

export const statusPeople: People = {
  // Who follows by mail has no contact; a conversation that follows goes with the conversation.
  forget: async () => [],
  forgetConversation: async (tx, conversationId) => {
    await deleteFollowerOf(tx, conversationId)
    return []
  },
}
