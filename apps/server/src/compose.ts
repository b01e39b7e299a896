import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { longestKeepHours } from '@clew/contract/exports'
import { maxAttachmentBytes } from '@clew/contract/files'
import { type Foundation, foundation, type Parts } from './compose-foundation.ts'
import { identityParts, identityRooms, type Sso, ssoOf } from './compose-identity.ts'
import { articles, createLibraryHolder } from './domains/articles/index.ts'
import { type AssistantParts, assistant, countRuns } from './domains/assistant/index.ts'
import { type AuditParts, audit } from './domains/audit/index.ts'
import { cases } from './domains/cases/index.ts'
import { contacts, type IdentityParts } from './domains/contacts/index.ts'
import { conversations, countFlowUses, isSentToContact, PresenceBoard } from './domains/conversations/index.ts'
import { type ExportParts, exports } from './domains/exports/index.ts'
import { files, setScanning } from './domains/files/index.ts'
import { FlowHolder, flows } from './domains/flows/index.ts'
import { captureReader, har } from './domains/har/index.ts'
import { macros } from './domains/macros/index.ts'
import { notifications } from './domains/notifications/index.ts'
import { domainProver, organisations, SettingsHolder, type SettingsNow } from './domains/organisations/index.ts'
import { type ForgetParts, retention } from './domains/retention/index.ts'
import { lookUpMembership, type SsoParts } from './domains/single-sign-on/index.ts'
import {
  type FollowSettings,
  incidentsWithHosts,
  openIncidentLines,
  StatusHolder,
  type StatusSnapshot,
  status,
} from './domains/status/index.ts'
import { usage } from './domains/usage/index.ts'
import { codeFolder, serverFolder } from './folders.ts'
import { bubbleLook, senderOf, servedLoader, teamHours } from './look.ts'
import { clamdScanner } from './platform/clamd.ts'
import type { Config } from './platform/config.ts'
import {
  type Domain,
  type MemberKnowledge,
  type Meter,
  type People,
  type Subscriber,
  subscriber,
} from './platform/domain.ts'
import type { QueueDefinition } from './platform/job-queues.ts'
import type { Job, Jobs } from './platform/jobs.ts'
import type { Keeping } from './platform/keeping.ts'
import { createMailer, type Mailer } from './platform/mail/mailer.ts'
import { mailJob } from './platform/mail/outbox.ts'
import { maintenanceJobs } from './platform/maintenance.ts'
import { askModel, tryModel } from './platform/model-provider/index.ts'
import { type SealedStorage } from './platform/storage/sealed.ts'
import { policyFacts } from './policy-facts.ts'
import { readStarterFlows } from './starter-flows.ts'

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
  audit: AuditParts
  exporting: ExportParts
  sso: SsoParts
  /** Before files are taken from people: whether they wait for a scanner. A command beside the server leaves it as it is. */
  settleScanning(): Promise<void>
}

/** Builds every room, with `compose-foundation.ts` and `compose-identity.ts`: only these files know them all. */
export function compose(parts: Parts): House {
  const base = foundation(parts)
  // Known once every room is built; asked for when somebody is there.
  const people = (): readonly People[] => domains.flatMap((each) => each.people ?? [])
  const identity = identityParts(parts, base, people)
  const members = (): readonly MemberKnowledge[] => domains.flatMap((each) => each.members ?? [])
  const meters = (): readonly Meter[] => domains.flatMap((each) => each.meters ?? [])
  const sso = ssoOf(parts, base, () => domains)
  const forgetting: ForgetParts = {
    people,
    storage: base.storage,
    seal: base.seal,
    backupDays: parts.config.backupDays,
  }
  const exporting = exportParts(parts, base)
  const keeping = (): readonly Keeping[] => domains.flatMap((each) => each.keeping ?? [])
  const domains: readonly Domain[] = [
    ...lowerRooms(parts, base, { identity, members, sso, rooms: () => domains }),
    ...upperRooms(parts, base, sso),
    usage({ asSystem: base.asSystem, meters, brand: base.brand, baseUrl: parts.baseUrl }),
    retention({
      ...forgetting,
      keeping,
      jobs: parts.jobs,
      asSystem: base.asSystem,
      builtIn: keptByItself(parts.config),
    }),
    exports(exporting),
  ]
  const { library, status: statusHolder, flows: flowHolder, settings, storage, brand } = base
  const { jobs } = parts
  return {
    domains,
    library,
    status: statusHolder,
    flows: flowHolder,
    settings,
    storage,
    following: { brand, baseUrl: parts.baseUrl },
    identity,
    forgetting,
    audit: base.audit,
    exporting,
    sso,
    settleScanning: () => setScanning(base.newCtx('files.set_scanning'), parts.config.clamd !== undefined),
    jobs: [
      mailJob({ mailer: mailerOf(parts.config, settings), log: parts.log, metrics: parts.metrics }),
      ...maintenanceJobs,
      ...domains.flatMap((each) => each.jobs ?? []),
    ],
    subscribers: [mailSubscriber(jobs), ...domains.flatMap((each) => each.subscribers ?? [])],
  }
}

