import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { say } from '../say.ts'
import { EmbeddedPostgresError } from './errors.ts'
import { canEnter, type RunAs } from './run-as.ts'
import { runProgram } from './run-program.ts'

export type Server = { base: string; cluster: string; native: string; runAs: RunAs }

export const hasCluster = (cluster: string): boolean => existsSync(path.join(cluster, 'PG_VERSION'))

export function ownerOfCluster(dataDir: string): { uid: number; gid: number } | undefined {
  const cluster = path.join(recordedBase(dataDir) ?? dataDir, 'pg')
  return existsSync(cluster) ? statSync(cluster) : undefined
}

/** Where the cluster and its sockets live: the data directory, unless PostgreSQL's account cannot get there. */
export function baseFolder(dataDir: string, runAs: RunAs): string {
  const recorded = recordedBase(dataDir)
  if (recorded !== undefined) return existing(recorded)
  if (canEnter(dataDir, runAs)) return dataDir
  if (hasCluster(path.join(dataDir, 'pg')))
    throw new EmbeddedPostgresError(
      'not_our_files',
      say('cli.postgres_cannot_enter', { uid: String(runAs?.uid ?? process.getuid?.()), folder: dataDir }),
    )
  return elsewhere(dataDir, runAs)
}

/** Makes the cluster aside and moves it in place, so that a crash half-way leaves nothing to trip over. */
export async function createCluster({ base, cluster, native, runAs }: Server, password: string): Promise<void> {
  const unfinished = `${cluster}.new`
  const passwordFile = path.join(base, 'pg-password')
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { mode: 0o700 })
  rmSync(passwordFile, { force: true })
  writeFileSync(passwordFile, password, { mode: 0o600, flag: 'wx' })
  give([unfinished, passwordFile], runAs)
  try {
    await runProgram(path.join(native, 'bin/initdb'), {
      runAs,
      args: ['-D', unfinished, '-U', 'postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', ...encoding],
    })
    renameSync(unfinished, cluster)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

// With the ctype C the extension pg_trgm takes no Greek letter for a letter, and says nothing about it.
const encoding = [
  '--encoding=UTF8',
  '--locale=C',
  '--lc-ctype=C.UTF-8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-instructions',
]

export function give(files: string[], runAs: RunAs): void {
  if (runAs) for (const file of files) chownSync(file, runAs.uid, runAs.gid)
}

const recordFile = (dataDir: string) => path.join(dataDir, 'pg-location')

function recordedBase(dataDir: string): string | undefined {
  return existsSync(recordFile(dataDir)) ? readFileSync(recordFile(dataDir), 'utf8').trim() : undefined
}

// Starting empty in place of a database that is only unmounted would look like losing it.
function existing(base: string): string {
  if (!existsSync(base))
    throw new EmbeddedPostgresError('cluster_missing', say('cli.postgres_place_gone', { folder: base }))
  return base
}

// Not under /var/tmp while it can be helped: systemd clears what lies there unused.
function elsewhere(dataDir: string, runAs: RunAs): string {
  const parent = ['/var/lib', '/var/tmp'].find((folder) => existsSync(folder) && canEnter(folder, runAs)) ?? '/tmp'
  const base = path.join(parent, `clew-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`)
  mkdirSync(base, { recursive: true, mode: 0o700 })
  const { uid } = lstatSync(base)
  if (!lstatSync(base).isDirectory() || (uid !== process.getuid?.() && uid !== runAs?.uid))
    throw new EmbeddedPostgresError('not_our_files', say('cli.postgres_place_taken', { folder: base }))
  give([base], runAs)
  chmodSync(base, 0o700)
  writeFileSync(recordFile(dataDir), `${base}\n`)
  return base
}
