import { join } from 'node:path'
import { type Clew, type ClewOptions, createClew } from './clew.ts'
import { serverFolder } from './folders.ts'
import { migrationProgress } from './migration-progress.ts'
import { registerPages } from './pages/index.ts'
import { pageParts } from './pages/parts.ts'
import { systemClock } from './platform/clock.ts'
import type { ConnectionSettings } from './platform/database.ts'
import { readMigrations } from './platform/migrations.ts'
import { prepareDatabase } from './platform/prepare-database.ts'

/** The whole product, on a database that may still be starting. */
export async function putTogether(
  parts: Pick<ClewOptions, 'config' | 'log' | 'limitFactor' | 'asksModel'>,
  connection: Promise<ConnectionSettings>,
  onStep: (text: string) => void,
): Promise<{ clew: Clew; migrated: number }> {
  let migrated = 0
  const progress = migrationProgress(onStep)
  const clew = await createClew({
    ...parts,
    clock: systemClock,
    prepare: async (queues) => {
      try {
        const prepared = await prepareDatabase({
          connection: await connection,
          migrations: readMigrations(join(serverFolder, 'migrations')),
          queues,
          onProgress: progress.step,
        })
        migrated = prepared.migrated.length
        return prepared
      } finally {
        progress.end(migrated)
      }
    },
    pages: (app, product) => registerPages(app, pageParts(product)),
  })
  return { clew, migrated }
}
