import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { localeOf } from '../platform/http/problems.ts'
import { apiPrefix } from '../platform/http/register.ts'
import { setOpenCors } from '../platform/http/security.ts'
import { addVary } from './compressed.ts'
import type { ServiceWatch } from './service-watch.ts'

const State = z.enum(['ok', 'degraded', 'partial', 'major', 'maintenance'])

const ServiceStatus = z
  .object({
    state: State.meta({ description: 'The worst state of all components.' }),
    components: z.array(z.object({ id: z.string(), name: z.string(), state: State })),
    checkedAt: z.iso.datetime(),
  })
  .meta({ id: 'ServiceStatus' })

const schema = {
  summary: 'What works right now',
  tags: ['status'],
  security: [],
  response: { 200: ServiceStatus },
}

/** The status page for programs. */
export function registerStatusRoute(app: FastifyInstance, watch: ServiceWatch): void {
  app.get(`${apiPrefix}/status`, { schema }, async (request, reply) => {
    setOpenCors(reply)
    addVary(reply, 'Accept-Language')
    void reply.header('cache-control', 'no-store')
    const locale = localeOf(request)
    const { worst, components, checkedAt } = await watch.check()
    return {
      state: worst,
      components: components.map(({ id, state, names }) => ({ id, name: names[locale], state })),
      checkedAt: checkedAt.toISOString(),
    }
  })
}
