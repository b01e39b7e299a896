import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { createPeer, createWorld, type World } from '../testkit/world.ts'
import { JobKeeper } from './job-keeper.ts'
import { JobRunner, job } from './jobs.ts'
import { createLog } from './log.ts'
import { prepareQueues } from './prepare-database.ts'

let world: World
let sender: JobRunner
beforeAll(async () => {
  world = await createWorld()
  const { newCtx } = world.clew
  sender = new JobRunner({ settings: () => world.prepared.app, log: createLog('silent'), newCtx, keepsTime: false })
})
afterAll(async () => {
  await sender.stop()
  await world.close()
})

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const readTo = (when: string) => world.rows(`UPDATE installation SET time_tables_read_to = ${when}`)
const lastRead = async () =>
  (await world.rows(`SELECT time_tables_read_to > now() - interval '10 seconds' AS just FROM installation`))[0]?.[
    'just'
  ]

/** A job in a queue of its own, what keeps it, and how that queue looks. */
async function prepare({ cron = '* * * * *' } = {}) {
  const name = `test.keeper_${randomUUID().slice(0, 8)}`
  const options = { of: 'everybody', input: z.object({}), retries: 1, timeoutSeconds: 60, cron } as const
  const kept = job(name, options, async () => undefined)
  await prepareQueues(world.connection, [kept])
  return {
    name,
    /** As one process more keeps it. */
    keep: () => {
      const pool = new pg.Pool({ ...world.prepared.app, options: '-c role=clew_system' })
      const keeper = new JobKeeper({ pool, newCtx: world.clew.newCtx, jobs: sender, log: createLog('silent') })
      closing.push(async () => {
        await keeper.stop()
        await pool.end()
      })
      keeper.start([kept])
    },
    queued: async () =>
      (await world.rows('SELECT state::text FROM pgboss.job WHERE name = $1', [name])).map(({ state }) => state),
  }
}

test('every job with a time table runs when its time has come, also if that was while nothing ran', async () => {
  const wanted = world.clew.house.jobs.flatMap(({ name, cron }) => (cron === undefined ? [] : [name])).sort()
  expect(wanted.length).toBeGreaterThan(20)
  await readTo(`now() - interval '2 days'`)
  const peer = await createPeer(world, { keepsTime: true })
  closing.push(() => peer.stop())
  const done = async () =>
    (await world.rows(`SELECT name, state::text FROM pgboss.job ORDER BY name`)) as { name: string; state: string }[]
  await expect
    .poll(async () => (await done()).filter(({ state }) => state === 'completed').map(({ name }) => name), {
      timeout: 30_000,
    })
    .toEqual(wanted)
  expect((await done()).length).toBe(wanted.length)
})

test('a job that still waits is not queued twice, and one whose time has not come not at all', async () => {
  const due = await prepare()
  const later = await prepare({ cron: '0 0 1 1 *' })
  await readTo(`now() - interval '3 minutes'`)
  due.keep()
  await expect.poll(due.queued, { timeout: 5_000 }).toEqual(['created'])
  for (const { keep } of [due, later]) {
    await readTo(`now() - interval '3 minutes'`)
    keep()
    await expect.poll(lastRead, { timeout: 5_000 }).toBe(true)
  }
  expect([await due.queued(), await later.queued()]).toEqual([['created'], []])
})

test('of several processes one reads the time tables', async () => {
  const due = await prepare()
  await readTo(`now() - interval '3 minutes'`)
  for (let i = 0; i < 5; i += 1) due.keep()
  await expect.poll(due.queued, { timeout: 5_000 }).toEqual(['created'])
  await pause(500)
  expect(await due.queued()).toEqual(['created'])
})

test('work of a process that was killed is queued anew when its time is over', async () => {
  const { name, keep, queued } = await prepare({ cron: '0 0 1 1 *' })
  await world.clew.newCtx('test').transaction((tx) => sender.send(tx, { name, input: {} }))
  await world.rows(`UPDATE pgboss.job SET state = 'active', started_on = now() - interval '2 hours' WHERE name = $1`, [
    name,
  ])
  await readTo('NULL')
  keep()
  await expect.poll(queued, { timeout: 5_000 }).toEqual(['retry'])
})

test('what was done an hour ago is put away, and after a week let go', async () => {
  const { name, keep, queued } = await prepare({ cron: '0 0 1 1 *' })
  for (let i = 0; i < 2; i += 1)
    await world.clew.newCtx('test').transaction((tx) => sender.send(tx, { name, input: {} }))
  await world.rows(
    `UPDATE pgboss.job SET state = 'completed', completed_on = now() - interval '61 minutes' WHERE name = $1`,
    [name],
  )
  const archived = () => world.rows('SELECT id FROM pgboss.archive WHERE name = $1', [name])
  await readTo('NULL')
  keep()
  await expect.poll(queued, { timeout: 5_000 }).toEqual([])
  expect(await archived()).toHaveLength(2)
  await world.rows(`UPDATE pgboss.archive SET archived_on = now() - interval '8 days' WHERE name = $1`, [name])
  await readTo('NULL')
  keep()
  await expect.poll(archived, { timeout: 5_000 }).toEqual([])
})

test('a clock that was far ahead once does not stop the time tables', async () => {
  const { keep } = await prepare()
  await readTo(`now() + interval '9 years'`)
  keep()
  await expect.poll(lastRead, { timeout: 5_000 }).toBe(true)
})
