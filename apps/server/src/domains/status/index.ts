import type { Ctx } from '../../platform/ctx.ts'
import type { Domain } from '../../platform/domain.ts'
import type { Jobs } from '../../platform/jobs.ts'
import type { SendSignal } from '../../platform/realtime.ts'
import { statusJobs } from './jobs.ts'
import { statusPeople } from './people.ts'
import { statusRoutes } from './routes.ts'
import type { StatusHolder } from './status-holder.ts'
import { statusSubscribers } from './subscribers.ts'
import type { FollowSettings } from './use-cases/follow-by-mail.ts'
import { loadStarterComponents } from './use-cases/load-starter-components.ts'

export { incidentFor } from './model.match.ts'
export {
  type ComponentRow,
  emptySnapshot,
  type IncidentRow,
  isOpen,
  openIncidents,
  type StatusSnapshot,
  textIn,
  type UpdateRow,
  withGroups,
  worstImpact,
} from './model.ts'
export { findIncident } from './repository.ts'
export { statusWords } from './starter-components.ts'
export { StatusHolder } from './status-holder.ts'
export {
  confirmFollowing,
  type Following,
  lookAtFollowing,
  lookAtLeaving,
  stopFollowing,
} from './use-cases/confirm-following.ts'
export { type FollowSettings, followByMail } from './use-cases/follow-by-mail.ts'
export { type Followed, followIncident } from './use-cases/follow-incident.ts'
export { currentIncidents } from './use-cases/read-status.ts'
export { incidentsWithHosts, openIncidentLines, stateOf, stateOfIncident } from './views.ts'

export type StatusParts = FollowSettings & {
  holder: StatusHolder
  newCtx: (job: string) => Ctx
  appHost: string
  jobs: Jobs
  signal: SendSignal
}

export const status = ({ holder, newCtx, appHost, ...parts }: StatusParts): Domain => ({
  name: 'status',
  routes: statusRoutes,
  subscribers: statusSubscribers({ ...parts, holder }),
  jobs: statusJobs(parts),
  people: statusPeople,
  start: async () => {
    await loadStarterComponents(newCtx('status.load_starter'), { appHost })
    await holder.open()
  },
})
