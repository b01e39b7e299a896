import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { compose, type House, queuesOf, systemCtx } from './compose.ts'
import { contactReader } from './domains/contacts/index.ts'
import { agentOf, sessionReader } from './domains/sign-in/index.ts'
import type { Clock } from './platform/clock.ts'
import type { Config } from './platform/config.ts'
import type { Ctx } from './platform/ctx.ts'
import { type ConnectionSettings, type Database, openDatabase } from './platform/database.ts'
import { Dispatcher } from './platform/dispatcher.ts'
import { createHttp } from './platform/http/server.ts'
import { JobRunner } from './platform/jobs.ts'
import { NotificationListener } from './platform/listener.ts'
import type { Log } from './platform/log.ts'
import { createMetrics } from './platform/metrics.ts'
import { registerOperations } from './platform/operations.ts'
import { type Prepared, prepareQueues } from './platform/prepare-database.ts'
import { RealtimeHub } from './platform/realtime.ts'
import { realtimeRoutes } from './platform/realtime-routes.ts'
import { readSignal, SignalBus } from './platform/signals.ts'

export type ClewOptions = {
  config: Config
  clock: Clock
  log: Log
  /** The administrator's connection, for creating queues; or the plain one. */
  connection: ConnectionSettings
  prepared: Prepared
  /** Multiplies every rate limit; tests and benchmarks raise it. */
  limitFactor?: number
  /** Mounts the public pages and the built apps; without it there is only the API. */
  pages?: (app: FastifyInstance, product: Product) => Promise<void>
}

/** What the pages may use of the product. */
export type Product = {
  config: Config
  database: Database
  house: House
  newCtx: (job: string) => Ctx
  log: Log
  clock: Clock
}

export type Clew = {
  config: Config
  app: FastifyInstance
  house: House
  database: Database
  newCtx(job: string): Ctx
  /** Listens; answers with the local address. */
  listen(): Promise<string>
  /** Until everything that was emitted has been dealt with. For tests. */
  settle(): Promise<void>
  /** Finishes what was acknowledged and lets go of everything. */
  stop(): Promise<void>
}

/** Puts the running product together: rooms, event log, jobs, realtime, web server. */
export async function createClew(options: ClewOptions): Promise<Clew> {
  const { config, clock, log, prepared } = options
  const metrics = createMetrics()
  const database = openDatabase(prepared.app, { epoch: prepared.epoch, log })
  const newCtx = (job: string): Ctx => systemCtx({ database, clock }, job)
  const signals = new SignalBus(prepared.app, log)
  const session = sessionReader(() => newCtx('sign-in'))
  let address = config.baseUrl ?? ''
  const jobs = new JobRunner({ settings: prepared.app, log, newCtx })
  const hub = new RealtimeHub({ newCtx, log })
  const house = compose({
    config,
    database,
    clock,
    log,
    metrics,
    jobs,
    signal: signals.send,
    baseUrl: () => address,
    session,
    isTeamOnline: () => hub.isTeamHere,
  })
  if (prepared.isAdministrator) await prepareQueues(options.connection, queuesOf(house.jobs))

  const dispatcher = new Dispatcher({ subscribers: house.subscribers, newCtx, log })
  const listener = new NotificationListener(
    prepared.app,
    {
      onEvents: () => {
        hub.wake()
        dispatcher.wake()
        jobs.wake()
      },
      onSignal: (payload) => hub.signal(readSignal(payload)),
    },
    log,
  )
  let isStopping = false
  const app = await createHttp({
    config,
    database,
    clock,
    log,
    metrics,
    routes: [...house.domains.flatMap((each) => each.routes ?? []), ...realtimeRoutes(hub)],
    authenticate: {
      team: async (request) => {
        const found = await session(request)
        return found && agentOf(found)
      },
      contact: contactReader(() => newCtx('contacts.find_session'), clock),
    },
    ...(options.limitFactor === undefined ? {} : { limitFactor: options.limitFactor }),
    pages: async (server) => {
      registerOperations(server, { database, metrics, hub, newCtx, isStopping: () => isStopping })
      await options.pages?.(server, { config, database, house, newCtx, log, clock })
    },
  })

  await hub.start(house.domains.flatMap((each) => each.realtime ?? []))
  for (const each of house.domains) await each.start?.()
  await dispatcher.start()
  await jobs.start(house.jobs)
  await listener.start()

  return {
    config,
    app,
    house,
    database,
    newCtx,
    listen: async () => {
      await app.listen({ port: config.port, host: config.host })
      address = config.baseUrl ?? localAddress(config, app)
      return address
    },
    settle: async () => {
      hub.wake()
      dispatcher.wake()
      await dispatcher.idle()
      await hub.idle()
    },
    stop: async () => {
      isStopping = true
      await hub.stop()
      await closeHttp(app)
      await listener.stop()
      await dispatcher.stop()
      await jobs.stop()
      for (const each of house.domains) await each.stop?.()
      await signals.close()
      await database.close()
    },
  }
}

const patienceMs = 10_000

/** Lets requests end; a client that holds its connection open any longer is cut off. */
async function closeHttp(app: FastifyInstance): Promise<void> {
  const impatient = setTimeout(() => app.server.closeAllConnections(), patienceMs)
  await app.close()
  clearTimeout(impatient)
}

function localAddress(config: Config, app: FastifyInstance): string {
  const { port } = app.server.address() as AddressInfo
  const host = ['0.0.0.0', '::', '127.0.0.1'].includes(config.host) ? 'localhost' : config.host
  return `${config.tls ? 'https' : 'http'}://${host}:${port}`
}
