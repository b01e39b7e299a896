import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { findRunningPostgres } from '../../apps/server/src/platform/embedded-postgres/join.ts'

const root = path.join(import.meta.dirname, '../../..')
export const inRoot = (...parts: string[]): string => path.join(root, ...parts)

/** The built product as a process of its own. */
export type RunningClew = {
  port: number
  pid: number
  dataDir: string
  /** What it printed, each line with the milliseconds since it was started. */
  lines: readonly { text: string; ms: number }[]
  readyMs: number
  /** When its database took connections. */
  databaseReadyMs: number
  /** A connection that passes every wall, for filling the database and for baselines. */
  connect(): Promise<pg.Client>
  pool(max: number): pg.Pool
  stop(): Promise<void>
}

export function makeDataDir(): string {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'clew-bench-'))
  chmodSync(dataDir, 0o711)
  return dataDir
}

export const removeDataDir = (dataDir: string): void => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })

/** Runs `use` with a Clew on a new data directory, and clears up whatever happens. */
export async function withClew<T>(use: (clew: RunningClew) => Promise<T>): Promise<T> {
  const dataDir = makeDataDir()
  const clew = await startClew(dataDir)
  try {
    return await use(clew)
  } finally {
    await clew.stop()
    removeDataDir(dataDir)
  }
}

const program = `import('${inRoot('apps/server/dist/main.js')}').then(({ run }) => run(['serve']))`

/** `CLEW_BENCH_NODE` holds further flags for the server's Node, such as `--cpu-prof --cpu-prof-dir=/tmp`. */
const nodeFlags = (process.env['CLEW_BENCH_NODE'] ?? '').split(' ').filter((flag) => flag !== '')

export async function startClew(dataDir: string): Promise<RunningClew> {
  const port = await freePort()
  const startedAt = performance.now()
  const child = spawn(process.execPath, [...nodeFlags, '--input-type=module', '-e', program], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      CLEW_DATA_DIR: dataDir,
      CLEW_RATE_LIMIT: '1000000',
      CLEW_LOG_LEVEL: 'error',
      DATABASE_URL: '',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const stopWithUs = () => child.kill('SIGINT')
  process.once('exit', stopWithUs)
  const lines: { text: string; ms: number }[] = []
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const ms = performance.now() - startedAt
    for (const line of text.split('\n')) if (line.trim() !== '') lines.push({ text: line.trim(), ms })
  })
  const { readyMs, databaseReadyMs } = await untilReady({ child, port, dataDir, startedAt })
  const connection = findRunningPostgres(dataDir)
  if (!connection) throw new Error('the embedded database does not run')
  return {
    port,
    pid: child.pid ?? 0,
    dataDir,
    lines,
    readyMs,
    databaseReadyMs,
    connect: async () => {
      const client = new pg.Client(connection)
      await client.connect()
      return client
    },
    pool: (max) => {
      const pool = new pg.Pool({ ...connection, max })
      // An idle connection that breaks ends no bench; the next statement says what happened.
      pool.on('error', () => undefined)
      return pool
    },
    stop: async () => {
      process.off('exit', stopWithUs)
      if (child.exitCode !== null || child.signalCode !== null) return
      // Before it says so it does not stop tidily.
      while (child.exitCode === null && !lines.some(({ text }) => text.includes('Ctrl+C'))) await pause(4)
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGINT')
      await ended
    },
  }
}

const patienceMs = 60_000

type Starting = { child: ChildProcess; port: number; dataDir: string; startedAt: number }

async function untilReady({ child, port, dataDir, startedAt }: Starting) {
  let databaseReadyMs: number | undefined
  for (let ms = 0; ms < patienceMs; ms = performance.now() - startedAt) {
    if (child.exitCode !== null) throw new Error(`Clew ended with ${child.exitCode}`)
    if (databaseReadyMs === undefined && isPostgresReady(dataDir)) databaseReadyMs = performance.now() - startedAt
    const response = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined)
    const readyMs = performance.now() - startedAt
    if (response?.status === 200) return { readyMs, databaseReadyMs: databaseReadyMs ?? readyMs }
    await pause(20)
  }
  throw new Error('Clew did not become ready')
}

/** PostgreSQL writes its state into the last line of its pid file. */
function isPostgresReady(dataDir: string): boolean {
  try {
    return readFileSync(path.join(dataDir, 'pg/postmaster.pid'), 'utf8').trimEnd().endsWith('ready')
  } catch {
    return false
  }
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return address.port
}
