import type { Domain } from '../../platform/domain.ts'
import type { Jobs } from '../../platform/jobs.ts'
import { caseRealtime } from './realtime.ts'
import { caseRoutes } from './routes.ts'
import { caseSubscribers } from './subscribers.ts'

export { addFacts } from './use-cases/add-facts.ts'

export const cases = ({ jobs }: { jobs: Jobs }): Domain => ({
  name: 'cases',
  routes: caseRoutes,
  subscribers: caseSubscribers(jobs),
  realtime: caseRealtime,
})
