import type { Domain } from '../../platform/domain.ts'
import { caseRealtime } from './realtime.ts'
import { caseRoutes } from './routes.ts'
import { caseSubscribers } from './subscribers.ts'

export { addFacts } from './use-cases/add-facts.ts'

export const cases: Domain = { name: 'cases', routes: caseRoutes, subscribers: caseSubscribers, realtime: caseRealtime }
