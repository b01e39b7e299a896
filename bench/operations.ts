import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { type RunningClew, withClew } from './harness/clew.ts'
import { type Cpu, cpuOf } from './harness/processes.ts'
import { seed } from './harness/seed.ts'
import { SocketClient } from './harness/socket-client.ts'
import { median, medians } from './harness/stats.ts'
import { atMost, type Cell, printTable, ratio } from './harness/table.ts'
import type { BenchOptions } from './main.ts'
import { createAtOnce } from './operations.at-once.ts'
import { type Kind, type Operation, operationsOf } from './operations.kinds.ts'

export const agents = 60
const perBatch = 240
/** Looking whether all is dealt with costs the database time that is counted, so it is done seldom. */
const lookEveryMs = 200
/** Until the engine has compiled all that a page of the list and a reply run. */
const warmUpTurns = 1_000
/** A conversation that is created sets off work for a minute. */
const warmUpCreations = 300
const usual = 10_000

type Figures = { server: number; database: number; total: number; wallMs: number; baseline: number }
type Measured = Record<Kind, Figures>

/**
 * Processor time per operation at one client, which other work on the machine hardly changes, with all that the operation
 * sets off in the background. The baseline is the SQL of the same operation, sent by `pg` from one script.
 */
export async function operations({ conversations, rounds, seconds }: BenchOptions): Promise<void> {
  const small = await measureAll(usual, { rounds, seconds })
  printFigures(usual, small)
  if (conversations === usual) return
  printFigures(conversations, await measureAll(conversations, { rounds, seconds }), small)
}

function measureAll(conversations: number, load: { rounds: number; seconds: number }): Promise<Measured> {
  return withClew(async (clew) => {
    const database = await clew.connect()
    try {
      await seed(database, { agents, conversations })
      const work = operationsOf(conversations, agents)
      await warmUp({ clew, database, work })
      const measured: Measured[] = []
      for (let round = 0; round < load.rounds; round += 1) measured.push(await measureRound({ clew, database, work }))
      await createAtOnce({ clew, database, seconds: load.seconds, next: work.nextContact })
      const kinds = Object.keys(work.operations) as Kind[]
      return Object.fromEntries(kinds.map((kind) => [kind, medians(measured.map((round) => round[kind]))])) as Measured
    } finally {
      await database.end()
    }
  })
}

type Bench = { clew: RunningClew; database: pg.Client; work: ReturnType<typeof operationsOf> }

async function measureRound({ clew, database, work }: Bench): Promise<Measured> {
  const client = await SocketClient.open(clew.port)
  try {
    const figures: [string, Figures][] = []
    for (const [kind, operation] of Object.entries(work.operations)) {
      figures.push([kind, await measureBatch({ clew, database, client, operation })])
    }
    return Object.fromEntries(figures) as Measured
  } finally {
    client.close()
  }
}

/** Until the engine has compiled what it runs often. */
async function warmUp({ clew, database, work }: Bench): Promise<void> {
  const client = await SocketClient.open(clew.port)
  for (const [kind, operation] of Object.entries(work.operations)) {
    const turns = kind.startsWith('create') ? warmUpCreations : warmUpTurns
    for (let i = 0; i < turns; i += 1) await operation.run(client)
  }
  client.close()
  await settled(database)
  await measureRound({ clew, database, work })
}

type Batch = { clew: RunningClew; database: pg.Client; client: SocketClient; operation: Operation }

async function measureBatch({ clew, database, client, operation }: Batch): Promise<Figures> {
  await operation.before?.(database)
  await settled(database, operation.held)
  const before = cpuOf(clew.pid)
  const walls: number[] = []
  for (let i = 0; i < perBatch; i += 1) walls.push(await operation.run(client))
  await settled(database, operation.held)
  const used = difference(before, cpuOf(clew.pid))
  await operation.after?.(database, client)
  return {
    server: used.server / perBatch,
    database: used.database / perBatch,
    total: (used.server + used.database) / perBatch,
    wallMs: median(walls),
    baseline: await measureBaseline(clew, database, operation),
  }
}

/** The script's own time and the database's. */
async function measureBaseline(clew: RunningClew, database: pg.Client, operation: Operation): Promise<number> {
  const before = { database: cpuOf(clew.pid).database, script: process.cpuUsage() }
  for (let i = 0; i < perBatch; i += 1) await operation.baseline(database)
  const script = process.cpuUsage(before.script)
  const databaseMs = cpuOf(clew.pid).database - before.database
  return (databaseMs + (script.user + script.system) / 1000) / perBatch
}

const difference = (before: Cpu, after: Cpu): Cpu => ({
  server: after.server - before.server,
  database: after.database - before.database,
})

/** Until every subscriber has dealt with every event, but for those that are held back. */
export async function settled(database: pg.Client, held: readonly string[] = []): Promise<void> {
  for (;;) {
    const { rowCount } = await database.query(
      `SELECT 1 FROM subscriber_places p WHERE p.name <> ALL ($1) AND EXISTS
         (SELECT 1 FROM events e WHERE (e.epoch, e.xid, e.id) > (p.epoch, p.xid, p.event_id))`,
      [held],
    )
    if (rowCount === 0) return
    await pause(lookEveryMs)
  }
}

const commitments: Partial<Record<Kind, number>> = { create: 3, 'list 50 open': 4, read: 3, reply: 2 }

function printFigures(conversations: number, measured: Measured, smaller?: Measured): void {
  const rows = (Object.entries(measured) as [Kind, Figures][]).map(([kind, figures]): Cell[] => {
    const { server, database, total, wallMs, baseline } = figures
    const limit = commitments[kind]
    const held = limit === undefined ? '' : atMost(total, limit)
    const growth = smaller === undefined ? [] : [ratio(total, smaller[kind].total)]
    return [kind, server, database, total, held, baseline, ratio(total, baseline), wallMs, ...growth]
  })
  printTable(
    `operations: processor ms per operation at one client, ${conversations} conversations of 3 messages (median)`,
    [
      '',
      'server',
      'database',
      'total',
      'commitment',
      'baseline: SQL by pg',
      'to baseline',
      'p50 ms to the answer',
      ...(smaller === undefined ? [] : [`to ${usual}`]),
    ],
    rows,
  )
}
