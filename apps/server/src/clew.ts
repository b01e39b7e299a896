import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { compose, type House, queuesOf } from './compose.ts'
import { systemCtx } from './compose-foundation.ts'
import { contactReader } from './domains/contacts/index.ts'
import { mayHoldBubble } from './domains/organisations/index.ts'
import {
  authenticator,
  KnownTokens,
  newsOfIdentity,
  type SessionReader,
  sessionReader,
} from './domains/sign-in/index.ts'
import type { Clock } from './platform/clock.ts'
import type { Config } from './platform/config.ts'
import type { Ctx, Origin } from './platform/ctx.ts'
import { type Access, type ConnectionSettings, type Database, openDatabase } from './platform/database.ts'
import { Dispatcher } from './platform/dispatcher.ts'
import { createHttp } from './platform/http/server.ts'
import type { QueueDefinition } from './platform/job-queues.ts'
import { JobRunner } from './platform/jobs.ts'
import { NotificationListener } from './platform/listener.ts'
import type { Log } from './platform/log.ts'
import { createMetrics } from './platform/metrics.ts'
import { type News, NewsDesk } from './platform/news.ts'
import { registerOperations } from './platform/operations.ts'
import { RealtimeHub } from './platform/realtime.ts'
import { realtimeRoutes } from './platform/realtime-routes.ts'
import { readSignal, SignalBus } from './platform/signals.ts'

export type ClewOptions = {
  config: Config
  clock: Clock
  log: Log
  /** Makes the database ready, with these queues. What needs none is put together meanwhile. */
  prepare: (queues: readonly QueueDefinition[]) => Promise<Access>
  /** Multiplies every rate limit; tests and benchmarks raise it. */
  limitFactor?: number
  /** False: the rules answer, even where the settings name a model. */
  asksModel?: boolean
  /** False: jobs run when they are sent, and not because their time has come. For tests. */
  keepsTime?: boolean
  /** Mounts the public pages and the built apps; without it there is only the API. */
  pages?: (app: FastifyInstance, product: Product) => Promise<void>
}

/** What the pages may use of the product. */
export type Product = {
  config: Config
  database: Database
  house: House
  newCtx: (job: string) => Ctx
  session: SessionReader
  log: Log
  clock: Clock
}

export type Clew = {
  config: Config
  app: FastifyInstance
  house: House
  database: Database
  session: SessionReader
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
  const machine = assemble(options)
  const { house, hub, dispatcher } = machine
  // Mounting some hundred routes goes on while the database is prepared; nobody is let in before both are done.
  const [app] = await Promise.all([createWeb(options, machine), begin(options, machine)])

  return {
    config: options.config,
    app,
    house,
    database: machine.database,
    session: machine.session,
    newCtx: machine.newCtx,
    listen: () => listen(options.config, app, machine),
    settle: async () => {
      hub.wake()
      dispatcher.wake()
      await dispatcher.idle()
      await hub.idle()
    },
    stop: () => stop(app, machine, options.log),
  }
}

/** Sets everything behind the web server to work. */
async function begin({ prepare }: ClewOptions, machine: Machine): Promise<void> {
  const { said, house, hub, dispatcher, jobs, listener } = machine
  said.access = await prepare(queuesOf(house.jobs))
  await hub.start(house.domains.flatMap((each) => each.realtime ?? []))
  await Promise.all(house.domains.map(async (each) => each.open?.()))
  await Promise.all(house.domains.map(async (each) => each.start?.()))
  await jobs.start(house.jobs)
  // After the jobs, since a first start leaves it much to read, for which nobody waits.
  await Promise.all([dispatcher.start(), listener.start()])
}

/** Everything behind the web server. `access`, `address` and `isStopping` are said later. */
type Machine = ReturnType<typeof assemble>
type Said = { access: Access | undefined; address: string; isStopping: boolean }

function assemble({ config, clock, log, keepsTime, asksModel = true }: ClewOptions) {
  const said: Said = { access: undefined, address: config.baseUrl ?? '', isStopping: false }
  const access = (): Access => said.access ?? tooEarly()
  const settings = (): ConnectionSettings => access().app
  const metrics = createMetrics()
  const tokens = new KnownTokens()
  const hear = (news: ReadonlySet<News>): void => {
    if (news.has('identity')) tokens.forget()
    if (news.has('events')) hub.wake()
    if (news.has('jobs')) jobs.wake()
  }
  const signals = new SignalBus(settings, log)
  const desk = new NewsDesk({ hear, tell: signals.tellNews })
  const database = openDatabase(access, { log, desk, newsOf: newsOfIdentity })
  const newCtx = (job: string): Ctx => systemCtx({ database, clock }, job)
  // Readers of the event log have connections of their own: a flood of requests must not keep them waiting.
  const readers = openDatabase(access, { log, max: 4, desk, newsOf: newsOfIdentity })
  const newReaderCtx = (job: string): Ctx => systemCtx({ database: readers, clock }, job)
  const signInCtx = (origin: Origin): Ctx => systemCtx({ database, clock, origin }, 'sign-in')
  const session = sessionReader(signInCtx, tokens)
  const jobs: JobRunner = new JobRunner({ settings, log, newCtx, keepsTime })
  const hub: RealtimeHub = new RealtimeHub({
    newCtx: newReaderCtx,
    log,
    onRead: (events, from) => dispatcher.heard(events, from),
  })
  const house = compose({
    config,
    database,
    clock,
    log,
    metrics,
    jobs,
    signal: signals.send,
    baseUrl: () => said.address,
    session,
    streams: hub,
    isTeamOnline: () => hub.isTeamHere,
    asksModel,
  })
  const dispatcher = new Dispatcher({ subscribers: house.subscribers, newCtx: newReaderCtx, log })
  const listener = new NotificationListener(settings, wakingOf({ hub, dispatcher, jobs, desk, tokens, hear }), log)
  return {
    said,
    metrics,
    database,
    readers,
    newCtx,
    signInCtx,
    signals,
    desk,
    session,
    jobs,
    hub,
    house,
    dispatcher,
    listener,
  }
}

