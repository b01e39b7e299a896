import type { Domain } from '../../platform/domain.ts'
import { usageJobs } from './jobs.ts'
import { usageKeeping } from './keeping.ts'
import { keepsFigures, unnameSubject } from './repository.leaving.ts'
import { type UsageRouteParts, usageRoutes } from './routes.ts'
import { usageSubscribers } from './subscribers.ts'
import type { TellSettings } from './use-cases/tell-of-thresholds.ts'

export { countUsage, pageUsage, placeOf, type UsageRow } from './repository.exporting.ts'

export const usage = (parts: UsageRouteParts & TellSettings): Domain => ({
  name: 'usage',
  routes: usageRoutes(parts),
  subscribers: usageSubscribers(parts),
  jobs: usageJobs(parts.meters),
  keeping: usageKeeping,
  people: { forget: async () => [], forgetMember: unnameSubject, keeps: keepsFigures },
})
