import type { Domain } from '../../platform/domain.ts'
import type { SendSignal } from '../../platform/realtime.ts'
import { conversationJobs } from './jobs.ts'
import { conversationKeeping } from './keeping.ts'
import { conversationMembers } from './members.ts'
import { conversationMeters } from './meters.ts'
import { conversationPeople } from './people.ts'
import type { PresenceBoard } from './presence.ts'
import { conversationRealtime } from './realtime.ts'
import { contactRoutes } from './routes.contact.ts'
import { organisationRoutes } from './routes.organisation.ts'
import { teamRoutes } from './routes.team.ts'
import { conversationSubscribers } from './subscribers.ts'

export type { ConversationRow, MessageRow } from './model.ts'
export { PresenceBoard } from './presence.ts'
export {
  countSelected,
  type MessagePlace,
  pageMessagesOf,
  pageSelected,
  type SelectedConversation,
  type SelectedMessage,
  type Selection,
  selectedConversations,
} from './repository.exporting.ts'
export { countFlowUses } from './repository.flow-uses.ts'
export { getListed, listListed } from './repository.inbox.ts'
export {
  findConversationsLike,
  listHeldOf,
  listNumbered,
  listOpenAmong,
  listTakenPart,
} from './repository.keeping.ts'
export { isSentToContact, listLatestMessages, listMessages, listMessagesById } from './repository.messages.ts'
export { findOwnerOfNumber, listConversationsOf } from './repository.people.ts'
export { listTags } from './repository.tags.ts'
export { findConversation, findOrigin, lockConversation, setCaseProgress } from './repository.ts'
export { attachCapture } from './use-cases/attach-capture.ts'
export { handOverConversation } from './use-cases/hand-over.ts'
export { identifyContact } from './use-cases/identify-contact.ts'
export { informContact } from './use-cases/inform-contact.ts'
export { listOwnConversations } from './use-cases/list-conversations.ts'
export { markRead } from './use-cases/mark-read.ts'
export { noteActivity } from './use-cases/note-activity.ts'
export { reopenOwnConversation } from './use-cases/reopen-own-conversation.ts'
export { type AssistantMessage, sayAsAssistant } from './use-cases/say-as-assistant.ts'
export { sendContactMessage } from './use-cases/send-contact-message.ts'
export { settleConversation } from './use-cases/settle-conversation.ts'
export { startConversation } from './use-cases/start-conversation.ts'
export { addTags } from './use-cases/tag-conversation.ts'
export { conversationView, conversationViewFor, messageView, teamConversationView } from './views.ts'

export const conversations = (parts: { board: PresenceBoard; signal: SendSignal }): Domain => ({
  name: 'conversations',
  meters: conversationMeters,
  jobs: conversationJobs,
  routes: [...contactRoutes(parts), ...teamRoutes(parts), ...organisationRoutes],
  realtime: conversationRealtime,
  subscribers: conversationSubscribers,
  people: conversationPeople,
  keeping: conversationKeeping,
  members: conversationMembers,
})
