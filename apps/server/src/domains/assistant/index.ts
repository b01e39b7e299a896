import type { Domain } from '../../platform/domain.ts'
import { assistantJobs } from './jobs.ts'
import { assistantMeters } from './meters.ts'
import type { AssistantParts } from './parts.ts'
import { assistantPeople } from './people.ts'
import { evaluateRoute } from './routes.evaluate.ts'
import { flowRoutes } from './routes.flows.ts'
import { learningRoutes } from './routes.learning.ts'
import { assistantRoutes, type BubbleParts } from './routes.ts'
import { assistantSubscribers } from './subscribers.ts'

export { warnOfOrders } from './composing/warn-of-orders.ts'
export { megabytes, signInNameOf } from './flow-looks.ts'
export { sharedKnowledge } from './knowledge.ts'
export type { AssistantParts } from './parts.ts'
export { countRuns } from './repository.runs.ts'
export type { BubbleLook } from './routes.ts'
export { starterSuggestions } from './words.ts'

export const assistant = (parts: AssistantParts & BubbleParts & { evaluateKey: string | undefined }): Domain => ({
  name: 'assistant',
  meters: assistantMeters,
  routes: [...assistantRoutes(parts), evaluateRoute(parts), ...learningRoutes(parts), ...flowRoutes(parts)],
  subscribers: assistantSubscribers(parts),
  jobs: assistantJobs(parts),
  people: assistantPeople,
})
