import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRouter } from '@clew/assistant'
import { maxAttachmentBytes } from '@clew/contract/files'
import { loadFlows } from '../content/load-flows.ts'
import { articles, createLibraryHolder } from './domains/articles/index.ts'
import {
  type AssistantParts,
  assistant,
  countRuns,
  starterSuggestions,
  warnOfOrders,
} from './domains/assistant/index.ts'
import { cases } from './domains/cases/index.ts'
import { contacts, type IdentityParts } from './domains/contacts/index.ts'
import { conversations, countFlowUses, isSentToContact, PresenceBoard } from './domains/conversations/index.ts'
import { files } from './domains/files/index.ts'
import { FlowHolder, flows } from './domains/flows/index.ts'
import { captureReader, har } from './domains/har/index.ts'
import { notifications } from './domains/notifications/index.ts'
import {
  type OperatorSettings,
  organisations,
  SettingsHolder,
  type SettingsNow,
} from './domains/organisations/index.ts'
import type { ForgetParts } from './domains/retention/index.ts'
import { type SessionReader, signIn } from './domains/sign-in/index.ts'
import {
  type FollowSettings,
  incidentsWithHosts,
  openIncidentLines,
  StatusHolder,
  type StatusSnapshot,
  status,
} from './domains/status/index.ts'
import { codeFolder, routerFile, serverFolder } from './folders.ts'
import { bubbleLook, senderOf, servedLoader, teamHours } from './look.ts'
import type { Actor } from './platform/actor.ts'
import type { Clock } from './platform/clock.ts'
import type { Config } from './platform/config.ts'
import { type Ctx, createCtx } from './platform/ctx.ts'
import type { Database } from './platform/database.ts'
import { type Domain, type People, type Subscriber, subscriber } from './platform/domain.ts'
import type { QueueDefinition } from './platform/job-queues.ts'
import type { Job, Jobs } from './platform/jobs.ts'
import type { Log } from './platform/log.ts'
import { createMailer, type Mailer } from './platform/mail/mailer.ts'
import { mailJob } from './platform/mail/outbox.ts'
import { maintenanceJobs } from './platform/maintenance.ts'
import type { Metrics } from './platform/metrics.ts'
import { askModel, tryModel } from './platform/model-provider/index.ts'
import { moveEvents } from './platform/people.repository.ts'
import type { SendSignal } from './platform/realtime.ts'
import { type FileKeys, fileKeys } from './platform/storage/file-keys.ts'
import { type SealedStorage, sealedStorage } from './platform/storage/sealed.ts'
import { textSeal } from './platform/storage/text-seal.ts'
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
  flows: FlowHolder
  settings: SettingsHolder
  storage: SealedStorage
  /** Of the mails about incidents. */
  following: FollowSettings
  identity: IdentityParts
  forgetting: ForgetParts
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
  const base = foundation(parts)
  // Known once every room is built; asked for when somebody is there.
  const people = (): readonly People[] => domains.flatMap((each) => each.people ?? [])
  const identity = identityParts(parts, base.keys, people)
  const domains = [...lowerRooms(parts, base, identity), ...upperRooms(parts, base)]
  const { library, status: statusHolder, flows: flowHolder, settings, storage, brand } = base
  const { jobs, signal } = parts
  return {
    domains,
    library,
    status: statusHolder,
    flows: flowHolder,
    settings,
    storage,
    following: { brand, baseUrl: parts.baseUrl },
    identity,
    forgetting: { people, storage, signal },
    jobs: [
      mailJob({ mailer: mailerOf(parts.config, settings), log: parts.log, metrics: parts.metrics }),
      ...maintenanceJobs,
      ...domains.flatMap((each) => each.jobs ?? []),
    ],
    subscribers: [mailSubscriber(jobs), ...domains.flatMap((each) => each.subscribers ?? [])],
  }
}

type Foundation = ReturnType<typeof foundation>

