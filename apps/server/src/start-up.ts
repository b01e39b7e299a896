import { join } from 'node:path'
import { createT } from '@clew/i18n'
import * as cliEn from '@clew/i18n/generated/cli.en'
import { type Clew, createClew } from './clew.ts'
import { serverFolder } from './folders.ts'
import { registerPages } from './pages/index.ts'
import { pageParts } from './pages/parts.ts'
import { systemClock } from './platform/clock.ts'
import type { Config } from './platform/config.ts'
import { connectionOf } from './platform/connection-url.ts'
import type { ConnectionSettings } from './platform/database.ts'
import { findRunningPostgres } from './platform/embedded-postgres/join.ts'
import { DataDirInUseError, startEmbeddedPostgres } from './platform/embedded-postgres.ts'
import type { Log } from './platform/log.ts'
import { readMigrations } from './platform/migrations.ts'
import { type Prepared, prepareDatabase } from './platform/prepare-database.ts'

export const say = createT('en', cliEn.catalogue)

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

const prepare = (connection: ConnectionSettings, onStep: (text: string) => void): Promise<Prepared> =>
  prepareDatabase({
    connection,
    migrations: readMigrations(join(serverFolder, 'migrations')),
    onProgress: (name) => onStep(say('cli.migrating', { name })),
  })

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

/** Everything up to where the product could listen. */
export async function startClew(
  { config, log, ...more }: { config: Config; log: Log; limitFactor?: number },
  onStep: (text: string) => void,
  open: typeof openServer = openServer,
): Promise<Running> {
  const server = await open(config, onStep)
  try {
    const prepared = await prepare(server.connection, onStep)
    const clew = await createClew({
      config,
      clock: systemClock,
      log,
      connection: server.connection,
      prepared,
      pages: (app, product) => registerPages(app, pageParts(product)),
      ...more,
    })
    return {
      clew,
      migrated: prepared.migrated.length,
      stop: async () => {
        await clew.stop()
        await server.stop()
      },
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}
