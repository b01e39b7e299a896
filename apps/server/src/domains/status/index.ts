import type { Ctx } from '../../platform/ctx.ts'
import type { Domain } from '../../platform/domain.ts'
import { statusRoutes } from './routes.ts'
import type { StatusHolder } from './status-holder.ts'
import { statusSubscribers } from './subscribers.ts'
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
export { statusWords } from './starter-components.ts'
export { StatusHolder } from './status-holder.ts'
export { currentIncidents } from './use-cases/read-status.ts'
export { incidentsWithHosts, openIncidentLines, stateOf, stateOfIncident } from './views.ts'

export type StatusParts = { holder: StatusHolder; newCtx: (job: string) => Ctx; appHost: string }

export const status = ({ holder, newCtx, appHost }: StatusParts): Domain => ({
  name: 'status',
  routes: statusRoutes,
  subscribers: statusSubscribers(holder),
  start: async () => {
    await loadStarterComponents(newCtx('status.load_starter'), { appHost })
    await holder.open()
  },
})
