import { afterEach, beforeEach, expect, test } from 'vitest'
import { createWorld, type World } from '../testkit/world.ts'
import { movePassed } from './dispatcher.repository.ts'
import { Dispatcher } from './dispatcher.ts'
import { type Subscriber, subscriber } from './domain.ts'
import { appendEvents, eventDraft, listEventsAfter } from './event-log.repository.ts'
import { createLog } from './log.ts'
import type { Place } from './place-order.ts'

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

test('one that is in no hurry takes many events in one transaction, and what fails is found and held back alone', async () => {
  await emit(6)
  // None of them may wait for an older transaction any more, so that they can be read together.
  await world.settle()
  const batches = new Map<unknown, string[]>()
  let isPoisoned = true
  const gathering: Subscriber = {
    ...subscriber('gathering', 'articles.changed', async (tx, { locale }) => {
      batches.set(tx, [...(batches.get(tx) ?? []), locale])
      tx.emit('mail.queued', { mailId: tx.ids.next() })
      if (isPoisoned && locale === 'el') throw new Error('not in Greek')
    }),
    gathers: true,
  }
  const queued = async () => (await world.rows(`SELECT 1 FROM events WHERE name = 'mail.queued'`)).length
  const first = await run(gathering)
  await first.stop()
  const [together, ...alone] = [...batches.values()]
  expect(together?.length).toBeGreaterThanOrEqual(6)
  expect(together?.slice(-6)).toEqual(['en', 'el', 'en', 'el', 'en', 'el'])
  // One by one up to the first that fails, which alone is noted.
  expect(alone.at(-1)).toEqual(['el'])
  expect(await place('gathering')).toMatchObject({ attempts: 1, last_error: 'Error: not in Greek' })
  expect(await queued()).toBe(alone.length - 1)
  isPoisoned = false
  batches.clear()
  await world.rows(`UPDATE subscriber_places SET retry_at = NULL WHERE name = 'gathering'`)
  const second = await run(gathering)
  await second.stop()
  expect([...batches.values()].flat()).toHaveLength((together?.length ?? 0) - (alone.length - 1))
  expect(batches.size).toBe(1)
  expect(await place('gathering')).toMatchObject({ attempts: 0, last_error: null })
})

test('who has nothing to do with what was seen is moved past it, unless it stands elsewhere', async () => {
  const idle = subscriber('idle', 'mail.queued', async () => undefined)
  const dispatcher = await run(idle)
  const at = async (name: string) =>
    (
      await world.rows(`SELECT epoch, xid::text AS xid, event_id::text AS id FROM subscriber_places WHERE name = $1`, [
        name,
      ])
    )[0] as Place
  const system = world.as({ type: 'system', job: 'test' })
  const log = async () =>
    (await system.transaction((tx) => listEventsAfter(tx, { epoch: 0, xid: '0', id: '0' }, 1000))).events
  const from = await at('idle')
  await emit(3)
  const all = await log()
  const seen = all.slice(-3)
  const to = seen.at(-1)?.place as Place
  const move = (passed: { name: string; from: Place; to: Place }) =>
    system.transaction((tx) => movePassed(tx, [passed]))
  // It stands before what was seen, so something may lie between.
  expect(await move({ name: 'idle', from: seen[0]?.place as Place, to })).toEqual(new Set())
  expect(await at('idle')).toEqual(from)
  await world.rows(`UPDATE subscriber_places SET retry_at = now() + interval '1 hour' WHERE name = 'idle'`)
  expect(await move({ name: 'idle', from, to })).toEqual(new Set())
  await world.rows(`UPDATE subscriber_places SET retry_at = NULL WHERE name = 'idle'`)
  expect(await move({ name: 'idle', from, to })).toEqual(new Set(['idle']))
  expect(await at('idle')).toEqual(to)
  expect(await move({ name: 'idle', from, to })).toEqual(new Set(['idle']))
  // The same by itself, a moment after it was seen.
  await emit(2)
  const more = (await log()).slice(-2)
  dispatcher.heard(more, to)
  await expect.poll(() => at('idle'), { timeout: 5000 }).toEqual(more.at(-1)?.place)
  await dispatcher.stop()
})
