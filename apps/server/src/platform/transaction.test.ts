import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../testkit/world.ts'
import type { TxCtx } from './ctx.ts'
import { sqlOf } from './sql.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const system = () => world.as({ type: 'system', job: 'test' })
const one = async (tx: TxCtx): Promise<number> => {
  const { rows } = await sql<{ n: number }>`SELECT 1 AS n`.execute(sqlOf(tx))
  return rows[0]?.n ?? 0
}
const fail = (tx: TxCtx): Promise<unknown> => sql`SELECT 1 / 0`.execute(sqlOf(tx))
const events = async (): Promise<unknown[]> =>
  (await world.rows(`SELECT payload FROM events WHERE name = 'articles.changed' ORDER BY epoch, xid, id`)).map(
    ({ payload }) => (payload as { locale: string }).locale,
  )

test('events are written with the commit, in the order in which they were emitted', async () => {
  const before = await events()
  await system().transaction(async (tx) => {
    tx.emit('articles.changed', { locale: 'el' })
    await one(tx)
    tx.emit('articles.changed', { locale: 'en' })
  })
  expect((await events()).slice(before.length)).toEqual(['el', 'en'])
})

test('what throws takes its events with it', async () => {
  const before = await events()
  const outcome = system().transaction(async (tx) => {
    tx.emit('articles.changed', { locale: 'el' })
    await one(tx)
    throw new Error('no')
  })
  await expect(outcome).rejects.toThrow('no')
  expect(await events()).toEqual(before)
})

test('an event that is not what the contract says is refused where it is emitted', async () => {
  const outcome = system().transaction(async (tx) => tx.emit('articles.changed', { locale: 'xx' } as never))
  await expect(outcome).rejects.toThrow()
})

test('a query that nobody waited for and that failed undoes the transaction, and says so', async () => {
  const before = await events()
  const outcome = system().transaction(async (tx) => {
    fail(tx).catch(() => undefined)
    tx.emit('articles.changed', { locale: 'el' })
    return 'done'
  })
  await expect(outcome).rejects.toThrow()
  const silent = system().transaction(async (tx) => {
    fail(tx).catch(() => undefined)
    return 'done'
  })
  await expect(silent).rejects.toThrow('the transaction was rolled back')
  expect(await events()).toEqual(before)
})

test('a concluded transaction answers, and what it emitted before is there', async () => {
  const before = await events()
  const answer = await system().transaction((tx) => {
    tx.emit('articles.changed', { locale: 'en' })
    return tx.conclude(one(tx))
  })
  expect(answer).toBe(1)
  expect((await events()).slice(before.length)).toEqual(['en'])
})

test('nothing can be asked after a transaction was concluded', async () => {
  const outcome = system().transaction(async (tx) => {
    await tx.conclude(one(tx))
    return one(tx)
  })
  await expect(outcome).rejects.toThrow('the transaction is over')
})

test('when the last query of a concluded transaction fails, nothing is kept and its error is the answer', async () => {
  const before = await events()
  const outcome = system().transaction((tx) => {
    tx.emit('articles.changed', { locale: 'en' })
    return tx.conclude(fail(tx))
  })
  await expect(outcome).rejects.toThrow('division by zero')
  expect(await events()).toEqual(before)
  expect(await system().transaction(one)).toBe(1)
})

test('one that runs inside another concludes nothing', async () => {
  const answer = await system().transaction(async (outer) => {
    const inner = await outer.transaction((tx) => tx.conclude(one(tx)))
    return inner + (await one(outer))
  })
  expect(answer).toBe(2)
})

test('statements that were passed over can be asked again on the same connection', async () => {
  const fresh = (tx: TxCtx) => sql<{ n: number }>`SELECT 41 + 1 AS n`.execute(sqlOf(tx))
  const outcome = system().transaction((tx) => Promise.all([one(tx), fail(tx), fresh(tx), fresh(tx)]))
  await expect(outcome).rejects.toThrow('division by zero')
  const again = await system().transaction((tx) => Promise.all([one(tx), fresh(tx), fresh(tx)]))
  expect(again.map((each) => (typeof each === 'number' ? each : each.rows[0]?.n))).toEqual([1, 42, 42])
})

test('a value that cannot be written down fails its query, and the connection goes on', async () => {
  const circle: Record<string, unknown> = {}
  circle['self'] = circle
  const outcome = system().transaction((tx) =>
    Promise.all([one(tx), sql`SELECT ${circle}::jsonb`.execute(sqlOf(tx)), one(tx)]),
  )
  await expect(outcome).rejects.toThrow('circular')
  expect(await system().transaction(one)).toBe(1)
})

test('answers are told apart by their columns and read by their types, each time', async () => {
  const ask = (tx: TxCtx, text: string | null) =>
    sql<object>`SELECT 7::bigint AS n, ${text}::text AS t, date '2026-11-24' AS d, '{"a":1}'::jsonb AS j,
      timestamptz '2026-11-24T08:00Z' AS at, '\\x01'::bytea AS b, ARRAY['x'] AS a`.execute(sqlOf(tx))
  const row = {
    n: 7,
    d: '2026-11-24',
    j: { a: 1 },
    at: new Date('2026-11-24T08:00Z'),
    b: Buffer.from([1]),
    a: ['x'],
  }
  for (const text of ['Καλημέρα', null]) {
    const [first, second] = await system().transaction((tx) => Promise.all([ask(tx, text), ask(tx, text)]))
    expect([...first.rows, ...second.rows]).toEqual([
      { ...row, t: text },
      { ...row, t: text },
    ])
  }
})