/** What several rooms stand on. */
function foundation(parts: Parts) {
  const { config, database, clock } = parts
  const actAs = (ctx: Ctx, actor: Actor): Ctx => createCtx(database, { ...ctx, actor, organisationId: undefined })
  const newCtx = (job: string): Ctx => systemCtx(parts, job)
  const keys = fileKeys(config.filesKey, config.dataDir)
  const seal = textSeal(keys)
  const settings = new SettingsHolder({ newCtx, clock, seal, operator: operatorSettings(config) })
  return {
    actAs,
    asSystem: (ctx: Ctx, job: string): Ctx => actAs(ctx, { type: 'system', job }),
    newCtx,
    keys,
    seal,
    storage: sealedStorage(openStorage(config.filesUrl, config.dataDir), keys),
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

/** From the organisations up to what there is to read. */
function lowerRooms(parts: Parts, base: Foundation, identity: IdentityParts): readonly Domain[] {
  const { config, database, jobs, baseUrl } = parts
  const { actAs, asSystem, newCtx, settings, storage, brand } = base
  return [
    organisations({
      brand,
      baseUrl,
      hasMailServer: config.smtpUrl !== undefined,
      settings: { holder: settings, tryModel, loader: servedLoader(baseUrl) },
    }),
    signIn({ brand, asSystem, session: parts.session }),
    contacts({ ...identity, actAs, asSystem, brand, baseUrl }),
    files({ storage, asSystem, isSentToContact, maxCaptureBytes: config.maxCaptureBytes }),
    har({
      storage,
      reader: captureReader(join(codeFolder, 'capture-worker.js')),
      jobs,
      retentionDays: config.captureRetentionDays,
      baseUrl,
      // Every process signs in to the database with the same password, so each works out the same addresses.
      linkSecret: createHmac('sha256', database.settings.password).update('clew capture links').digest('base64url'),
      options: () => readingOptions(config, settings.current().brand.appHost, base.status.current()),
    }),
    articles({
      library: base.library,
      newCtx,
      contentDir: join(serverFolder, 'content'),
      settings: () => librarySettings(config, settings.current().brand),
    }),
  ]
}

/** From what is known of the product up to who is told. */
function upperRooms(parts: Parts, base: Foundation): readonly Domain[] {
  const { config, clock, jobs, signal, baseUrl } = parts
  const { asSystem, newCtx, settings, seal, brand } = base
  return [
    status({ holder: base.status, newCtx, appHost: config.appHost, jobs, signal, brand, baseUrl }),
    flows({
      holder: base.flows,
      newCtx,
      starters: () => loadFlows(join(serverFolder, 'content')).all,
      count: async (tx, since) => ({ uses: await countFlowUses(tx, since), running: await countRuns(tx, since) }),
    }),
    conversations({ board: new PresenceBoard(clock), signal }),
    cases({ jobs, seal, asSystem, operator: { command: config.lookupCommand, hosts: config.lookupHosts } }),
    assistant({
      library: () => base.library.current(),
      flows: () => base.flows.current(),
      status: () => base.status.current(),
      flowSettings: () => flowSettings(config, settings.current().brand, baseUrl()),
      evaluateKey: config.evaluateKey,
      router: () => base.router,
      composing: composingParts(parts, base),
      team: (reader) => teamHours(settings.current().opening, { ...reader, now: clock.now() }),
      look: (reader) => bubbleLook(settings.current(), { ...reader, now: clock.now() }),
      maxCaptureBytes: config.maxCaptureBytes,
      sanitising: config.sanitising,
      baseUrl,
      isTeamOnline: parts.isTeamOnline,
      openIncidents: (locale) =>
        openIncidentLines(base.status.current(), { locale, statusUrl: `${baseUrl()}/${locale}/status` }),
    }),
    notifications({ jobs, brand, baseUrl, asSystem }),
  ]
}

/** A model is asked only where the settings name one. */
function composingParts(
  { jobs, signal, log, metrics, baseUrl }: Parts,
  { settings, actAs }: { settings: SettingsHolder; actAs: AssistantParts['composing']['actAs'] },
): AssistantParts['composing'] {
  return {
    model: () => {
      const provider = settings.modelProvider()
      return provider.kind === 'off' ? undefined : provider
    },
    ask: askModel,
    jobs,
    signal,
    log,
    metrics,
    actAs,
    hosts: () => [settings.current().brand.appHost, URL.canParse(baseUrl()) ? new URL(baseUrl()).hostname : ''],
  }
}

const mailerOf = ({ smtpUrl, mailFrom, dataDir }: Config, settings: SettingsHolder): Mailer =>
  createMailer({ smtpUrl, from: () => senderOf(mailFrom, settings.current()), dataDir })

const operatorSettings = (config: Config): OperatorSettings => ({
  brand: { name: config.brand, appHost: config.appHost, supportEmail: config.supportEmail },
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  suggestions: starterSuggestions,
  model: config.model,
  modelHttpHosts: config.modelHttpHosts,
})

const identityParts = (parts: Parts, keys: FileKeys, people: () => readonly People[]): IdentityParts => ({
  seal: textSeal(keys),
  audience: parts.baseUrl,
  join: async (tx, pair) => {
    for (const room of people()) await room.join?.(tx, pair)
    await moveEvents(tx, pair)
  },
})

const librarySettings = (config: Config, brand: SettingsNow['brand']) => ({
  brand: brand.name,
  appHost: brand.appHost,
  supportEmail: brand.supportEmail,
  uploadLimitMb: config.uploadLimitBytes / 1_000_000,
  captureRetentionDays: config.captureRetentionDays,
})

const flowSettings = (config: Config, brand: SettingsNow['brand'], baseUrl: string) => ({
  brand: brand.name,
  appHost: brand.appHost,
  supportEmail: brand.supportEmail,
  uploadLimitBytes: config.uploadLimitBytes,
  captureLimitBytes: maxAttachmentBytes,
  baseUrl,
})

const readingOptions = (config: Config, appHost: string, now: StatusSnapshot) => ({
  firstPartyHosts: [appHost],
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
