import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { commandLine, exists } from '../process-facts.ts'
import { give, type Server } from './cluster.ts'
import { canEnter, type RunAs } from './run-as.ts'
import { cleanEnvironment } from './run-program.ts'

/** The port only names the socket's file: nothing listens on the network. */
export const port = 5432

export type ServerSettings = Readonly<Record<string, string>>

export type Postmaster = {
  socketFolder: string
  isAlive(): boolean
  lastWords(): string
  /** Asks for a fast shutdown and does not wait. */
  interrupt(): void
  stop(): Promise<void>
}

/** The server that already runs on this cluster, because the Clew that started it was killed. */
export function findPostmaster(cluster: string): Postmaster | undefined {
  const [pidLine, , , , socketFolder] = readLines(path.join(cluster, 'postmaster.pid'))
  const pid = Number(pidLine)
  if (!socketFolder || !isPostmaster(pid, cluster)) return undefined
  return postmaster({ pid, socketFolder, cluster })
}

/** `socketFolder`: that of the server which ran before and has clients that will come back. */
export async function startPostmaster(
  server: Server & { settings: ServerSettings; socketFolder?: string },
): Promise<Postmaster> {
  const { base, cluster, native, runAs } = server
  await clearStalePid(cluster)
  const socketFolder = emptySocketFolder(server.socketFolder ?? chooseSocketFolder(base, runAs), runAs)
  const settings = Object.entries({ ...defaults, ...server.settings, unix_socket_directories: socketFolder })
  const log = openSync(logFile(cluster), 'w')
  // Its own session: Ctrl+C must reach Clew alone, which stops the server after finishing what it acknowledged.
  // Its messages go to a file and not to a pipe, which would break when Clew is killed.
  const child = spawn(
    path.join(native, 'bin/postgres'),
    ['-D', cluster, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...runAs, cwd: '/', env: cleanEnvironment, detached: true, stdio: ['ignore', log, log] },
  )
  closeSync(log)
  await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject))
  child.unref()
  return postmaster({ pid: child.pid ?? 0, child, socketFolder, cluster })
}

const defaults: ServerSettings = {
  listen_addresses: '',
  port: String(port),
  unix_socket_permissions: '0700',
  max_connections: '200',
  shared_buffers: '64MB',
  fsync: 'on',
  synchronous_commit: 'on',
  wal_compression: 'on',
  jit: 'off',
  // No processes that wait for what never comes: rows are read by index, and nothing is replicated.
  io_method: 'sync',
  max_logical_replication_workers: '0',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // One file for each day of the week, written anew: a week of messages at most. No statements or rows in them.
  logging_collector: 'on',
  log_directory: 'log',
  log_filename: 'postgres-%a.log',
  log_rotation_age: '1d',
  log_rotation_size: '0',
  log_truncate_on_rotation: 'on',
  log_min_messages: 'warning',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
}

function postmaster(parts: { pid: number; child?: ChildProcess; socketFolder: string; cluster: string }): Postmaster {
  const { pid, child, socketFolder, cluster } = parts
  const isAlive = () => (child ? child.exitCode === null && child.signalCode === null : isPostmaster(pid, cluster))
  const signal = (name: NodeJS.Signals) => {
    if (isAlive()) process.kill(pid, name)
  }
  return {
    socketFolder,
    isAlive,
    lastWords: () => readLines(logFile(cluster)).join('\n').slice(-2000),
    interrupt: () => signal('SIGINT'),
    stop: async () => {
      signal('SIGINT')
      if (!(await ends(isAlive, 60_000))) {
        // Leaves recovery to the next start, which is better than never ending.
        signal('SIGQUIT')
        await ends(isAlive, 10_000)
      }
      rmSync(socketFolder, { recursive: true, force: true })
    },
  }
}

async function ends(isAlive: () => boolean, withinMs: number): Promise<boolean> {
  const startedAt = performance.now()
  while (isAlive()) {
    if (performance.now() - startedAt > withinMs) return false
    await pause(15)
  }
  return true
}

// A path to a socket holds some hundred bytes, and ours ends in `/.s.PGSQL.5432`.
function chooseSocketFolder(base: string, runAs: RunAs): string {
  const usual = path.join(base, 'pg-run')
  if (Buffer.byteLength(usual) <= 90) return usual
  const parent = [os.tmpdir(), '/tmp'].find((folder) => folder.length <= 60 && canEnter(folder, runAs)) ?? '/tmp'
  return mkdtempSync(path.join(parent, 'clew-pg-'))
}

function emptySocketFolder(folder: string, runAs: RunAs): string {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { mode: 0o700 })
  give([folder], runAs)
  return folder
}

/**
 * PostgreSQL refuses to start while the number in postmaster.pid exists, even when another program has got it since, or
 * when it is that of a dead server whose parent never asked for its end, as in many containers.
 */
async function clearStalePid(cluster: string): Promise<void> {
  const file = path.join(cluster, 'postmaster.pid')
  // Backends of a killed server may still be ending; they work in the cluster's folder.
  await ends(() => someoneWorksIn(cluster), 30_000)
  if (exists(Number(readLines(file)[0]))) rmSync(file, { force: true })
}

function someoneWorksIn(folder: string): boolean {
  if (process.platform !== 'linux') return false
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((pid) => workingFolder(pid) === folder)
}

function workingFolder(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}

function isPostmaster(pid: number, cluster: string): boolean {
  const [program, ...args] = commandLine(pid)
  return program !== undefined && path.basename(program) === 'postgres' && args.includes(cluster)
}

const logFile = (cluster: string) => path.join(cluster, '..', 'pg-start.log')

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch {
    return []
  }
}
