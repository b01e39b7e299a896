import pg from 'pg'
import { systemClock } from './clock.ts'
import { ConfigError } from './config.ts'
import { type Access, type ConnectionSettings, codeOf } from './database.ts'
import { uuidv7 } from './ids.ts'
import { createQueues, type QueueDefinition } from './job-queues.ts'
import { type Migration, type MigrationStep, migrate, pendingMigrations } from './migrations.ts'
import { derivedAppPassword, forbiddenPowers, ownershipSql, rolesSql } from './roles.ts'
import { say } from './say.ts'

export type Prepared = Access & { migrated: string[] }

export type Preparation = {
  /** The administrator, or a plain sign-in role on a database that someone else prepared. */
  connection: ConnectionSettings
  migrations: readonly Migration[]
  /** The job queues of this release; without them there is nothing but tables. */
  queues?: readonly QueueDefinition[]
  onProgress?: (step: MigrationStep) => void
}

/**
 * Makes a database ready to serve: roles, migrations, job queues, epoch. An administrator's connection prepares
 * everything and leaves signing in to `clew_app`; a plain role only checks that everything is there.
 */
export async function prepareDatabase(preparation: Preparation): Promise<Prepared> {
  const admin = administrator(preparation.connection)
  await admin.connect().catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ConfigError(say('cli.database_unreachable', { reason }), { cause })
  })
  try {
    await refuseOldServer(admin)
    if (await mayCreateRoles(admin)) return await prepareAsAdministrator(admin, preparation)
    return await checkPrepared(admin, preparation)
  } catch (error) {
    throw mayNot(error)
  } finally {
    await admin.end()
  }
}

/** A right that is missing (42501) is the operator's to give; `cause` when a migration stumbled over it. */
function mayNot(error: unknown): unknown {
  const found = [error, error instanceof Error ? error.cause : undefined].find((each) => codeOf(each) === '42501')
  if (!(found instanceof Error)) return error
  return new ConfigError(say('cli.database_may_not', { reason: found.message }), { cause: error })
}

async function prepareAsAdministrator(admin: pg.Client, preparation: Preparation): Promise<Prepared> {
  const { connection } = preparation
  if (connection.password === '') {
    throw new ConfigError(say('cli.database_no_password'))
  }
  const app = { ...connection, user: 'clew_app', password: derivedAppPassword(connection.password) }
  return oneAtATime(admin, async () => {
    for (const statement of rolesSql(app.password)) await queryUndisturbed(admin, statement)
    for (const statement of ownershipSql(connection.database)) await queryUndisturbed(admin, statement)
    await checkTrigrams(admin)
    const migrated = await fill(admin, preparation)
    const epoch = await settleEpoch(admin)
    return { app, epoch, migrated }
  })
}

/**
 * Tables and job queues. Both take half a second in an empty database and know nothing of each other, so the queues are
 * made beside the migrations; not before the first of these, since a database of a newer release stays as it is.
 */
async function fill(admin: pg.Client, { connection, migrations, queues, onProgress }: Preparation): Promise<string[]> {
  let preparing: Promise<void> | undefined
  const begin = (): Promise<void> => {
    preparing ??= queues === undefined ? Promise.resolve() : prepareQueues(connection, queues)
    // What goes wrong is told when it is waited for.
    preparing.catch(() => undefined)
    return preparing
  }
  try {
    const migrated = await migrate(admin, migrations, (step) => {
      onProgress?.(step)
      void begin()
    })
    await begin()
    return migrated
  } finally {
    await preparing?.catch(() => undefined)
  }
}

/** Any number, the same in every process: of several that start on one database, one prepares at a time. */
const lockKey = 4_250_003

async function oneAtATime<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query(`SELECT pg_advisory_lock(${lockKey})`)
  try {
    return await work()
  } finally {
    await client.query(`SELECT pg_advisory_unlock(${lockKey})`)
  }
}

const maxTries = 20

/**
 * Roles belong to the whole cluster, locks to one database. PostgreSQL refuses, as an internal error, to change a role
 * that another database's start changes at this moment; the statements may be said again.
 */
async function queryUndisturbed(client: pg.Client, statement: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await client.query(statement)
      return
    } catch (error) {
      const isDisturbed = error instanceof Error && error.message.includes('tuple concurrently')
      if (!isDisturbed || tries === maxTries) throw error
    }
  }
}

