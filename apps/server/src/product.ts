import { join } from 'node:path'
import { type Clew, type ClewOptions, createClew } from './clew.ts'
import { serverFolder } from './folders.ts'
import { registerPages } from './pages/index.ts'
import { pageParts } from './pages/parts.ts'
import { systemClock } from './platform/clock.ts'
import type { ConnectionSettings } from './platform/database.ts'
import { readMigrations } from './platform/migrations.ts'
import { prepareDatabase } from './platform/prepare-database.ts'
import { say } from './say.ts'

/** The whole product, on a database that may still be starting. */
export async function putTogether(
  parts: Pick<ClewOptions, 'config' | 'log' | 'limitFactor'>,
  connection: Promise<ConnectionSettings>,
  onStep: (text: string) => void,
): Promise<{ clew: Clew; migrated: number }> {
  let migrated = 0
  const clew = await createClew({
    ...parts,
    clock: systemClock,
    prepare: async (queues) => {
      const prepared = await prepareDatabase({
        connection: await connection,
        migrations: readMigrations(join(serverFolder, 'migrations')),
        queues,
        onProgress: (name) => onStep(say('cli.migrating', { name })),
      })
      migrated = prepared.migrated.length
      return prepared
    },
    pages: (app, product) => registerPages(app, pageParts(product)),
  })
  return { clew, migrated }
}
