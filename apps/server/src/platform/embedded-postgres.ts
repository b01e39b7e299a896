import { realpathSync } from 'node:fs'
import path from 'node:path'
import { aboutDataDir, inDataDir, makeFolder } from './data-dir.ts'
import { lockDataDir } from './data-dir-lock.ts'
import { baseFolder, createCluster, hasCluster, ownerOfCluster, type Server } from './embedded-postgres/cluster.ts'
import { EmbeddedPostgresError } from './embedded-postgres/errors.ts'
import { nativeFiles } from './embedded-postgres/native-files.ts'
import {
  findPostmaster,
  type Postmaster,
  type ServerSettings,
  startPostmaster,
} from './embedded-postgres/postmaster.ts'
import { becomesReady, type SuperuserConnection, superuser } from './embedded-postgres/ready.ts'
import { resetPassword } from './embedded-postgres/reset-password.ts'
import { chooseRunAs } from './embedded-postgres/run-as.ts'
import type { LogStep } from './embedded-postgres/steps.ts'
import { keptSecret } from './kept-secret.ts'
import { say } from './say.ts'

export { DataDirUnusableError } from './data-dir.ts'
export { DataDirInUseError } from './data-dir-lock.ts'
export { EmbeddedPostgresError } from './embedded-postgres/errors.ts'
export type { DatabaseStep } from './embedded-postgres/steps.ts'

export type EmbeddedPostgresOptions = {
  dataDir: string
  log: LogStep
  /** Further server settings, such as less durable ones for tests. */
  settings?: ServerSettings
}

export type EmbeddedPostgres = {
  /** The superuser, through a socket in a directory that nobody else can enter. */
  connection: SuperuserConnection
  /** True when the server had outlived a killed Clew and was taken over. */
  adopted: boolean
  stop(): Promise<void>
}

/** Starts the PostgreSQL that npm installed, on a cluster in the data directory that is made when there is none. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  // The account that PostgreSQL runs under must be able to pass through a directory that root makes.
  const dataDir = inDataDir(options.dataDir, () => {
    makeFolder(options.dataDir, process.getuid?.() === 0 ? 0o711 : 0o700)
    return realpathSync(options.dataDir)
  })
  const lock = await lockDataDir(dataDir).catch((error: unknown) => {
    throw aboutDataDir(error, dataDir)
  })
  try {
    return await startLocked({ ...options, dataDir }, lock.release)
  } catch (error) {
    lock.release()
    throw aboutDataDir(error, dataDir)
  }
}

async function startLocked(options: EmbeddedPostgresOptions, release: () => void): Promise<EmbeddedPostgres> {
  const { dataDir, log, settings = {} } = options
  const runAs = chooseRunAs(ownerOfCluster(dataDir))
  const base = baseFolder(dataDir, runAs)
  const server: Server = { base, cluster: path.join(base, 'pg'), runAs, native: nativeFiles({ base, runAs, log }) }
  const password = keptSecret(dataDir, 'postgres_superuser_password')

  const survivor = await adopt(server, { password, log })
  const means = { password, log, settings }
  if (survivor) return running(server, { postmaster: survivor, means, adopted: true, release })
  if (!hasCluster(server.cluster)) {
    log('creating', 0)
    await createCluster(server, password)
  }
  const postmaster = await startFresh(server, means)
  return running(server, { postmaster, means, adopted: false, release })
}

type Means = { password: string; log: LogStep }

/** Takes over the server that outlived a killed Clew, if there is one and it is of use. */
async function adopt(server: Server, { password, log }: Means): Promise<Postmaster | undefined> {
  const survivor = findPostmaster(server.cluster)
  if (!survivor) return undefined
  log('adopting', 0)
  if ((await becomesReady({ postmaster: survivor, password, log })) === 'ready') return survivor
  await survivor.stop()
  return undefined
}

type StartMeans = Means & { settings: ServerSettings; socketFolder?: string }

async function startFresh(server: Server, means: StartMeans): Promise<Postmaster> {
  means.log('starting', 0)
  const { settings, socketFolder } = means
  const postmaster = await startPostmaster({ ...server, settings, ...(socketFolder ? { socketFolder } : {}) })
  const outcome = await becomesReady({ postmaster, ...means })
  if (outcome === 'ready') return postmaster
  await postmaster.stop()
  if (outcome === 'ended')
    throw new EmbeddedPostgresError('did_not_start', say('cli.postgres_stopped', { words: postmaster.lastWords() }))
  await resetPassword(server, means.password)
  return startFresh(server, means)
}

type Parts = { postmaster: Postmaster; means: StartMeans; adopted: boolean; release: () => void }

function running(server: Server, { postmaster, means, adopted, release }: Parts): EmbeddedPostgres {
  const { socketFolder } = postmaster
  const keeper = keepAlive(postmaster, () => startFresh(server, { ...means, socketFolder }))
  // A crash of ours should take the server along where it can; only kill -9 leaves it to be adopted.
  const stopWithUs = () => keeper.current().interrupt()
  process.once('exit', stopWithUs)
  let stopped: Promise<void> | undefined
  const stop = async () => {
    means.log('stopping', 0)
    await keeper.stop()
    await keeper.current().stop()
    process.off('exit', stopWithUs)
    release()
  }
  return {
    connection: superuser(socketFolder, means.password),
    adopted,
    stop: () => (stopped ??= stop()),
  }
}

const lookEveryMs = 1_000

/** Starts the server again, at the same socket, when it ends without being asked to: out of memory, killed by hand. */
function keepAlive(first: Postmaster, startAgain: () => Promise<Postmaster>) {
  let current = first
  let starting: Promise<void> | undefined
  const look = (): void => {
    if (starting || current.isAlive()) return
    starting = startAgain()
      .then((started) => {
        current = started
      })
      // It will be tried again at the next look; meanwhile the health check says that there is no database.
      .catch(() => undefined)
      .finally(() => {
        starting = undefined
      })
  }
  const timer = setInterval(look, lookEveryMs)
  timer.unref()
  return {
    current: () => current,
    stop: async () => {
      clearInterval(timer)
      await starting
    },
  }
}
