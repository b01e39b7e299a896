import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { serverFolder } from '../folders.ts'
import { readMigrations } from '../platform/migrations.ts'
import { prepareDatabase } from '../platform/prepare-database.ts'
import { administer, openCluster } from './cluster.ts'

export const templateName = 'clew_template'

declare module 'vitest' {
  interface ProvidedContext {
    cluster: import('../platform/database.ts').ConnectionSettings
  }
}

/** One server and one migrated template for the whole run; each world copies the template. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { connection, stop } = await openCluster()
  await administer(connection, `DROP DATABASE IF EXISTS ${templateName}`, `CREATE DATABASE ${templateName}`)
  await prepareDatabase({
    connection: { ...connection, database: templateName },
    migrations: readMigrations(join(serverFolder, 'migrations')),
  })
  project.provide('cluster', connection)
  return stop
}
