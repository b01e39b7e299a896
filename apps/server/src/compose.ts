import { join } from 'node:path'
import { articles, createLibraryHolder } from './domains/articles/index.ts'
import { assistant, quotingAnswerer } from './domains/assistant/index.ts'
import { cases } from './domains/cases/index.ts'
import { contacts } from './domains/contacts/index.ts'
import { conversations, isSentToContact, PresenceBoard } from './domains/conversations/index.ts'
import { files } from './domains/files/index.ts'
import { captureReader, har } from './domains/har/index.ts'
import { notifications } from './domains/notifications/index.ts'
import { organisations } from './domains/organisations/index.ts'
import { type SessionReader, signIn } from './domains/sign-in/index.ts'
import {
  incidentsWithHosts,
  openIncidentLines,
  StatusHolder,
  type StatusSnapshot,
  status,
} from './domains/status/index.ts'
import { codeFolder, serverFolder } from './folders.ts'
import type { Actor } from './platform/actor.ts'
import type { Clock } from './platform/clock.ts'
import type { Config } from './platform/config.ts'
import { type Ctx, createCtx } from './platform/ctx.ts'
import type { Database } from './platform/database.ts'
import { type Domain, type Subscriber, subscriber } from './platform/domain.ts'
import type { QueueDefinition } from './platform/job-queues.ts'
import type { Job, Jobs } from './platform/jobs.ts'
import type { Log } from './platform/log.ts'
import { createMailer } from './platform/mail/mailer.ts'
import { mailJob } from './platform/mail/outbox.ts'
import { maintenanceJobs } from './platform/maintenance.ts'
import type { Metrics } from './platform/metrics.ts'
import type { SendSignal } from './platform/realtime.ts'
import { fileKeys } from './platform/storage/file-keys.ts'
import { type SealedStorage, sealedStorage } from './platform/storage/sealed.ts'
import { openStorage } from './platform/storage.ts'

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
  /** Whether someone of the team has the workspace open. */
  isTeamOnline: () => boolean
}

export type House = {
  domains: readonly Domain[]
  jobs: readonly Job[]
  subscribers: readonly Subscriber[]
  library: ReturnType<typeof createLibraryHolder>
  status: StatusHolder
  storage: SealedStorage
}

export const systemCtx = ({ database, clock }: Pick<Parts, 'database' | 'clock'>, job: string): Ctx =>
  createCtx(database, {
    actor: { type: 'system', job },
    organisationId: undefined,
    locale: 'en',
    requestId: `job:${job}`,
    clock,
  })

/** Builds every room; the only file that knows them all. */
export function compose(parts: Parts): House {
  const { config, database, clock, jobs, signal } = parts
  const actAs = (ctx: Ctx, actor: Actor): Ctx => createCtx(database, { ...ctx, actor, organisationId: undefined })
  const asSystem = (ctx: Ctx, job: string): Ctx => actAs(ctx, { type: 'system', job })
  const newCtx = (job: string): Ctx => systemCtx(parts, job)
  const storage = sealedStorage(openStorage(config.filesUrl, config.dataDir), fileKeys(config.filesKey, config.dataDir))
  const library = createLibraryHolder({ newCtx, clock })
  const statusHolder = new StatusHolder({ newCtx, clock })
  const answerer = quotingAnswerer(() => library.current())
  const reader = captureReader(join(codeFolder, 'capture-worker.js'))

  const domains: readonly Domain[] = [
    organisations({ brand: config.brand, baseUrl: parts.baseUrl, hasMailServer: config.smtpUrl !== undefined }),
    signIn({ brand: config.brand, asSystem, session: parts.session }),
    contacts({ actAs }),
    files({ storage, asSystem, isSentToContact, maxCaptureBytes: config.maxCaptureBytes }),
    har({
      storage,
      reader,
      jobs,
      retentionDays: config.captureRetentionDays,
      baseUrl: parts.baseUrl,
      options: () => readingOptions(config, statusHolder.current()),
    }),
    articles({
      library,
      newCtx,
      contentDir: join(serverFolder, 'content'),
      settings: librarySettings(config),
    }),
    status({ holder: statusHolder, newCtx, appHost: config.appHost }),
    conversations({ board: new PresenceBoard(clock), signal }),
    cases({ jobs }),
    assistant({
      library: () => library.current(),
      answerer,
      brand: config.brand,
      maxCaptureBytes: config.maxCaptureBytes,
      sanitising: config.sanitising,
      baseUrl: parts.baseUrl,
      isTeamOnline: parts.isTeamOnline,
      openIncidents: (locale) =>
        openIncidentLines(statusHolder.current(), { locale, statusUrl: `${parts.baseUrl()}/${locale}/status` }),
    }),
    notifications({ jobs, brand: config.brand, baseUrl: parts.baseUrl }),
  ]
  const mailer = createMailer({ smtpUrl: config.smtpUrl, from: config.mailFrom, dataDir: config.dataDir })
  return {
    domains,
    library,
    status: statusHolder,
    storage,
    jobs: [
      mailJob({ mailer, log: parts.log, metrics: parts.metrics }),
      ...maintenanceJobs,
      ...domains.flatMap((each) => each.jobs ?? []),
    ],
    subscribers: [mailSubscriber(jobs), ...domains.flatMap((each) => each.subscribers ?? [])],
  }
}

const librarySettings = (config: Config) => ({
  brand: config.brand,
  appHost: config.appHost,
  supportEmail: config.supportEmail,
  uploadLimitMb: config.uploadLimitBytes / 1_000_000,
  captureRetentionDays: config.captureRetentionDays,
})

const readingOptions = (config: Config, now: StatusSnapshot) => ({
  firstPartyHosts: [config.appHost],
  uploadLimitBytes: config.uploadLimitBytes,
  sanitising: config.sanitising,
  incidents: incidentsWithHosts(now),
})

const mailSubscriber = (jobs: Jobs): Subscriber =>
  subscriber('mail', 'mail.queued', (tx, { mailId }) =>
    jobs.send(tx, { name: 'mail.send', input: { mailId }, id: mailId }),
  )

/** Every queue of the product, for the migrating role that creates them. */
export const queuesOf = (jobs: readonly Job[]): QueueDefinition[] =>
  jobs.map(({ name, retries, timeoutSeconds }) => ({ name, retries, timeoutSeconds }))
