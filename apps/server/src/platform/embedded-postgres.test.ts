import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { makeScratchFolder } from '@clew/testkit/scratch-folder'
import { build, type Plugin } from 'esbuild'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  type DatabaseStep,
  DataDirInUseError,
  type EmbeddedPostgres,
  EmbeddedPostgresError,
  startEmbeddedPostgres,
} from './embedded-postgres.ts'
import { commandLine } from './process-facts.ts'

const isRoot = process.getuid?.() === 0
const bundleFolder = path.join(import.meta.dirname, '../../dist/test-embedded-postgres')
const starter = path.join(bundleFolder, 'starter.js')

let folder: string
let steps: DatabaseStep[]
const running = new Set<EmbeddedPostgres>()

// Our own packages are TypeScript, which Node 20 does not read; the rest is loaded as it is.
const foreignStaysOutside: Plugin = {
  name: 'foreign-stays-outside',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^[^./]/ }, (asked) =>
      asked.path.startsWith('@clew/') ? undefined : { path: asked.path, external: true },
    ),
}

// A process of its own that starts the server and says so: something to kill.
beforeAll(async () => {
  await build({
    stdin: {
      contents: `import { startEmbeddedPostgres } from './embedded-postgres.ts'
        const database = await startEmbeddedPostgres({ dataDir: process.argv[2], log() {} })
        console.log(JSON.stringify(database.connection))
        process.on('SIGTERM', () => process.exit(1))
        setInterval(() => {}, 1000)`,
      resolveDir: import.meta.dirname,
      loader: 'ts',
    },
    bundle: true,
    plugins: [foreignStaysOutside],
    platform: 'node',
    format: 'esm',
    outfile: starter,
    logLevel: 'silent',
  })
})
afterAll(() => rmSync(bundleFolder, { recursive: true, force: true }))

beforeEach(() => {
  steps = []
  folder = makeScratchFolder('clew-pg-test-')
  chmodSync(folder, 0o755)
})

afterEach(async () => {
  for (const database of running) await database.stop()
  running.clear()
  const elsewhere = path.join(folder, 'data/pg-location')
  if (existsSync(elsewhere)) rmSync(readFileSync(elsewhere, 'utf8').trim(), { recursive: true, force: true })
  rmSync(folder, { recursive: true, force: true })
})

async function start(dataDir = path.join(folder, 'data')): Promise<EmbeddedPostgres> {
  const database = await startEmbeddedPostgres({
    dataDir,
    log: (step) => step !== 'copying_binaries' && steps.push(step),
  })
  running.add(database)
  return database
}

async function ask(database: Pick<EmbeddedPostgres, 'connection'>, sql: string): Promise<unknown[]> {
  const client = new Client(database.connection)
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows } = await client.query({ text: sql, rowMode: 'array' })
    return rows.flat()
  } finally {
    await client.end()
  }
}

type Started = { child: ChildProcess; connection: EmbeddedPostgres['connection'] }

function startInChild(dataDir = path.join(folder, 'data')): Promise<Started> {
  const child = spawn(process.execPath, [starter, dataDir], { stdio: ['ignore', 'pipe', 'ignore'] })
  return new Promise((resolve, reject) => {
    child.stdout.once('data', (line: Buffer) => resolve({ child, connection: JSON.parse(line.toString()) }))
    child.once('exit', (code) => reject(new Error(`the child ended with ${code}`)))
  })
}

function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill(signal)
  })
}

const postmasterPid = (base = path.join(folder, 'data')) =>
  Number(readFileSync(path.join(base, 'pg/postmaster.pid'), 'utf8').split('\n')[0])

test('a first start creates a cluster that knows Greek letters and listens on no network', async () => {
  const database = await start()
  expect(steps).toEqual(['creating', 'starting'])
  expect(database.adopted).toBe(false)
  await ask(database, 'CREATE EXTENSION pg_trgm')
  expect(await ask(database, "SELECT array_length(show_trgm('αβ'), 1)")).toEqual([3])
  expect(
    await ask(database, "SELECT lower('ΚΑΛΗΜΈΡΑ'), current_setting('listen_addresses'), current_setting('fsync')"),
  ).toEqual(['καλημέρα', '', 'on'])
})

