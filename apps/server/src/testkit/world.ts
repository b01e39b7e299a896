import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { MemberRole } from '@clew/contract/permissions'
import type { AgentId, ContactId, Locale, OrganisationId } from '@clew/contract/primitives'
import pg from 'pg'
import { type Clew, createClew } from '../clew.ts'
import { addMember, createOrganisation, ensureSupportTeam } from '../domains/organisations/index.ts'
import { memberOf } from '../domains/sign-in/index.ts'
import { openSession } from '../domains/sign-in/use-cases/open-session.ts'
import { serverFolder } from '../folders.ts'
import type { Actor } from '../platform/actor.ts'
import { fixedClock } from '../platform/clock.ts'
import { type Config, readConfig } from '../platform/config.ts'
import { type Ctx, createCtx } from '../platform/ctx.ts'
import type { Access } from '../platform/database.ts'
import { uuidv7 } from '../platform/ids.ts'
import { createLog, type Log } from '../platform/log.ts'
import { readMigrations } from '../platform/migrations.ts'
import { prepareDatabase } from '../platform/prepare-database.ts'
import { administer } from './cluster.ts'
import { templateName, worldBegins } from './global-setup.ts'
import { ownCluster } from './own-cluster.ts'

export type World = Awaited<ReturnType<typeof createWorld>>

type WorldOptions = { config?: Partial<Config>; limitFactor?: number; log?: Log }

let databases = 0

/** The whole product on a fresh copy of a real database, with a clock that stands still until it is moved. */
export async function createWorld(options: WorldOptions = {}) {
  const cluster = ownCluster()
  databases += 1
  const database = `clew_${process.pid}_${databases}_${Math.random().toString(36).slice(2, 8)}`
  await administer(cluster, `CREATE DATABASE ${database} TEMPLATE ${templateName} STRATEGY FILE_COPY`)
  const dataDir = mkdtempSync(join(tmpdir(), 'clew-world-'))
  const connection = { ...cluster, database }
  const observer = observe(connection)
  const clock = fixedClock(worldBegins)
  const config: Config = { ...readConfig({ PORT: '0', CLEW_DATA_DIR: dataDir }, dataDir), ...options.config }
  let prepared!: Access
  const clew = await createClew({
    config,
    clock,
    log: options.log ?? createLog('silent'),
    prepare: async (queues) => {
      prepared = await prepareDatabase({
        connection,
        migrations: readMigrations(join(serverFolder, 'migrations')),
        queues,
      })
      return prepared
    },
    limitFactor: options.limitFactor ?? 1000,
    keepsTime: false,
  })
  const as = (actor: Actor, locale: Locale = 'en'): Ctx =>
    createCtx(clew.database, {
      actor,
      locale,
      clock,
      requestId: 'test',
      organisationId: 'organisationId' in actor ? actor.organisationId : undefined,
    })

  return {
    clew,
    app: clew.app,
    clock,
    config,
    connection,
    prepared,
    as,
    ...people(clew, as),
    /** Until every event has been dealt with, and those that came of it. */
    settle: () => settle(clew, observer),
    /** Rows as they are, past every wall: what a test asserts on. */
    rows: async (text: string, values: unknown[] = []) =>
      (await observer.query<Record<string, unknown>>(text, values)).rows,
    close: async () => {
      await clew.stop()
      await observer.end()
      await administer(cluster, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Another process of the same installation, at the same time by its clock. */
export const createPeer = (
  { config, clock, prepared }: World,
  { keepsTime = false, asksModel = true } = {},
): Promise<Clew> =>
  createClew({
    config,
    clock,
    log: createLog('silent'),
    prepare: async () => prepared,
    limitFactor: 1000,
    keepsTime,
    asksModel,
  })

/**
 * The log is settled only when every older transaction has ended, those of other worlds on the same server included;
 * what subscribers write makes new events. So: wait, let them work, look whether anything came of it.
 */
async function settle(clew: Clew, observer: pg.Pool): Promise<void> {
  for (let seen = ''; ; ) {
    const log = await waitUntilSettled(observer)
    await clew.settle()
    if (log === seen) return
    seen = log
  }
}

async function waitUntilSettled(observer: pg.Pool): Promise<string> {
  for (;;) {
    const { rows } = await observer.query<{ last: string; open: boolean }>(
      `SELECT coalesce(max(id), 0)::text AS last,
              coalesce(bool_or(xid >= pg_snapshot_xmin(pg_current_snapshot())), false) AS open FROM events`,
    )
    const state = rows[0]
    if (state && !state.open) return state.last
    await pause(5)
  }
}

/** Connections from which a test looks at the database, and by which it breaks those of the product. */
function observe(connection: pg.ClientConfig): pg.Pool {
  const pool = new pg.Pool({ ...connection, max: 4, idleTimeoutMillis: 0 })
  // A test that cuts every connection cuts these as well.
  pool.on('error', () => undefined)
  return pool
}

function people(clew: Clew, as: (actor: Actor, locale?: Locale) => Ctx) {
  let made = 0
  return {
    /** A visitor with a session, as the bubble makes one. */
    contact: async (locale: Locale = 'en') => {
      const response = await clew.app.inject({
        method: 'POST',
        url: '/api/v1/widget/sessions',
        payload: {},
        headers: { 'x-clew-locale': locale },
      })
      const { token, contactId } = response.json<{ token: string; contactId: ContactId }>()
      return {
        id: contactId,
        token,
        headers: { authorization: `Bearer ${token}` },
        ctx: as({ type: 'contact', id: contactId }, locale),
      }
    },
    /** A member of the team, by the use-case that adds members. */
    agent: async (name = `Agent ${++made}`, role: MemberRole = 'agent') => {
      const member = await as({ type: 'system', job: 'test' }).transaction(async (tx) =>
        addMember(tx, {
          organisationId: await ensureSupportTeam(tx, 'Northlight'),
          name,
          email: `agent-${uuidv7(made)}@team.example`,
          role,
        }),
      )
      const actor: Actor = {
        type: 'agent',
        id: member.id as AgentId,
        name,
        role,
        organisationId: member.organisationId,
        permissions: member.permissions,
      }
      return { ...member, actor, ctx: as(actor) }
    },
    ...organisationBuilders(clew, as),
  }
}

function organisationBuilders(clew: Clew, as: (actor: Actor, locale?: Locale) => Ctx) {
  let made = 0
  const system = as({ type: 'system', job: 'test' })
  return {
    /** A customer's organisation. Or the support team's own, which is one too. */
    organisation: (slug = `company-${++made}`): Promise<OrganisationId> =>
      system.transaction((tx) => createOrganisation(tx, { slug, name: slug })),
    supportTeam: (): Promise<OrganisationId> => system.transaction((tx) => ensureSupportTeam(tx, 'Northlight')),
    /** Somebody of an organisation at its console, with the cookie of a session. */
    member: async (organisationId: OrganisationId, role: MemberRole = 'owner', name = `Member ${++made}`) => {
      const [member, session] = await system.transaction(async (tx) => {
        const added = await addMember(tx, {
          organisationId,
          name,
          email: `member-${uuidv7(++made)}@company.example`,
          role,
        })
        return [added, await openSession(tx, added)] as const
      })
      const actor = memberOf(member)
      return {
        ...member,
        actor,
        ctx: as(actor),
        headers: { cookie: `__Host-clew_session=${session.token}` },
      }
    },
  }
}
