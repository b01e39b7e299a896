import { readFileSync } from 'node:fs'
import { createRouter } from '@clew/assistant'
import { createLibraryHolder } from './domains/articles/index.ts'
import { starterSuggestions, warnOfOrders } from './domains/assistant/index.ts'
import { FlowHolder } from './domains/flows/index.ts'
import { type OperatorSettings, SettingsHolder } from './domains/organisations/index.ts'
import type { SessionReader } from './domains/sign-in/index.ts'
import { StatusHolder } from './domains/status/index.ts'
import { routerFile } from './folders.ts'
import type { Actor } from './platform/actor.ts'
import type { Clock } from './platform/clock.ts'
import type { Config } from './platform/config.ts'
import { type Ctx, createCtx, type Origin } from './platform/ctx.ts'
import type { Database } from './platform/database.ts'
import type { Jobs } from './platform/jobs.ts'
import type { Log } from './platform/log.ts'
import type { Metrics } from './platform/metrics.ts'
import type { SendSignal } from './platform/realtime.ts'
import { fileKeys } from './platform/storage/file-keys.ts'
import { sealedStorage } from './platform/storage/sealed.ts'
import { textSeal } from './platform/storage/text-seal.ts'
import { openStorage } from './platform/storage.ts'
import type { OpenStreams } from './platform/stream-guard.ts'

/** What the rooms are built from. */
export type Parts = {
  config: Config
  database: Database
  clock: Clock
  log: Log
  metrics: Metrics
  jobs: Jobs
  signal: SendSignal
  /** The address in links that leave the product. */
  baseUrl: () => string
  session: SessionReader
  /** Who follows changes on this process. */
  streams: OpenStreams
  /** Whether someone of the team has the workspace open. */
  isTeamOnline: () => boolean
  /** False: the rules answer, even where the settings name a model. */
  asksModel: boolean
}

export const systemCtx = (
  { database, clock, origin }: Pick<Parts, 'database' | 'clock'> & { origin?: Origin },
  job: string,
): Ctx =>
  createCtx(database, {
    ...(origin === undefined ? {} : { origin }),
    actor: { type: 'system', job },
    organisationId: undefined,
    locale: 'en',
    requestId: `job:${job}`,
    clock,
  })

export type Foundation = ReturnType<typeof foundation>

/** What several rooms stand on. */
export function foundation(parts: Parts) {
  const { config, database, clock } = parts
  const actAs = (ctx: Ctx, actor: Actor): Ctx => createCtx(database, { ...ctx, actor, organisationId: undefined })
  const newCtx = (job: string): Ctx => systemCtx(parts, job)
  const keys = fileKeys(config.filesKey, config.dataDir)
  const seal = textSeal(keys)
  const asSystem = (ctx: Ctx, job: string): Ctx => actAs(ctx, { type: 'system', job })
  const store = openStorage(config.filesUrl, config.dataDir)
  const settings = new SettingsHolder({ newCtx, clock, seal, operator: operatorSettings(config) })
  return {
    actAs,
    asSystem,
    newCtx,
    keys,
    seal,
    storage: sealedStorage(store, keys),
    audit: { seal, jobs: parts.jobs, copies: store, asSystem, stream: { hosts: config.streamHosts } },
    settings,
    brand: (): string => settings.current().brand.name,
    library: createLibraryHolder({
      newCtx,
      clock,
      onRead: (read) => warnOfOrders([...read.list('en'), ...read.list('el')], parts.log),
    }),
    status: new StatusHolder({ newCtx, clock }),
    flows: new FlowHolder({ newCtx, clock }),
    router: createRouter(readFileSync(routerFile)),
  }
}

const operatorSettings = (config: Config): OperatorSettings => ({
  brand: { name: config.brand, appHost: config.appHost, supportEmail: config.supportEmail },
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  suggestions: starterSuggestions,
  model: config.model,
  modelHttpHosts: config.modelHttpHosts,
})
