import type { Domain } from '../../platform/domain.ts'
import { assistantRoutes, type BubbleParts } from './routes.ts'
import { assistantSubscribers } from './subscribers.ts'
import type { AssistantParts } from './use-cases/consider-reply.ts'

export { type Answerer, quotingAnswerer } from './answerer.ts'

export const assistant = (parts: AssistantParts & BubbleParts): Domain => ({
  name: 'assistant',
  routes: assistantRoutes(parts),
  subscribers: assistantSubscribers(parts),
})
