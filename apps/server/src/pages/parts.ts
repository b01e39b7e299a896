import { createHmac } from 'node:crypto'
import { Readable } from 'node:stream'
import type { FlowLibrary } from '@clew/flows'
import type { Product } from '../clew.ts'
import type { LibraryHolder } from '../domains/articles/index.ts'
import { enterLink, openByLink, viewLink } from '../domains/har/index.ts'
import type { SettingsNow } from '../domains/organisations/index.ts'
import { type StatusSnapshot } from '../domains/status/index.ts'
import { builtFolder } from '../folders.ts'
import type { Clock } from '../platform/clock.ts'
import type { Config } from '../platform/config.ts'
import type { Ctx } from '../platform/ctx.ts'
import type { Database } from '../platform/database.ts'
import type { Log } from '../platform/log.ts'
import { storageKeyOfProcess } from '../platform/storage/key.ts'
import type { Storage } from '../platform/storage.ts'
import { type ContactDesk, contactDesk } from './contact-desk.ts'
import { type FollowDesk, followDesk } from './follow-desk.ts'
import { type MyDesk, myDesk } from './my-desk.ts'
import type { Sharing } from './sharing.ts'
import { type SsoDesk, ssoDesk } from './sso-desk.ts'

/** Which of the things that people rely on can be reached now. */
export type Health = { messages: boolean; files: boolean }

/** Where the built files of the browser apps lie. */
export type DistDirs = { site: string; widget: string; workspace: string }

export type PageParts = {
  config: Pick<Config, 'baseUrl' | 'uploadLimitBytes' | 'sanitising' | 'maxCaptureBytes'>
  /** What the team decided, from memory. */
  settings: { current(): SettingsNow }
  library: LibraryHolder
  /** The flows that people get, from memory. */
  flows: { current(): FlowLibrary }
  /** What the team says about the service; from memory, so that it answers without a database. */
  status: { current(): StatusSnapshot }
  contact: ContactDesk
  my: MyDesk
  health(): Promise<Health>
  sharing: Sharing
  following: FollowDesk
  sso: SsoDesk
  newCtx: (job: string) => Ctx
  log: Log
  clock: Clock
  distDirs: DistDirs
  /** Seals the token of the contact form; the same in every process. */
  formSecret: () => string
  /** Multiplies the limits of the forms; tests raise it. */
  limitFactor?: number
}

/** What the pages need from the running product. */
export function pageParts(product: Product): PageParts {
  const { config, database, house, newCtx, log, clock } = product
  return {
    config,
    settings: house.settings,
    library: house.library,
    status: house.status,
    flows: house.flows,
    contact: contactDesk(product),
    my: myDesk(product),
    health: () => healthOf(database, house.storage),
    sharing: sharing(product),
    following: followDesk(product),
    sso: ssoDesk(product),
    newCtx,
    log,
    clock,
    distDirs: {
      site: builtFolder('packages/site'),
      widget: builtFolder('apps/widget'),
      workspace: builtFolder('apps/workspace'),
    },
    // Every process signs in to the database with the same password, so each accepts the forms of the others.
    formSecret: () => createHmac('sha256', database.settings.password).update('clew contact form').digest('base64url'),
  }
}

const sharing = ({ newCtx, house, session }: Product): Sharing => {
  const ctx = (): Ctx => newCtx('har.open_link')
  return {
    view: (holder) => viewLink(ctx(), holder),
    enter: (holder, password) => enterLink(ctx(), holder, password),
    open: (holder, use, range) => openByLink(ctx(), house.storage, { holder, use, range }),
    agentName: async (request) => (await session(request))?.member.name,
  }
}

async function healthOf(database: Database, storage: Storage): Promise<Health> {
  const [messages, files] = await Promise.all([works(database.ping()), works(probe(storage))])
  return { messages, files }
}

/** Only writing shows that files can be taken. */
async function probe(storage: Storage): Promise<void> {
  const key = storageKeyOfProcess(process.pid)
  await storage.put(key, Readable.from([Buffer.from('ok')]), 2)
  await storage.remove(key)
}

const works = (attempt: Promise<unknown>): Promise<boolean> =>
  attempt.then(
    () => true,
    () => false,
  )
