import type { Flow } from '@clew/flows'
import type { Ctx } from '../../platform/ctx.ts'
import type { Domain } from '../../platform/domain.ts'
import { type FlowRouteParts, flowRoutes } from './routes.ts'
import { flowSubscribers } from './subscribers.ts'
import { loadStarterFlows } from './use-cases/load-starter-flows.ts'

export { FlowHolder } from './flow-holder.ts'

export type FlowParts = FlowRouteParts & { newCtx: (job: string) => Ctx; starters: () => Promise<readonly Flow[]> }

export const flows = (parts: FlowParts): Domain => ({
  name: 'flows',
  routes: flowRoutes(parts),
  subscribers: flowSubscribers(parts.holder),
  start: async () => {
    await loadStarterFlows(parts.newCtx('flows.load_starters'), await parts.starters())
    await parts.holder.reload()
  },
})