test('nobody signs in without the password', async () => {
  const database = await start()
  const { password: _, ...rest } = database.connection
  await expect(ask({ connection: { ...rest, password: 'guess' } }, 'SELECT 1')).rejects.toThrow(
    'password authentication failed',
  )
  expect(statSync(database.connection.host).mode & 0o777).toBe(0o700)
  expect(statSync(path.join(folder, 'data/secrets.json')).mode & 0o777).toBe(0o600)
})

test('a second start finds the rows of the first', async () => {
  const first = await start()
  await ask(first, 'CREATE TABLE kept AS SELECT 42 AS answer')
  await first.stop()
  const second = await start()
  expect(steps).toEqual(['creating', 'starting', 'stopping', 'starting'])
  expect(await ask(second, 'SELECT answer FROM kept')).toEqual([42])
})

test('stopping ends the server and takes the socket and the lock away, however often it is asked', async () => {
  const database = await start()
  const pid = postmasterPid()
  await Promise.all([database.stop(), database.stop()])
  expect(commandLine(pid)).toEqual([])
  expect(existsSync(database.connection.host)).toBe(false)
  expect(existsSync(path.join(folder, 'data/clew.lock'))).toBe(false)
})

test('a server that outlived a killed Clew is adopted with its rows, and can be stopped', async () => {
  const { child, connection } = await startInChild()
  await ask({ connection }, 'CREATE TABLE kept AS SELECT 42 AS answer')
  await kill(child, 'SIGKILL')
  const database = await start()
  expect(database.adopted).toBe(true)
  expect(steps).toEqual(['adopting'])
  expect(await ask(database, 'SELECT answer FROM kept')).toEqual([42])
  const pid = postmasterPid()
  await database.stop()
  expect(commandLine(pid)).toEqual([])
})

test('a Clew that fails takes its server along, and the next start waits for its end', async () => {
  const { child, connection } = await startInChild()
  await ask({ connection }, 'CREATE TABLE kept AS SELECT 42 AS answer')
  await kill(child, 'SIGTERM')
  const database = await start()
  expect(database.adopted).toBe(false)
  expect(await ask(database, 'SELECT answer FROM kept')).toEqual([42])
})

test('committed rows survive a kill of the server itself', async () => {
  const { child, connection } = await startInChild()
  await ask({ connection }, 'CREATE TABLE kept AS SELECT 42 AS answer')
  const pid = postmasterPid()
  await kill(child, 'SIGKILL')
  process.kill(pid, 'SIGKILL')
  const database = await start()
  expect(database.adopted).toBe(false)
  expect(await ask(database, 'SELECT answer FROM kept')).toEqual([42])
})

test('a process number that another program has got is not taken for the server', async () => {
  await (await start()).stop()
  const file = path.join(folder, 'data/pg/postmaster.pid')
  writeFileSync(file, `${process.pid}\n${folder}/data/pg\n1700000000\n5432\n${folder}\n\n  1 1\nready\n`)
  const database = await start()
  expect(database.adopted).toBe(false)
  expect(await ask(database, 'SELECT 1')).toEqual([1])
  expect(postmasterPid()).not.toBe(process.pid)
})

test('a second Clew on the same data directory is refused and told which process has it', async () => {
  const { child } = await startInChild()
  try {
    const refusal = await start().catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(DataDirInUseError)
    expect(refusal).toMatchObject({ pid: child.pid })
  } finally {
    await kill(child, 'SIGKILL')
    await start()
  }
})

test.each([
  ['of a process that is gone', JSON.stringify({ pid: 2 ** 22 - 3, startMark: '1', token: 'x' })],
  ['of an earlier process with our own number', JSON.stringify({ pid: process.pid, startMark: '1', token: 'x' })],
  ['that was torn by a power cut', '{"pid": 1'],
  ['that is empty', ''],
])('a lock %s blocks nothing', async (_, text) => {
  mkdirSync(path.join(folder, 'data'), { mode: 0o755 })
  writeFileSync(path.join(folder, 'data/clew.lock'), text)
  await expect(start()).resolves.toMatchObject({ adopted: false })
})

