import { startEmbeddedPostgres } from '../apps/server/src/platform/embedded-postgres.ts'
import { makeDataDir, type RunningClew, removeDataDir, startClew } from './harness/clew.ts'
import { medians } from './harness/stats.ts'
import { atMost, printTable, ratio } from './harness/table.ts'
import type { BenchOptions } from './main.ts'

type Phases = { total: number; code: number; database: number; migrations: number; server: number }

/** From the start of the process to the first 200 of `/health/ready`, on a new data directory and on a used one. */
export async function startUp({ rounds }: BenchOptions): Promise<void> {
  const cold: Phases[] = []
  const warm: Phases[] = []
  const bare: { cold: number; warm: number }[] = []
  for (let round = 0; round < rounds; round += 1) {
    const dataDir = makeDataDir()
    try {
      cold.push(await measure(dataDir))
      warm.push(await measure(dataDir))
    } finally {
      removeDataDir(dataDir)
    }
    bare.push(await barePostgres())
  }
  const baseline = medians(bare)
  const row = (name: string, runs: readonly Phases[], base: number) => {
    const { total, code, database, migrations, server } = medians(runs)
    const own = total - database
    return [name, total, code, database, migrations, server, ratio(total, base), own, atMost(own, 1000)]
  }
  printTable(
    'start-up: ms until /health/ready answers 200 (median)',
    ['', 'total', 'code', 'database', 'migrations', 'server', 'to baseline', 'without database', ''],
    [
      row('cold (new data directory)', cold, baseline.cold),
      row('warm (used data directory)', warm, baseline.warm),
      ['baseline: bare PostgreSQL, initdb and start', baseline.cold],
      ['baseline: bare PostgreSQL, start', baseline.warm],
    ],
  )
}

async function measure(dataDir: string): Promise<Phases> {
  const clew = await startClew(dataDir)
  await clew.stop()
  return phasesOf(clew)
}

/** It prints a line when it starts the database and when the migrations are done. */
function phasesOf({ lines, readyMs, databaseReadyMs }: RunningClew): Phases {
  const code = lines[0]?.ms ?? 0
  const migrating = lines.findLast(({ text }) => text.startsWith('The database is prepared'))
  const migrated = migrating?.ms ?? databaseReadyMs
  return {
    total: readyMs,
    code,
    database: databaseReadyMs - code,
    migrations: migrated - databaseReadyMs,
    server: readyMs - migrated,
  }
}

async function barePostgres(): Promise<{ cold: number; warm: number }> {
  const dataDir = makeDataDir()
  try {
    return { cold: await startBare(dataDir), warm: await startBare(dataDir) }
  } finally {
    removeDataDir(dataDir)
  }
}

async function startBare(dataDir: string): Promise<number> {
  const startedAt = performance.now()
  const server = await startEmbeddedPostgres({ dataDir, log: () => undefined })
  const ms = performance.now() - startedAt
  await server.stop()
  return ms
}
