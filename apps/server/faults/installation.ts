import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync, type WriteStream } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '@clew/testkit/free-port'
import pg from 'pg'
import { connectionOf } from '../src/platform/connection-url.ts'
import type { ConnectionSettings } from '../src/platform/database.ts'
import { keptSecret } from '../src/platform/kept-secret.ts'

export type DatabaseKind = 'embedded' | 'url'

/** The built product as an operator runs it, with a process to kill and a folder of its own. */
export type Installation = {
  baseUrl: string
  dataDir: string
  /** Starts the server and waits until it says that it is ready. Answers how long that took. */
  start(): Promise<number>
  /** The one-time link's token, printed by the first start. */
  setupToken(): Promise<string>
  killServer(): Promise<void>
  /** Ends the embedded PostgreSQL without a word; its data has to be recovered by the next start. */
  killDatabase(): void
  /** Until a server that was not stopped is ready again by itself. Answers how long that took. */
  heals(): Promise<number>
  /** Asks the server to end, as an operator does. Answers its exit code and how long it took. */
  terminate(): Promise<{ code: number | null; ms: number }>
  query(text: string): Promise<Record<string, unknown>[]>
  /** What the server complained of in its log, and how often. */
  complaints(): ReadonlyMap<string, number>
  remove(): Promise<void>
}

/** The folder of the repository, from the bundle of this file as well as from its source. */
const root = rootAbove(import.meta.dirname)
// No person writes as fast as a load, and being told to wait for the next minute looks like being stuck.
const program = `import(process.argv[1]).then(async ({ run }) => { process.exitCode = await run(['serve'], { limitFactor: 1000 }) })`
const readyWithinMs = 60_000

export async function install(kind: DatabaseKind, env: Record<string, string>): Promise<Installation> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'clew-faults-'))
  chmodSync(dataDir, 0o711)
  const port = await freePort()
  const database = kind === 'url' ? await createDatabase() : embedded(dataDir)
  const logFile = path.join(dataDir, 'server.log')
  const log = createWriteStream(logFile)
  let output = ''
  let server: ChildProcess | undefined

  const launch = (): ChildProcess => {
    const child = serve({ ...env, ...database.env, PORT: String(port), CLEW_DATA_DIR: dataDir })
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text
        log.write(text)
      })
    return child
  }

  const baseUrl = `http://127.0.0.1:${port}`
  return {
    baseUrl,
    dataDir,
    start: async () => {
      const startedAt = performance.now()
      server = launch()
      await becomesReady(baseUrl, server, () => output)
      return performance.now() - startedAt
    },
    heals: async () => {
      const startedAt = performance.now()
      if (server) await becomesReady(baseUrl, server, () => output)
      return performance.now() - startedAt
    },
    setupToken: () => printed(/#token=(\S+)/, () => output),
    killServer: () => end(server, 'SIGKILL').then(() => undefined),
    killDatabase: () => database.kill(),
    terminate: async () => {
      const startedAt = performance.now()
      const code = await end(server, 'SIGTERM')
      return { code, ms: performance.now() - startedAt }
    },
    query: (text) => query(database.connection(), text),
    complaints: () => complaintsIn(output),
    remove: async () => {
      await end(server, 'SIGKILL')
      database.kill()
      await database.drop()
      await closed(log)
      removeFolder(dataDir)
    },
  }
}

