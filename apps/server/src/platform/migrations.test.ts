import { createHash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { serverFolder } from '../folders.ts'
import { administer } from '../testkit/cluster.ts'
import { ownCluster } from '../testkit/own-cluster.ts'
import type { ConnectionSettings } from './database.ts'
import { type Migration, MigrationError, migrate, pendingMigrations, readMigrations } from './migrations.ts'
import { prepareDatabase } from './prepare-database.ts'
import { ownershipSql } from './roles.ts'

let database: string
let connection: ConnectionSettings
const clients: pg.Client[] = []

beforeEach(async () => {
  database = `clew_migrations_${randomUUID().slice(0, 8)}`
  const cluster = ownCluster()
  await administer(cluster, `CREATE DATABASE ${database}`)
  connection = { ...cluster, database }
  await administer(connection, ...ownershipSql(database))
})

afterEach(async () => {
  vi.unstubAllEnvs()
  // What was read in one language must not speak in the files that follow.
  vi.resetModules()
  for (const client of clients.splice(0)) await client.end().catch(() => undefined)
  await administer(ownCluster(), `DROP DATABASE ${database} WITH (FORCE)`)
})

async function connect(): Promise<pg.Client> {
  const client = new pg.Client(connection)
  client.on('error', () => undefined)
  clients.push(client)
  await client.connect()
  return client
}

const migration = (name: string, sql: string): Migration => ({
  name,
  sql,
  checksum: createHash('sha256').update(sql).digest('hex'),
})
const first = migration('0001_first.sql', 'CREATE TABLE first (id int); INSERT INTO first VALUES (1)')
const second = migration('0002_second.sql', 'CREATE TABLE second (id int)')
const broken = migration('0002_second.sql', 'CREATE TABLE second (id int); INSERT INTO nowhere VALUES (1)')

const tables = async (client: pg.Client): Promise<string[]> => {
  const { rows } = await client.query<{ tablename: string }>(
    `SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`,
  )
  return rows.map(({ tablename }) => tablename)
}

test('a migration runs once, and a second start finds nothing to do', async () => {
  const client = await connect()
  expect(await pendingMigrations(client, [first, second])).toEqual([first.name, second.name])
  expect(await migrate(client, [first, second])).toEqual([first.name, second.name])
  expect(await migrate(client, [first, second])).toEqual([])
  expect(await pendingMigrations(client, [first, second])).toEqual([])
})

test('a migration whose second statement fails leaves nothing, and the mended one runs', async () => {
  const client = await connect()
  await expect(migrate(client, [first, broken])).rejects.toThrow(MigrationError)
  expect(await tables(client)).toEqual(['first', 'migrations'])
  expect(await migrate(client, [first, second])).toEqual([second.name])
  expect(await tables(client)).toEqual(['first', 'migrations', 'second'])
})

test('a migrator killed in the middle of a file leaves nothing, and the next one runs all of it', async () => {
  const victim = await connect()
  const { rows } = await victim.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  const slow = migration('0002_slow.sql', 'CREATE TABLE second (id int); SELECT pg_sleep(60)')
  const killed = migrate(victim, [first, slow])
  const refusal = expect(killed).rejects.toThrow()
  const other = await connect()
  await expect
    .poll(
      async () =>
        (await other.query(`SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'PgSleep'`, [rows[0]?.pid]))
          .rowCount,
    )
    .toBe(1)
  await other.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid])
  await refusal
  expect(await tables(other)).toEqual(['first', 'migrations'])
  expect(await migrate(other, [first, migration('0002_slow.sql', 'CREATE TABLE second (id int)')])).toEqual([
    '0002_slow.sql',
  ])
})

test('of two migrators at once each file is run by one', async () => {
  const both = await Promise.all([migrate(await connect(), [first, second]), migrate(await connect(), [first, second])])
  expect(both.flat().sort()).toEqual([first.name, second.name])
  expect((await (await connect()).query('SELECT id FROM first')).rows).toHaveLength(1)
})

test('a file that was changed after it ran is refused, and nothing later runs', async () => {
  const client = await connect()
  await migrate(client, [first])
  const changed = migration(first.name, 'CREATE TABLE other (id int)')
  await expect(migrate(client, [changed, second])).rejects.toThrow(/0001_first\.sql was changed/)
  expect(await tables(client)).toEqual(['first', 'migrations'])
})

test('a database that a newer release has migrated is refused', async () => {
  const client = await connect()
  await migrate(client, [first, second])
  await expect(migrate(client, [first])).rejects.toThrow(/newer release \(0002_second\.sql\)/)
})

test.each([
  ['C', /^The migration 0002_second\.sql failed and was undone: relation "nowhere" does not exist\. .+ start again\.$/],
  [
    'el_GR.UTF-8',
    /^Το βήμα αναβάθμισης 0002_second\.sql απέτυχε.+: relation "nowhere" does not exist\. .+ ξεκινήστε ξανά\.$/,
  ],
])('in a terminal of %s it is said what was wrong and what to do', async (lcAll, failure) => {
  vi.stubEnv('LC_ALL', lcAll)
  vi.resetModules()
  const { migrate: run } = await import('./migrations.ts')
  const client = await connect()
  await expect(run(client, [first, broken])).rejects.toThrow(failure)
  await migrate(client, [first, second])
  const isGreek = /^\p{Script=Greek}.*0001_first\.sql|^\p{Script=Greek}.*0002_second\.sql/u
  for (const wrong of [[first], [migration(first.name, ''), second]]) {
    const { message } = (await run(client, wrong).catch((error: Error) => error as Error)) as Error
    expect(isGreek.test(message), message).toBe(lcAll !== 'C')
  }
})

test('a refused migrator lets go of the lock', async () => {
  const client = await connect()
  await expect(migrate(client, [broken])).rejects.toThrow(MigrationError)
  expect(await migrate(await connect(), [first])).toEqual([first.name])
})

test('servers that start at once on an empty database all find it ready, with its queues', async () => {
  const preparation = {
    connection,
    migrations: readMigrations(join(serverFolder, 'migrations')),
    queues: [{ name: 'test.one', retries: 1, timeoutSeconds: 10 }],
  }
  const start = () => prepareDatabase(preparation)
  const all = await Promise.all([start(), start(), start(), start()])
  expect(all.map(({ epoch }) => epoch)).toEqual([1, 1, 1, 1])
  const names = preparation.migrations.map(({ name }) => name)
  expect(all.flatMap(({ migrated }) => migrated).sort()).toEqual(names)
})

test('a database that cannot search Greek is refused before anything is in it', async () => {
  const mute = `${database}_mute`
  await administer(
    ownCluster(),
    `CREATE DATABASE ${mute} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'`,
  )
  try {
    const preparation = { connection: { ...ownCluster(), database: mute }, migrations: [first] }
    await expect(prepareDatabase(preparation)).rejects.toThrow('cannot search Greek')
    const client = new pg.Client(preparation.connection)
    await client.connect()
    const { rows } = await client.query(`SELECT to_regclass('public.migrations') AS found`)
    await client.end()
    expect(rows).toEqual([{ found: null }])
  } finally {
    await administer(ownCluster(), `DROP DATABASE ${mute} WITH (FORCE)`)
  }
})