function tooEarly(): never {
  throw new Error('the database is not prepared yet')
}

type Woken = {
  hub: RealtimeHub
  dispatcher: Dispatcher
  jobs: JobRunner
  desk: NewsDesk
  tokens: KnownTokens
  hear: (news: ReadonlySet<News>) => void
}

/** Who is woken by what another process says; after a gap, everyone. */
const wakingOf = (woken: Woken): ConstructorParameters<typeof NotificationListener>[1] => ({
  onNews: (payload) => {
    const news = woken.desk.read(payload)
    if (news) woken.hear(news)
  },
  onSignal: (payload) => woken.hub.signal(readSignal(payload)),
  onGap: () => {
    woken.tokens.forget()
    woken.hub.wake()
    woken.dispatcher.wake()
    woken.jobs.wake()
  },
})

function createWeb(options: ClewOptions, machine: Machine): Promise<FastifyInstance> {
  const { config, clock, log } = options
  const { said, metrics, database, newCtx, signInCtx, session, hub, house } = machine
  const readContact = contactReader(() => newCtx('contacts.find_session'), clock)
  return createHttp({
    config,
    database,
    clock,
    log,
    metrics,
    routes: [...house.domains.flatMap((each) => each.routes ?? []), ...realtimeRoutes(hub)],
    authenticate: {
      ...authenticator(session, signInCtx),
      contact: readContact,
    },
    mayEmbed: (origin) => mayHoldBubble(house.settings.current(), origin),
    ...(options.limitFactor === undefined ? {} : { limitFactor: options.limitFactor }),
    pages: async (server) => {
      registerOperations(server, { database, metrics, hub, newCtx, isStopping: () => said.isStopping })
      for (const each of house.domains) await each.mount?.(server, { limitFactor: options.limitFactor ?? 1 })
      await options.pages?.(server, { config, database, house, newCtx, session, log, clock })
    },
  })
}

async function listen(config: Config, app: FastifyInstance, { said, house }: Machine): Promise<string> {
  await house.settleScanning()
  await app.listen({ port: config.port, host: config.host })
  said.address = config.baseUrl ?? localAddress(config, app)
  return said.address
}

/** From the outside in: no new requests, then what was accepted, then the database. */
async function stop(app: FastifyInstance, machine: Machine, log: Log): Promise<void> {
  machine.said.isStopping = true
  const stages: readonly (readonly [name: string, end: () => Promise<void>])[] = [
    ['realtime', () => machine.hub.stop()],
    ['http', () => closeHttp(app)],
    ['listener', () => machine.listener.stop()],
    ['dispatcher', () => machine.dispatcher.stop()],
    ['jobs', () => machine.jobs.stop()],
    ...machine.house.domains.map((each) => [each.name, async () => each.stop?.()] as const),
    ['news', () => machine.desk.flush()],
    ['signals', () => machine.signals.close()],
    ['readers', () => machine.readers.close()],
    ['database', () => machine.database.close()],
  ]
  for (const [stage, end] of stages)
    if (!(await endsInTime(end))) log.warn({ stage }, 'did not stop in time and is left')
}

const patienceMs = 10_000
const stageMs = 2 * patienceMs

/** What was acknowledged is stored; a stage that never ends must not keep the next start waiting. */
async function endsInTime(end: () => Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), stageMs)
  })
  const ended = await Promise.race([end().then(() => true as const), tooLong])
  clearTimeout(timer)
  return ended
}

/**
 * Lets requests end. A connection that is kept alive is closed when its request has ended, and one whose request takes
 * too long is cut off.
 */
async function closeHttp(app: FastifyInstance): Promise<void> {
  const idle = setInterval(() => app.server.closeIdleConnections(), 20)
  const impatient = setTimeout(() => app.server.closeAllConnections(), patienceMs)
  await app.close()
  clearInterval(idle)
  clearTimeout(impatient)
}

function localAddress(config: Config, app: FastifyInstance): string {
  const { port } = app.server.address() as AddressInfo
  const host = ['0.0.0.0', '::', '127.0.0.1'].includes(config.host) ? 'localhost' : config.host
  return `${config.tls ? 'https' : 'http'}://${host}:${port}`
}
