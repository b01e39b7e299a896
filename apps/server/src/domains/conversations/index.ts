import type { Domain } from '../../platform/domain.ts'
import type { SendSignal } from '../../platform/realtime.ts'
import type { PresenceBoard } from './presence.ts'
import { conversationRealtime } from './realtime.ts'
import { contactRoutes } from './routes.contact.ts'
import { teamRoutes } from './routes.team.ts'

export type { ConversationRow, MessageRow } from './model.ts'
export { PresenceBoard } from './presence.ts'
export { getListed, listListed } from './repository.inbox.ts'
export { isSentToContact, listMessages, listMessagesById } from './repository.messages.ts'
export { findConversation, findOrigin, lockConversation, setCaseProgress } from './repository.ts'
export { handOverConversation } from './use-cases/hand-over.ts'
export { identifyContact } from './use-cases/identify-contact.ts'
export { noteActivity } from './use-cases/note-activity.ts'
export { type AssistantMessage, sayAsAssistant } from './use-cases/say-as-assistant.ts'
export { settleConversation } from './use-cases/settle-conversation.ts'
export { startConversation } from './use-cases/start-conversation.ts'
export { conversationView, messageView } from './views.ts'

export const conversations = (parts: { board: PresenceBoard; signal: SendSignal }): Domain => ({
  name: 'conversations',
  routes: [...contactRoutes(parts), ...teamRoutes(parts)],
  realtime: conversationRealtime,
})