async function checkPrepared(client: pg.Client, { connection, migrations }: Preparation): Promise<Prepared> {
  const powers = await forbiddenPowers(client)
  if (powers.length > 0) {
    throw new ConfigError(say('cli.database_role_sees_all', { powers: powers.join(', ') }))
  }
  const pending = await pendingMigrations(client, migrations)
  if (pending.length > 0) {
    throw new ConfigError(say('cli.database_behind', { count: pending.length }))
  }
  await client.query('BEGIN; SET LOCAL ROLE clew_system')
  const { rows } = await client.query<{ epoch: number }>('SELECT epoch FROM installation')
  await client.query('COMMIT')
  const epoch = rows[0]?.epoch
  if (epoch === undefined) throw new ConfigError(say('cli.database_never_prepared'))
  return { app: connection, epoch, migrated: [] }
}

/** Creates job queues; the administrator's part, like the migrations. */
export async function prepareQueues(connection: ConnectionSettings, queues: readonly QueueDefinition[]): Promise<void> {
  const admin = administrator(connection)
  await admin.connect()
  try {
    await createQueues(admin, queues)
  } finally {
    await admin.end()
  }
}

function administrator(connection: ConnectionSettings): pg.Client {
  const client = new pg.Client({ ...connection, application_name: 'clew-prepare' })
  // A connection that breaks makes the next statement fail; without a listener it would end the process.
  client.on('error', () => undefined)
  return client
}

async function mayCreateRoles(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(
    'SELECT rolsuper OR rolcreaterole AS may FROM pg_roles WHERE rolname = session_user',
  )
  return rows[0]?.may ?? false
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_version_num: string }>('SHOW server_version_num')
  const version = Number(rows[0]?.server_version_num ?? 0)
  if (version < 150_000)
    throw new ConfigError(say('cli.database_too_old', { version: String(Math.floor(version / 10_000)) }))
}

/**
 * With the ctype "C" trigrams see no Greek letter, without a word of warning. Asked before the first migration, which
 * brings the extension, so that a database that has to be made anew stays empty.
 */
async function checkTrigrams(client: pg.Client): Promise<void> {
  await client.query('BEGIN; SET LOCAL ROLE clew_owner')
  try {
    await client.query('CREATE EXTENSION IF NOT EXISTS pg_trgm')
    const { rows } = await client.query<{ seen: boolean }>(`SELECT show_trgm('αβ') <> '{}' AS seen`)
    if (!rows[0]?.seen) throw new ConfigError(say('cli.database_no_greek'))
  } catch (error) {
    throw isMissing(error) ? new ConfigError(say('cli.database_no_trigrams', { reason: error.message })) : error
  } finally {
    await client.query('ROLLBACK')
  }
}

/** The server has no such extension to offer: feature_not_supported, or the file that is not there. */
const isMissing = (error: unknown): error is Error =>
  error instanceof Error && ['0A000', '58P01'].includes(codeOf(error))

/**
 * The transaction counter that orders the event log belongs to one cluster. When the data turns up in another one,
 * or the counter went back (a restore), a new epoch begins, and clients from before read everything again.
 */
async function settleEpoch(client: pg.Client): Promise<number> {
  await client.query('BEGIN')
  try {
    const { rows } = await client.query<{ here: string }>(
      'SELECT system_identifier::text AS here FROM pg_control_system()',
    )
    const here = rows[0]?.here ?? 'unknown'
    await client.query('SET LOCAL ROLE clew_system')
    await client.query(
      `INSERT INTO installation (id, epoch, system_identifier, created_at) VALUES ($1, 1, $2, $3) ON CONFLICT (singleton) DO NOTHING`,
      [uuidv7(systemClock.now().getTime()), here, systemClock.now()],
    )
    const raised = await client.query<{ epoch: number }>(
      `UPDATE installation SET epoch = epoch + 1, system_identifier = $1
        WHERE system_identifier <> $1
           OR pg_current_xact_id() < coalesce((SELECT max(xid) FROM events WHERE events.epoch = installation.epoch), '0'::xid8)
        RETURNING epoch`,
      [here],
    )
    const current = raised.rows[0] ?? (await client.query<{ epoch: number }>('SELECT epoch FROM installation')).rows[0]
    await client.query('COMMIT')
    if (!current) throw new Error('the installation row is missing')
    return current.epoch
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}
