import type { Clew } from './clew.ts'
import type { Config } from './platform/config.ts'
import { connectionOf } from './platform/connection-url.ts'
import type { ConnectionSettings } from './platform/database.ts'
import { findRunningPostgres } from './platform/embedded-postgres/join.ts'
import { DataDirInUseError, startEmbeddedPostgres } from './platform/embedded-postgres.ts'
import type { Log } from './platform/log.ts'
import { say } from './say.ts'

export type Opened = { connection: ConnectionSettings; stop(): Promise<void> }

/** The database of this installation: the one that `DATABASE_URL` names, or the embedded one, started if need be. */
async function openServer(config: Config, onStep: (text: string) => void): Promise<Opened> {
  if (config.databaseUrl !== undefined)
    return { connection: connectionOf(config.databaseUrl), stop: async () => undefined }
  const server = await startEmbeddedPostgres({
    dataDir: config.dataDir,
    log: (step) => onStep(say(`cli.database_${step}`)),
  })
  return { connection: server.connection, stop: () => server.stop() }
}

/** `migrated`: how many migrations ran. */
export type Running = { clew: Clew; migrated: number; stop(): Promise<void> }

/** The database of a Clew that may be running, for a command that works beside it. */
export async function joinServer(config: Config, onStep: (text: string) => void): Promise<Opened> {
  try {
    return await openServer(config, onStep)
  } catch (error) {
    const running = error instanceof DataDirInUseError ? findRunningPostgres(config.dataDir) : undefined
    if (!running) throw error
    return { connection: running, stop: async () => undefined }
  }
}

/**
 * Everything up to where the product could listen. It is read and put together while the database starts, but not before
 * its first step: from then on the data directory is ours.
 */
export async function startClew(
  { config, log, ...more }: { config: Config; log: Log; limitFactor?: number; asksModel?: boolean },
  onStep: (text: string) => void,
  open: typeof openServer = openServer,
): Promise<Running> {
  let opening!: Promise<Opened>
  const begun = new Promise<unknown>((begin, fail) => {
    opening = open(config, (text) => {
      onStep(text)
      begin(undefined)
    })
    // Where there is nothing to start there is no step.
    opening.then(begin, fail)
  })
  try {
    await begun
    const { putTogether } = await import('./product.ts')
    const connection = opening.then((server) => server.connection)
    const { clew, migrated } = await putTogether({ config, log, ...more }, connection, onStep)
    return {
      clew,
      migrated,
      stop: async () => {
        await clew.stop()
        await (await opening).stop()
      },
    }
  } catch (error) {
    await opening.then(
      (server) => server.stop(),
      () => undefined,
    )
    throw error
  }
}