/** The built server in a process of its own, with these settings and no others. */
export function serve(env: Record<string, string>): ChildProcess {
  const main = path.join(root, 'apps/server/dist/main.js')
  if (!existsSync(main)) throw new Error('the server is not built: run `npm run build` first')
  return spawn(process.execPath, ['--enable-source-maps', '--eval', program, main], {
    cwd: root,
    env: { ...plainEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

type Database = {
  env: Record<string, string>
  connection(): ConnectionSettings
  kill(): void
  drop(): Promise<void>
}

function embedded(dataDir: string): Database {
  const base = () => {
    const elsewhere = path.join(dataDir, 'pg-location')
    return existsSync(elsewhere) ? readFileSync(elsewhere, 'utf8').trim() : dataDir
  }
  const pidFile = () => path.join(base(), 'pg', 'postmaster.pid')
  return {
    env: {},
    connection: () => ({
      host: readFileSync(pidFile(), 'utf8').split('\n')[4] ?? '',
      port: 5432,
      user: 'postgres',
      password: keptSecret(dataDir, 'postgres_superuser_password'),
      database: 'postgres',
    }),
    kill: () => {
      if (!existsSync(pidFile())) return
      const pid = Number(readFileSync(pidFile(), 'utf8').split('\n')[0])
      // The number may belong to somebody else by now; ours is the one that works on this cluster.
      if (commandLineOf(pid).includes(path.join(base(), 'pg'))) process.kill(pid, 'SIGKILL')
    },
    drop: async () => {
      if (base() !== dataDir) removeFolder(base())
    },
  }
}

/** A database of its own on the server that the tests use; never the one of an installation. */
async function createDatabase(): Promise<Database> {
  const [url] = process.env['CLEW_TEST_DATABASE_URL']?.trim().split(/\s+/) ?? []
  if (url === undefined)
    throw new Error('--database url needs CLEW_TEST_DATABASE_URL: an administrator of a PostgreSQL for tests')
  const given = connectionOf(url)
  const admin = { ...given, password: given.password === '' ? 'only-for-tests' : given.password }
  const name = `clew_faults_${process.pid}`
  await query(admin, `CREATE DATABASE ${name}`)
  const own = new URL('postgres://localhost')
  own.username = admin.user
  own.password = admin.password
  own.pathname = name
  own.searchParams.set('host', admin.host)
  own.searchParams.set('port', String(admin.port))
  return {
    env: { DATABASE_URL: own.href },
    connection: () => ({ ...admin, database: name }),
    kill: () => undefined,
    drop: async () => {
      await query(admin, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    },
  }
}

async function query(connection: ConnectionSettings, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

async function becomesReady(baseUrl: string, server: ChildProcess, output: () => string): Promise<void> {
  const startedAt = performance.now()
  for (;;) {
    if (server.exitCode !== null) throw new Error(`the server ended by itself:\n${output().slice(-3000)}`)
    if (performance.now() - startedAt > readyWithinMs)
      throw new Error(`the server was not ready in time:\n${output().slice(-3000)}`)
    const ready = await fetch(`${baseUrl}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (ready) return
    await pause(20)
  }
}

/** What the server prints it prints a moment after it is ready. */
async function printed(pattern: RegExp, output: () => string): Promise<string> {
  for (let tries = 0; tries < 250; tries += 1) {
    const found = pattern.exec(output())?.[1]
    if (found !== undefined) return found
    await pause(20)
  }
  throw new Error(`the server did not print ${pattern.source}:\n${output().slice(-3000)}`)
}

async function end(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<number | null> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null
  child.kill(signal)
  await once(child, 'exit')
  return child.exitCode
}

/** The settings of whoever runs this must not reach the server. */
const plainEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(CLEW_|DATABASE_URL$|HOST$|PORT$|PG)/.test(name)),
  )

function rootAbove(folder: string): string {
  return existsSync(path.join(folder, 'package-lock.json')) ? folder : rootAbove(path.dirname(folder))
}

function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

const closed = (stream: WriteStream): Promise<void> => new Promise((resolve) => stream.end(() => resolve()))

function complaintsIn(output: string): Map<string, number> {
  const times = new Map<string, number>()
  for (const line of output.split('\n')) {
    const level = /^\{"level":"(warn|error|fatal)"/.exec(line)?.[1]
    if (level === undefined) continue
    const what = /"msg":"([^"]*)"/.exec(line)?.[1] ?? ''
    const cause = /"message":"([^"]{0,80})/.exec(line)?.[1] ?? /"code":"([^"]*)"/.exec(line)?.[1] ?? ''
    const complaint = `${level}: ${what}${cause === '' ? '' : ` (${cause})`}`
    times.set(complaint, (times.get(complaint) ?? 0) + 1)
  }
  return times
}

/** A killed PostgreSQL takes a moment to let go of its files. */
const removeFolder = (folder: string): void =>
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
