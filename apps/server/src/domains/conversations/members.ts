import type { MemberKnowledge } from '../../platform/domain.ts'
import { countOpenOf } from './repository.people.ts'

export const conversationMembers: MemberKnowledge = {
  holds: async (tx, memberId) => ({ openConversations: await countOpenOf(tx, memberId) }),
}
