import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../testkit/world.ts'
import { type Database, openDatabase } from './database.ts'
import { createLog } from './log.ts'
import { NewsDesk } from './news.ts'
import { type Db, sqlOf } from './sql.ts'

/** Which way, and after how many bytes that way, a connection breaks. */
type Cut = { at: number; way: 'asked' | 'answered' }

const folder = mkdtempSync(path.join(tmpdir(), 'clew-cut-'))
let world: World
let wire: Server
let database: Database
let cut: Cut | undefined
/** How many bytes the busiest connection carried each way. */
let most = { asked: 0, answered: 0 }

beforeAll(async () => {
  world = await createWorld()
  const { host, port } = world.prepared.app
  wire = createServer((near) => carry(near, connect(portAt(host, port)))).listen(path.join(folder, `.s.PGSQL.${port}`))
  await once(wire, 'listening')
  const access = { ...world.prepared, app: { ...world.prepared.app, host: folder } }
  const desk = new NewsDesk({ hear: () => undefined, tell: async () => undefined })
  database = openDatabase(() => access, { log: createLog('silent'), desk, max: 3 })
})
afterAll(async () => {
  await database.close()
  wire.close()
  rmSync(folder, { recursive: true, force: true })
  await world.close()
})

const portAt = (host: string, port: number) =>
  host.startsWith('/') ? { path: path.join(host, `.s.PGSQL.${port}`) } : { host, port }

/** Passes everything on until the cut; then both ends lose the other without a word. */
function carry(near: Socket, far: Socket): void {
  const passed = { asked: 0, answered: 0 }
  const over = (): void => {
    near.destroy()
    far.destroy()
  }
  const pass = (way: Cut['way'], to: Socket) => (bytes: Buffer) => {
    const room = cut?.way === way ? cut.at - passed[way] : Number.POSITIVE_INFINITY
    passed[way] += bytes.length
    most = { ...most, [way]: Math.max(most[way], passed[way]) }
    if (room >= bytes.length) to.write(bytes)
    else if (room > 0) to.write(bytes.subarray(0, room), over)
    else over()
  }
  near.on('data', pass('asked', far)).on('close', over).on('error', over)
  far.on('data', pass('answered', near)).on('close', over).on('error', over)
}

const ask = (db: Db, n: number) => sql<{ n: number }>`SELECT ${n}::int AS n`.execute(sqlOf({ db }))

const system = { role: 'clew_system' } as const

/** All that a transaction consists of: statements together and after one another, what goes with the commit, a failure. */
const kinds: readonly (() => Promise<unknown>)[] = [
  () =>
    database.transaction(system, async ({ db }) => {
      await Promise.all([ask(db, 1), ask(db, 2)])
      return ask(db, 3)
    }),
  () =>
    database.transaction(system, (tx) => {
      tx.beforeCommit(() => ask(tx.db, 4))
      tx.announce('events')
      return tx.conclude(ask(tx.db, 5))
    }),
  () =>
    database.transaction(system, async ({ db }) => {
      await ask(db, 6)
      throw new Error('no')
    }),
]

/** Twice as many transactions as connections. Answers how they ended; one that does not end makes this fail. */
async function crowd(): Promise<string[]> {
  const ends = await Promise.race([
    Promise.allSettled([...kinds, ...kinds].map((run) => run())),
    pause(10_000).then(() => Promise.reject(new Error(`not ended: ${JSON.stringify(database.stats())}`))),
  ])
  return ends.map((end) => (end.status === 'fulfilled' ? 'done' : String(end.reason.message)))
}

const allDone = ['done', 'done', 'no', 'done', 'done', 'no']

test.each(['asked', 'answered'] as const)(
  'wherever a connection breaks (by what was %s), each transaction ends and the pool has its clients back',
  async (way) => {
    cut = undefined
    expect(await crowd()).toEqual(allDone)
    const points = most[way]
    expect(points).toBeGreaterThan(500)
    let broken = 0
    for (let at = 0; at < points; at += 23) {
      cut = { at, way }
      const ends = await crowd()
      if (ends.includes('server.database_unavailable')) broken += 1
      expect(new Set([...allDone, ...ends, 'server.database_unavailable']).size).toBe(3)
      cut = undefined
      await expect.poll(() => database.stats()).toMatchObject({ waiting: 0 })
      const { total, idle } = database.stats()
      expect(idle, `after a cut at ${at}`).toBe(total)
    }
    expect(broken).toBeGreaterThan(10)
    expect(await crowd()).toEqual(allDone)
  },
)

test('a backend that is ended while transactions wait for one another lets go of them all', async () => {
  cut = undefined
  const lock = async (db: Db) => {
    await sql`SELECT pg_advisory_xact_lock(77)`.execute(sqlOf({ db }))
    await world.rows(
      `SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND objid = 77 AND granted`,
    )
    return ask(db, 7)
  }
  const ends = await Promise.race([
    Promise.allSettled([1, 2, 3, 4].map(() => database.transaction(system, ({ db }) => lock(db)))),
    pause(10_000).then(() => Promise.reject(new Error(`not ended: ${JSON.stringify(database.stats())}`))),
  ])
  for (const end of ends) expect(end).toMatchObject({ reason: { code: 'server.database_unavailable' } })
  const { total, idle, waiting } = database.stats()
  expect({ idle, waiting }).toEqual({ idle: total, waiting: 0 })
  expect(await crowd()).toEqual(allDone)
})
