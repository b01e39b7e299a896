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
