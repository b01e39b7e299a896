import { join } from 'node:path'
import { type Clew, type ClewOptions, createClew } from './clew.ts'
import { serverFolder } from './folders.ts'
import { registerPages } from './pages/index.ts'
import { pageParts } from './pages/parts.ts'
import { systemClock } from './platform/clock.ts'
import type { ConnectionSettings } from './platform/database.ts'
import { readMigrations } from './platform/migrations.ts'
import { type Prepared, prepareDatabase } from './platform/prepare-database.ts'
import { say } from './say.ts'

/** The whole product, on a database that may still be starting. */
export async function putTogether(
  parts: Pick<ClewOptions, 'config' | 'log' | 'limitFactor'>,
  connection: Promise<ConnectionSettings>,
  onStep: (text: string) => void,
): Promise<{ clew: Clew; migrated: number }> {
  const prepared = connection.then((settings) => prepare(settings, onStep))
  // Should the product fail to be put together, that is what is told.
  prepared.catch(() => undefined)
  const pages: ClewOptions['pages'] = (app, product) => registerPages(app, pageParts(product))
  const clew = await createClew({ ...parts, clock: systemClock, prepared, pages })
  return { clew, migrated: (await prepared).migrated.length }
}

const prepare = (connection: ConnectionSettings, onStep: (text: string) => void): Promise<Prepared> =>
  prepareDatabase({
    connection,
    migrations: readMigrations(join(serverFolder, 'migrations')),
    onProgress: (name) => onStep(say('cli.migrating', { name })),
  })
