import type { Domain } from '../../platform/domain.ts'
import { assistantSubscribers } from './subscribers.ts'
import type { AssistantParts } from './use-cases/consider-reply.ts'

export { type Answerer, quotingAnswerer } from './answerer.ts'

export const assistant = (parts: AssistantParts): Domain => ({
  name: 'assistant',
  subscribers: assistantSubscribers(parts),
})
