import { randomUUID } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { createWorld, type World } from '../testkit/world.ts'
import { type Job, JobRunner, job } from './jobs.ts'
import { presenceLock } from './listener.ts'
import { createLog } from './log.ts'
import { prepareQueues } from './prepare-database.ts'

let world: World
let queue: string
let runner: JobRunner
let ran: string[]

beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

beforeEach(() => {
  queue = `test.job_${randomUUID().slice(0, 8)}`
  ran = []
  runner = newRunner()
})
afterEach(() => runner.stop())

const system = () => world.as({ type: 'system', job: 'test' })
const newRunner = () =>
  new JobRunner({ settings: () => world.prepared.app, log: createLog('silent'), newCtx: () => system() })

/** A queue of its own for each test, and a job that notes what it was given. */
async function define(run: (name: string) => Promise<void> = async () => undefined, retries = 2): Promise<Job> {
  const defined = job(
    queue,
    { of: { row: 'mails' }, input: z.object({ name: z.string() }), retries, timeoutSeconds: 60 },
    async (_ctx, { name }) => {
      ran.push(name)
      await run(name)
    },
  )
  await prepareQueues(world.connection, [defined])
  return defined
}

const send = (name: string, id?: string) =>
  system().transaction((tx) => runner.send(tx, { name: queue, input: { name }, ...(id === undefined ? {} : { id }) }))

const states = async () =>
  (await world.rows(`SELECT state::text FROM pgboss.job WHERE name = '${queue}' ORDER BY state`)).map(
    ({ state }) => state,
  )

/** Until nothing is left to do; looks at once instead of at the next poll. */
const untilStates = (wanted: string[], timeout = 15_000) =>
  expect
    .poll(
      () => {
        runner.wake()
        return states()
      },
      { timeout, interval: 100 },
    )
    .toEqual(wanted)

test('a job sent in a transaction that rolls back never runs', async () => {
  await runner.start([await define()])
  const undone = system().transaction(async (tx) => {
    await runner.send(tx, { name: queue, input: { name: 'undone' } })
    throw new Error('changed my mind')
  })
  await expect(undone).rejects.toThrow('changed my mind')
  await send('done')
  await untilStates(['completed'])
  expect(ran).toEqual(['done'])
})

test('work for a job that nobody knows is refused, and with it what else was done', async () => {
  await runner.start([await define()])
  const sent = system().transaction((tx) => runner.send(tx, { name: 'test.misspelt', input: {} }))
  await expect(sent).rejects.toThrow('there is no job test.misspelt')
})

test('the same id is taken once, before and after the job ran', async () => {
  await runner.start([await define()])
  const id = randomUUID()
  await Promise.all([send('first', id), send('second', id)])
  await untilStates(['completed'])
  await send('third', id)
  await send('other')
  await untilStates(['completed', 'completed'])
  expect(ran).toHaveLength(2)
  expect(ran).toContain('other')
})

test('a job that fails is tried again', async () => {
  await runner.start([await define(async () => (ran.length === 1 ? Promise.reject(new Error('not yet')) : undefined))])
  await send('stubborn')
  await untilStates(['completed'])
  expect(ran).toEqual(['stubborn', 'stubborn'])
})

test('a job that goes on failing is given up, and holds back no other', async () => {
  await runner.start([
    await define(async (name) => (name === 'bad' ? Promise.reject(new Error('never')) : undefined), 0),
  ])
  await send('bad')
  await send('good')
  await untilStates(['completed', 'failed'])
  expect(ran.sort()).toEqual(['bad', 'good'])
})

test('an input that its schema refuses does not reach the job', async () => {
  await runner.start([await define(undefined, 0)])
  await system().transaction((tx) => runner.send(tx, { name: queue, input: { name: 7 } }))
  await untilStates(['failed'])
  expect(ran).toEqual([])
})

test('one wake-up is enough for all that waits', async () => {
  const defined = await define()
  const names = Array.from({ length: 10 }, (_, i) => `job ${i}`)
  for (const name of names) await send(name)
  await runner.start([defined])
  // Far less than the ten polls of five seconds that they would take one by one.
  await expect.poll(states, { timeout: 4_000, interval: 50 }).toEqual(names.map(() => 'completed'))
})

test('two processes share a queue, and each job runs in one', async () => {
  const defined = await define()
  const other = newRunner()
  await runner.start([defined])
  await other.start([defined])
  const names = Array.from({ length: 20 }, (_, i) => `job ${i}`)
  try {
    for (const name of names) await send(name)
    await untilStates(names.map(() => 'completed'))
  } finally {
    await other.stop()
  }
  expect(ran.sort()).toEqual(names.sort())
})

