import type { Domain } from '../../platform/domain.ts'
import { usageJobs } from './jobs.ts'
import { type UsageRouteParts, usageRoutes } from './routes.ts'
import { usageSubscribers } from './subscribers.ts'
import type { TellSettings } from './use-cases/tell-of-thresholds.ts'

export { deleteUsageBefore } from './repository.ts'

export const usage = (parts: UsageRouteParts & TellSettings): Domain => ({
  name: 'usage',
  routes: usageRoutes(parts),
  subscribers: usageSubscribers(parts),
  jobs: usageJobs(parts.meters),
})
