import { afterEach, beforeEach, expect, test } from 'vitest'
import { createWorld, type World } from '../testkit/world.ts'
import { Dispatcher } from './dispatcher.ts'
import { type Subscriber, subscriber } from './domain.ts'
import { appendEvents, eventDraft } from './event-log.repository.ts'
import { createLog } from './log.ts'

let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const run = async (...subscribers: Subscriber[]) => {
  const dispatcher = new Dispatcher({
    subscribers,
    newCtx: (name) => world.as({ type: 'system', job: name }),
    log: createLog('silent'),
  })
  await dispatcher.start()
  await dispatcher.idle()
  return dispatcher
}
const emit = (count: number) =>
  world.as({ type: 'system', job: 'test' }).transaction(async (tx) => {
    for (let i = 0; i < count; i += 1) tx.emit('articles.changed', { locale: i % 2 === 0 ? 'en' : 'el' })
  })
const place = async (name: string) =>
  (await world.rows('SELECT attempts, last_error FROM subscriber_places WHERE name = $1', [name]))[0]

test('a subscriber gets every event once and in order, across batches', async () => {
  await emit(250)
  const seen: string[] = []
  const dispatcher = await run(
    subscriber('reader', 'articles.changed', async (_tx, { locale }) => void seen.push(locale)),
  )
  const before = seen.length
  expect(seen.slice(-250)).toEqual(Array.from({ length: 250 }, (_, i) => (i % 2 === 0 ? 'en' : 'el')))
  dispatcher.wake()
  await dispatcher.idle()
  expect(seen).toHaveLength(before)
  await dispatcher.stop()
})

test('one that fails writes nothing, tries again later, and holds back no other', async () => {
  await emit(3)
  let works = false
  let seen = 0
  const failing = subscriber('failing', 'articles.changed', async (tx) => {
    tx.emit('articles.changed', { locale: 'el' })
    if (!works) throw new Error('not yet')
  })
  const events = async () => Number((await world.rows('SELECT count(*)::int AS n FROM events'))[0]?.['n'])
  const before = await events()
  const dispatcher = await run(
    failing,
    subscriber('steady', 'articles.changed', async () => void (seen += 1)),
  )
  expect(seen).toBeGreaterThanOrEqual(3)
  expect(await events()).toBe(before)
  expect(await place('failing')).toMatchObject({ attempts: 1, last_error: 'Error: not yet' })
  works = true
  await dispatcher.stop()
})

test('after eight failures an event is parked with its error, and the next one is taken', async () => {
  await emit(2)
  let tries = 0
  const poisoned = subscriber('poisoned', 'articles.changed', async () => {
    tries += 1
    throw new Error('always')
  })
  for (let i = 0; i < 9; i += 1) {
    const dispatcher = await run(poisoned)
    await dispatcher.stop()
    world.clock.advance(10 * 60_000)
  }
  const parked = await world.rows(`SELECT error FROM parked_events WHERE subscriber = 'poisoned'`)
  expect(tries).toBeGreaterThanOrEqual(8)
  expect(parked).toContainEqual({ error: 'Error: always' })
})

test('an event of a transaction that is still open is not passed over', async () => {
  const seen: string[] = []
  const reader = subscriber('late', 'articles.changed', async (_tx, { locale }) => void seen.push(locale))
  const dispatcher = await run(reader)
  seen.length = 0
  let finish = (): void => undefined
  const slow = world.as({ type: 'system', job: 'slow' }).transaction(async (tx) => {
    const event = { epoch: world.prepared.epoch, name: 'articles.changed', payload: { locale: 'el' } } as const
    await appendEvents(tx, [eventDraft({ ...event, at: tx.clock.now() })])
    tx.emit('articles.changed', { locale: 'el' })
    await new Promise<void>((resolve) => {
      finish = resolve
    })
  })
  await expect
    .poll(() =>
      world.rows(`SELECT 1 FROM pg_stat_activity WHERE state = 'idle in transaction' AND datname = current_database()`),
    )
    .toHaveLength(1)
  await emit(1)
  dispatcher.wake()
  await dispatcher.idle()
  expect(seen).toEqual([])
  finish()
  await slow
  // The end of the older transaction may notify nobody: the reader looks again by itself.
  await expect.poll(() => seen).toEqual(['el', 'el', 'en'])
  await dispatcher.stop()
})
