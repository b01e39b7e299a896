import type pg from 'pg'
import type { RunningClew } from './harness/clew.ts'
import { cpuOf } from './harness/processes.ts'
import { expectStatus, withClients } from './harness/socket-client.ts'
import { percentile } from './harness/stats.ts'
import { atLeast, atMost, printTable, ratio } from './harness/table.ts'
import { asContact, startBody } from './operations.kinds.ts'
import { createSql } from './operations.sql.ts'
import { settled } from './operations.ts'

const clients = 32

type Load = { clew: RunningClew; database: pg.Client; seconds: number; next: () => number }

/** New conversations from 32 clients at once, each waiting for its answer, beside the same by SQL alone. */
export async function createAtOnce({ clew, database, seconds, next }: Load): Promise<void> {
  const before = cpuOf(clew.pid)
  const until = deadline(seconds)
  const walls = await withClients(clew.port, clients, (client) =>
    repeated(until, async () => {
      const contact = next()
      const request = { headers: asContact(contact), body: startBody(contact) }
      expectStatus(await client.send({ method: 'POST', path: '/api/v1/widget/conversations', ...request }), 201)
    }),
  ).then((all) => all.flat())
  const answeredAt = performance.now()
  await settled(database)
  const settledSeconds = (performance.now() - answeredAt) / 1000
  const after = cpuOf(clew.pid)
  const bare = await bareCreates(clew, seconds / 2)
  const perSecond = walls.length / seconds
  const p99 = percentile(walls, 0.99)
  printTable(
    `operations: create at ${clients} clients (client and server share the machine)`,
    ['', 'a second', '', 'p50 ms', 'p99 ms', '', 'to baseline', 'cpu ms each, answers included', 'settled after s'],
    [
      [
        'create',
        perSecond,
        atLeast(perSecond, 500),
        percentile(walls, 0.5),
        p99,
        atMost(p99, 150),
        ratio(perSecond, bare.perSecond),
        (after.server + after.database - before.server - before.database) / walls.length,
        settledSeconds,
      ],
      ['baseline: SQL by pg', bare.perSecond, '', percentile(bare.walls, 0.5), percentile(bare.walls, 0.99)],
    ],
  )
}

async function bareCreates(clew: RunningClew, seconds: number): Promise<{ perSecond: number; walls: number[] }> {
  const pool = clew.pool(clients)
  const until = deadline(seconds)
  let number = 1_000_000
  const work = async () => {
    const client = await pool.connect()
    const walls = await repeated(until, () => createSql(client, (number += 1)))
    client.release()
    return walls
  }
  const walls = (await Promise.all(Array.from({ length: clients }, work))).flat()
  await pool.end()
  return { perSecond: walls.length / seconds, walls }
}

const deadline = (seconds: number): number => performance.now() + seconds * 1000

async function repeated(until: number, work: () => Promise<void>): Promise<number[]> {
  const walls: number[] = []
  for (let startedAt = performance.now(); startedAt < until; startedAt = performance.now()) {
    await work()
    walls.push(performance.now() - startedAt)
  }
  return walls
}
