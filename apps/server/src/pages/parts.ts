import { createHmac } from 'node:crypto'
import { Readable } from 'node:stream'
import type { ContactId, Locale } from '@clew/contract/primitives'
import type { Product } from '../clew.ts'
import type { LibraryHolder } from '../domains/articles/index.ts'
import { downloadByLink, enterLink, viewLink } from '../domains/har/index.ts'
import { sessionReader } from '../domains/sign-in/index.ts'
import { type StatusSnapshot } from '../domains/status/index.ts'
import { builtFolder } from '../folders.ts'
import type { Clock } from '../platform/clock.ts'
import type { Config } from '../platform/config.ts'
import { type Ctx, clockIds, createCtx } from '../platform/ctx.ts'
import type { Database } from '../platform/database.ts'
import type { Log } from '../platform/log.ts'
import type { Storage } from '../platform/storage.ts'
import type { OpenCase } from './contact-form.ts'
import { openCase } from './open-case.ts'
import type { Sharing } from './sharing.ts'

/** Which of the things that people rely on can be reached now. */
export type Health = { messages: boolean; files: boolean }

/** Where the built files of the browser apps lie. */
export type DistDirs = { site: string; widget: string; workspace: string }

export type PageParts = {
  config: Pick<Config, 'baseUrl' | 'brand' | 'uploadLimitBytes'>
  library: LibraryHolder
  /** What the team says about the service; from memory, so that it answers without a database. */
  status: { current(): StatusSnapshot }
  /** Stores a case from the contact form; answers with the number that people say aloud. */
  openCase(input: OpenCase): Promise<{ reference: string }>
  health(): Promise<Health>
  sharing: Sharing
  newCtx: (job: string) => Ctx
  log: Log
  clock: Clock
  distDirs: DistDirs
  /** Seals the token of the contact form; the same in every process. */
  formSecret: string
  /** Multiplies the limits of the forms; tests raise it. */
  limitFactor?: number
}

/** What the pages need from the running product. */
export function pageParts({ config, database, house, newCtx, log, clock }: Product): PageParts {
  return {
    config,
    library: house.library,
    status: house.status,
    openCase: (input) => openCase(newContactCtx(database, clock, input.locale), input),
    health: () => healthOf(database, house.storage),
    sharing: sharing(newCtx, house),
    newCtx,
    log,
    clock,
    distDirs: {
      site: builtFolder('packages/site'),
      widget: builtFolder('apps/widget'),
      workspace: builtFolder('apps/workspace'),
    },
    // Every process signs in to the database with the same password, so each accepts the forms of the others.
    formSecret: createHmac('sha256', database.settings.password).update('clew contact form').digest('base64url'),
  }
}

/** Somebody who was not here before acts for themselves, and sees no more than they will. */
const newContactCtx = (database: Database, clock: Clock, locale: Locale): Ctx =>
  createCtx(database, {
    actor: { type: 'contact', id: clockIds(clock).next() as ContactId },
    organisationId: undefined,
    locale,
    requestId: 'pages.open_case',
    clock,
  })

const sharing = (newCtx: (job: string) => Ctx, house: Product['house']): Sharing => {
  const session = sessionReader(() => newCtx('sign-in'))
  const ctx = (): Ctx => newCtx('har.open_link')
  return {
    view: (holder) => viewLink(ctx(), holder),
    enter: (holder, password) => enterLink(ctx(), holder, password),
    download: (holder) => downloadByLink(ctx(), house.storage, holder),
    agentName: async (request) => (await session(request))?.member.name,
  }
}

async function healthOf(database: Database, storage: Storage): Promise<Health> {
  const [messages, files] = await Promise.all([works(database.ping()), works(probe(storage))])
  return { messages, files }
}

/** Only writing shows that files can be taken. */
async function probe(storage: Storage): Promise<void> {
  const key = `zz/health-${process.pid}`
  await storage.put(key, Readable.from([Buffer.from('ok')]), 2)
  await storage.remove(key)
}

const works = (attempt: Promise<unknown>): Promise<boolean> =>
  attempt.then(
    () => true,
    () => false,
  )
