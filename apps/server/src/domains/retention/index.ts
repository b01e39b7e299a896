import type { Domain } from '../../platform/domain.ts'
import { retentionJobs } from './jobs.ts'
import type { RetentionParts } from './parts.ts'
import { retentionRoutes } from './routes.ts'

export type { ForgetParts } from './parts.ts'
export { type SaidKeeping, saidKeeping } from './said-keeping.ts'
export { forgetPerson, previewForget } from './use-cases/forget-person.ts'
export { readOwnCertificate } from './use-cases/read-runs.ts'

export const retention = (parts: RetentionParts): Domain => ({
  name: 'retention',
  routes: retentionRoutes(parts),
  jobs: retentionJobs(parts),
})
