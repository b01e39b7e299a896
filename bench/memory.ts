import { spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { startEmbeddedPostgres } from '../apps/server/src/platform/embedded-postgres.ts'
import { makeDataDir, type RunningClew, removeDataDir, withClew } from './harness/clew.ts'
import { openStream } from './harness/event-stream.ts'
import { databasePids, memoryOf } from './harness/processes.ts'
import { seed } from './harness/seed.ts'
import { atMost, type Cell, printTable, ratio } from './harness/table.ts'
import type { BenchOptions } from './main.ts'
import { asAgent } from './operations.kinds.ts'

const streams = 200
const quietMs = 15_000

type Held = { server: number; database: number; total: number }

/** Memory of the idle server and its database. Shared memory counts once for PostgreSQL, as the machine has it once. */
export async function memory(_options: BenchOptions): Promise<void> {
  const bare = await bareMemory()
  await withClew(async (clew) => {
    await pause(quietMs)
    const idle = held(clew)
    const database = await clew.connect()
    await seed(database, { agents: 50, conversations: 1000 })
    await database.end()
    const open = await Promise.all(
      Array.from({ length: streams }, (_, i) =>
        openStream({ port: clew.port, path: '/api/v1/stream', headers: asAgent(i % 50) }),
      ),
    )
    await pause(quietMs)
    const streaming = held(clew)
    for (const stream of open) stream.close()
    const row = (name: string, { server, database: base, total }: Held, limit?: number): Cell[] => [
      name,
      server,
      base,
      total,
      limit === undefined ? '' : atMost(total, limit),
      ratio(total, bare.total),
    ]
    printTable(
      'memory: MB held when idle',
      ['', 'server (RSS)', 'PostgreSQL (PSS)', 'together', '', 'to baseline'],
      [
        row('after the start', idle, 200),
        row(`with ${streams} idle streams`, streaming),
        row('baseline: empty Node, bare PostgreSQL', bare),
      ],
    )
  })
}

function held(clew: RunningClew): Held {
  const server = memoryOf([clew.pid]).rss
  const database = memoryOf(databasePids(clew.pid)).pss
  return { server, database, total: server + database }
}

async function bareMemory(): Promise<Held> {
  const dataDir = makeDataDir()
  const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined })
  const node = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' })
  try {
    await pause(1500)
    const server = memoryOf([node.pid ?? 0]).rss
    const database = memoryOf(databasePids(process.pid)).pss
    return { server, database, total: server + database }
  } finally {
    node.kill()
    await postgres.stop()
    removeDataDir(dataDir)
  }
}