test('a database that goes away as a job ends costs neither the process nor a second run', async () => {
  const cut = () =>
    world.rows(`SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
                 WHERE datname = current_database() AND application_name = 'clew-jobs'`)
  await runner.start([await define(async () => void (await cut()))])
  await send('interrupted')
  await untilStates(['completed'])
  expect(ran).toEqual(['interrupted'])
})

test('a job that takes longer than its time is tried again', async () => {
  const short = job(
    queue,
    { of: { row: 'mails' }, input: z.object({ name: z.string() }), retries: 1, timeoutSeconds: 1 },
    async (_ctx, { name }) => {
      ran.push(name)
      if (ran.length === 1) await once(new EventEmitter(), 'never', { signal: AbortSignal.timeout(3_000) })
    },
  )
  await prepareQueues(world.connection, [short])
  await runner.start([short])
  await send('slow')
  await untilStates(['completed'])
  expect(ran).toEqual(['slow', 'slow'])
})

test('where a job allows it several run at once, no more than that, and stopping waits for them', async () => {
  let open = 0
  let most = 0
  const opened = new EventEmitter()
  const one = await define(async () => {
    open += 1
    most = Math.max(most, open)
    if (open === 3) opened.emit('three')
    await new Promise((resolve) => setTimeout(resolve, 300))
    open -= 1
  })
  const three = once(opened, 'three')
  for (const name of ['a', 'b', 'c', 'd']) await send(name)
  await runner.start([{ ...one, atOnce: 3 }])
  await three
  await runner.stop()
  expect(open).toBe(0)
  expect(most).toBe(3)
  runner = newRunner()
  await runner.start([one])
  await untilStates(['completed', 'completed', 'completed', 'completed'])
})

test('stopping finishes the job that runs', async () => {
  const steps = new EventEmitter()
  const started = once(steps, 'started')
  await runner.start([
    await define(async () => {
      const released = once(steps, 'released')
      steps.emit('started')
      await released
      ran.push('finished')
    }),
  ])
  await send('long')
  runner.wake()
  await started
  const stopping = runner.stop()
  steps.emit('released')
  await stopping
  expect(ran).toEqual(['long', 'finished'])
  expect(await states()).toEqual(['completed'])
  runner = newRunner()
})

test('what a killed process had begun is taken up at once by one that starts alone', async () => {
  const defined = await define()
  await send('orphan')
  await world.rows(`UPDATE pgboss.job SET state = 'active', started_on = now() WHERE name = '${queue}'`)

  // The world's own process is at work, so what runs may be its own.
  await runner.start([defined])
  expect(await states()).toEqual(['active'])
  await runner.stop()

  await world.rows(
    `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = ${presenceLock}
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  )
  runner = newRunner()
  await runner.start([defined])
  await untilStates(['completed'])
  expect(ran).toEqual(['orphan'])
})

test('queues share one table; one that an older release made keeps its own and works on', async () => {
  await world.rows(
    `DO $$ BEGIN SET LOCAL ROLE clew_owner; PERFORM pgboss.create_queue('${queue}', '{"policy": "standard"}'); END $$`,
  )
  const older = await define()
  const newer: Job = { ...older, name: `${queue}_newer` }
  await prepareQueues(world.connection, [newer])
  await runner.start([older, newer])
  await send('older')
  await system().transaction((tx) => runner.send(tx, { name: newer.name, input: { name: 'newer' } }))
  runner.wake()
  await expect.poll(() => ran.toSorted(), { timeout: 15_000 }).toEqual(['newer', 'older'])
  const tables = await world.rows(
    `SELECT name, tableoid::regclass::text AS kept FROM pgboss.job WHERE name LIKE '${queue}%' ORDER BY name`,
  )
  expect(tables).toEqual([
    { name: queue, kept: expect.stringMatching(/^pgboss\.j[0-9a-f]{56}$/) },
    { name: newer.name, kept: 'pgboss.job_common' },
  ])
})

test('tries and time that a new release gives a queue are taken over', async () => {
  const first = await define()
  await prepareQueues(world.connection, [{ ...first, retries: 7, timeoutSeconds: 90 }])
  const kept = await world.rows(`SELECT retry_limit, expire_seconds FROM pgboss.queue WHERE name = '${queue}'`)
  expect(kept).toEqual([{ retry_limit: 7, expire_seconds: 90 }])
})