const exportParts = ({ jobs, baseUrl }: Parts, base: Foundation): ExportParts => ({
  storage: base.storage,
  seal: base.seal,
  jobs,
  brand: base.brand,
  baseUrl,
  asSystem: base.asSystem,
  actAs: base.actAs,
  audit: base.audit,
})

/** What the rooms above know of people, for those below. */
type Known = {
  identity: IdentityParts
  members: () => readonly MemberKnowledge[]
  sso: Sso
  rooms: () => readonly Domain[]
}

/** From the organisations up to what there is to read. */
function lowerRooms(parts: Parts, base: Foundation, { identity, members, sso, rooms }: Known): readonly Domain[] {
  const { config, database, jobs, baseUrl } = parts
  const { actAs, asSystem, newCtx, settings, storage, brand } = base
  return [
    audit(base.audit),
    organisations({
      brand,
      baseUrl,
      hasMailServer: config.smtpUrl !== undefined,
      asSystem,
      members,
      prove: domainProver({ servers: config.dnsServers }),
      policyFacts,
      settings: {
        holder: settings,
        tryModel,
        loader: servedLoader(baseUrl),
        hasMailServer: config.smtpUrl !== undefined,
      },
    }),
    ...identityRooms(parts, base, sso),
    contacts({ ...identity, actAs, asSystem, brand, baseUrl, newCtx, log: parts.log, streams: parts.streams }),
    files({
      storage,
      asSystem,
      isSentToContact,
      maxCaptureBytes: config.maxCaptureBytes,
      scanner: config.clamd && clamdScanner(config.clamd),
      jobs,
      storedKeys: async (tx, keys) => {
        const found: string[] = []
        for (const { storedKeys } of rooms()) found.push(...((await storedKeys?.(tx, keys)) ?? []))
        return found
      },
    }),
    har({
      storage,
      reader: captureReader(join(codeFolder, 'capture-worker.js')),
      jobs,
      baseUrl,
      // Every process signs in to the database with the same password, so each works out the same addresses.
      linkSecret: () =>
        createHmac('sha256', database.settings.password).update('clew capture links').digest('base64url'),
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
function upperRooms(parts: Parts, base: Foundation, sso: SsoParts): readonly Domain[] {
  const { config, clock, jobs, signal, baseUrl } = parts
  const { asSystem, newCtx, settings, seal, brand } = base
  return [
    status({ holder: base.status, newCtx, appHost: config.appHost, jobs, signal, brand, baseUrl }),
    flows({
      holder: base.flows,
      newCtx,
      starters: readStarterFlows,
      count: async (tx, since) => ({ uses: await countFlowUses(tx, since), running: await countRuns(tx, since) }),
    }),
    conversations({ board: new PresenceBoard(clock), signal }),
    cases({ jobs, seal, asSystem, operator: { command: config.lookupCommand, hosts: config.lookupHosts } }),
    macros({ newCtx, contentDir: join(serverFolder, 'content') }),
    assistant({
      library: () => base.library.current(),
      flows: () => base.flows.current(),
      status: () => base.status.current(),
      flowSettings: () => flowSettings(config, settings.current().brand, baseUrl()),
      evaluateKey: config.evaluateKey,
      router: () => base.router,
      composing: composingParts(parts, base),
      membership: async (tx, about) => (await lookUpMembership(tx, about, sso)).outcome,
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

/** How long each kind of data is kept where nobody has said it. */
const keptByItself = (config: Config) => ({
  conversation: null,
  attachment: null,
  har: config.captureRetentionDays,
  usage: null,
  audit: null,
  session: 30,
  // No rule for exports is cut short by it.
  export: longestKeepHours / 24,
})

/** A model is asked only where the settings name one. */
function composingParts(
  { jobs, signal, log, metrics, baseUrl, asksModel }: Parts,
  { settings, actAs }: { settings: SettingsHolder; actAs: AssistantParts['composing']['actAs'] },
): AssistantParts['composing'] {
  return {
    model: () => {
      const provider = settings.modelProvider()
      return provider.kind === 'off' || !asksModel ? undefined : provider
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