test('of several that find the same stale lock at once, one gets it', async () => {
  mkdirSync(path.join(folder, 'data'), { mode: 0o755 })
  writeFileSync(path.join(folder, 'data/clew.lock'), '')
  const outcomes = await Promise.allSettled([startInChild(), startInChild(), startInChild()].map(withKill))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  await start()
})

async function withKill(started: Promise<Started>): Promise<void> {
  const { child } = await started
  await kill(child, 'SIGKILL')
}

test.each([
  ['', 'data'],
  [', under a long path', 'a-folder-with-a-rather-long-name/and-another-one-inside-it-that-is-no-shorter/data'],
])('a server that is killed alone comes back at the same address with its rows%s', async (_, dataDir) => {
  const database = await start(path.join(folder, dataDir))
  await ask(database, 'CREATE TABLE kept AS SELECT 42 AS answer')
  for (let times = 1; times <= 2; times += 1) {
    const pid = postmasterPid(path.join(folder, dataDir))
    process.kill(pid, 'SIGKILL')
    const answer = () => ask(database, 'SELECT answer FROM kept').catch(() => [])
    await expect.poll(answer, { timeout: 15_000 }).toEqual([42])
    expect(postmasterPid(path.join(folder, dataDir))).not.toBe(pid)
  }
  await database.stop()
  expect(existsSync(database.connection.host)).toBe(false)
})

test('a path too long for a socket is no obstacle', async () => {
  const deep = path.join(
    folder,
    'a-folder-with-a-rather-long-name',
    'and-another-one-inside-it-that-is-no-shorter',
    'data',
  )
  const database = await start(deep)
  expect(database.connection.host.length).toBeLessThan(90)
  expect(await ask(database, 'SELECT 1')).toEqual([1])
})

test('lost secrets do not lock us out of our own database', async () => {
  const first = await start()
  await ask(first, 'CREATE TABLE kept AS SELECT 42 AS answer')
  await first.stop()
  rmSync(path.join(folder, 'data/secrets.json'))
  expect(await ask(await start(), 'SELECT answer FROM kept')).toEqual([42])
})

test('a creation that was cut short is begun again', async () => {
  mkdirSync(path.join(folder, 'data/pg.new/base'), { recursive: true, mode: 0o755 })
  writeFileSync(path.join(folder, 'data/pg.new/PG_VERSION'), '18\n')
  expect(await ask(await start(), 'SELECT 1')).toEqual([1])
})

test('a server that cannot start says why', async () => {
  await (await start()).stop()
  const failing = startEmbeddedPostgres({
    dataDir: path.join(folder, 'data'),
    log: () => {},
    settings: { max_connections: 'many' },
  })
  await expect(failing).rejects.toThrow(/invalid value for parameter "max_connections"/)
  await expect(start()).resolves.toBeDefined()
})

test.runIf(isRoot)(
  'for root, a data directory that PostgreSQL cannot enter keeps its database elsewhere, and finds it again',
  async () => {
    chmodSync(folder, 0o700)
    const first = await start()
    await ask(first, 'CREATE TABLE kept AS SELECT 42 AS answer')
    await first.stop()
    const base = readFileSync(path.join(folder, 'data/pg-location'), 'utf8').trim()
    expect(existsSync(path.join(base, 'pg/PG_VERSION'))).toBe(true)
    expect(await ask(await start(), 'SELECT answer FROM kept')).toEqual([42])
  },
)

test.runIf(isRoot)('a database whose recorded place is gone is missed, not replaced by an empty one', async () => {
  mkdirSync(path.join(folder, 'data'), { mode: 0o755 })
  writeFileSync(path.join(folder, 'data/pg-location'), path.join(folder, 'unmounted'))
  const refusal = await start().catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(EmbeddedPostgresError)
  expect(refusal).toMatchObject({ reason: 'cluster_missing' })
  rmSync(path.join(folder, 'data/pg-location'))
})
