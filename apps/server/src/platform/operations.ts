import { BlockList, isIPv6 } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { AppError } from './app-error.ts'
import { monotonicMs } from './clock.ts'
import type { Ctx } from './ctx.ts'
import type { Database } from './database.ts'
import { dispatchLag } from './dispatcher.repository.ts'
import type { Metrics } from './metrics.ts'
import type { RealtimeHub } from './realtime.ts'

export type OperationsParts = {
  database: Database
  metrics: Metrics
  hub: RealtimeHub
  newCtx: (job: string) => Ctx
  isStopping: () => boolean
}

/** What the operator's tools ask: is it alive, is it ready, how does it do. */
export function registerOperations(app: FastifyInstance, parts: OperationsParts): void {
  const hidden = { schema: { hide: true }, logLevel: 'silent' as const }
  app.get('/health/live', hidden, async () => ({ status: 'live' }))
  app.get('/health/ready', hidden, async (_request, reply) => {
    const state = parts.isStopping() ? 'stopping' : await databaseState(parts.database)
    return reply.code(state === 'ready' ? 200 : 503).send({ status: state })
  })
  app.get('/metrics', hidden, async (request, reply) => {
    // Figures are for the operator's own network.
    if (!isPrivate(request.ip)) throw new AppError('route.not_found')
    parts.metrics.setStreams(parts.hub.streams)
    parts.metrics.setPool(parts.database.stats())
    parts.metrics.setDispatch(await parts.newCtx('metrics').transaction(dispatchLag))
    return reply.header('content-type', parts.metrics.contentType).send(await parts.metrics.text())
  })
}

const privateAddresses = new BlockList()
privateAddresses.addSubnet('127.0.0.0', 8, 'ipv4')
privateAddresses.addSubnet('10.0.0.0', 8, 'ipv4')
privateAddresses.addSubnet('172.16.0.0', 12, 'ipv4')
privateAddresses.addSubnet('192.168.0.0', 16, 'ipv4')
privateAddresses.addAddress('::1', 'ipv6')
privateAddresses.addSubnet('fc00::', 7, 'ipv6')

/** Loopback and the ranges for private networks (RFC 1918, RFC 4193). */
export const isPrivate = (address: string): boolean =>
  privateAddresses.check(address.replace(/^::ffff:/, ''), isIPv6(address.replace(/^::ffff:/, '')) ? 'ipv6' : 'ipv4')

const slowMs = 2000

async function databaseState(database: Database): Promise<'ready' | 'degraded' | 'no_database'> {
  const started = monotonicMs()
  try {
    await database.ping()
  } catch {
    return 'no_database'
  }
  return monotonicMs() - started > slowMs ? 'degraded' : 'ready'
}
