import type { Domain } from '../../platform/domain.ts'
import type { AssistantParts } from './consideration.ts'
import { assistantRoutes, type BubbleParts } from './routes.ts'
import { assistantSubscribers } from './subscribers.ts'

export { quotingAnswerer } from './answerer.ts'

export const assistant = (parts: AssistantParts & BubbleParts): Domain => ({
  name: 'assistant',
  routes: assistantRoutes(parts),
  subscribers: assistantSubscribers(parts),
})
