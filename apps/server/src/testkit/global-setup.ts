import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { createClew } from '../clew.ts'
import { serverFolder } from '../folders.ts'
import { fixedClock } from '../platform/clock.ts'
import { readConfig } from '../platform/config.ts'
import type { ConnectionSettings } from '../platform/database.ts'
import { createLog } from '../platform/log.ts'
import { readMigrations } from '../platform/migrations.ts'
import { prepareDatabase } from '../platform/prepare-database.ts'
import { administer, type Cluster, openCluster } from './cluster.ts'

export const templateName = 'clew_template'

declare module 'vitest' {
  interface ProvidedContext {
    clusters: readonly import('../platform/database.ts').ConnectionSettings[]
  }
}

/** Where the clock of every world begins. */
export const worldBegins = '2026-11-24T08:00:00.000Z'

/**
 * A server for each worker, since an event counts as settled only when every older transaction of its server has ended.
 * On each a template, which each world copies.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { maxWorkers } = project.vitest.config
  const clusters = await Promise.all(
    Array.from({ length: Number(maxWorkers) }, (_, worker) => openWithTemplate(worker)),
  )
  project.provide(
    'clusters',
    clusters.map(({ connection }) => connection),
  )
  return async () => {
    await Promise.all(clusters.map(({ stop }) => stop()))
  }
}

async function openWithTemplate(worker: number): Promise<Cluster> {
  const cluster = await openCluster(worker)
  const { connection } = cluster
  await administer(connection, `DROP DATABASE IF EXISTS ${templateName}`, `CREATE DATABASE ${templateName}`)
  await startOnce({ ...connection, database: templateName })
  return cluster
}

/** What the first start puts into a database is already in every copy: tables, queues, starter articles and flows. */
async function startOnce(connection: ConnectionSettings): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'clew-template-'))
  const clew = await createClew({
    config: readConfig({ PORT: '0', CLEW_DATA_DIR: dataDir }, dataDir),
    clock: fixedClock(worldBegins),
    log: createLog('silent'),
    prepare: (queues) =>
      prepareDatabase({ connection, migrations: readMigrations(join(serverFolder, 'migrations')), queues }),
  })
  await clew.settle()
  await clew.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
