import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../testkit/world.ts'
import { compiled } from './compiled.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const system = () => world.as({ type: 'system', job: 'test' })

test('a query is built once, and each time sent with the values of that time', async () => {
  let built = 0
  const said = compiled((db, { n, words }: { n: number; words: string | undefined }) => {
    built += 1
    return sql<{ n: number; words: string | null }>`
      SELECT ${n}::int AS n, ${words}::text AS words, 'fixed' AS fixed`.compile(db)
  })
  const ask = (n: number, words?: string) => system().transaction((tx) => said(tx, { n, words }))
  expect(await ask(1, 'one')).toEqual([{ n: 1, words: 'one', fixed: 'fixed' }])
  expect(await ask(2)).toEqual([{ n: 2, words: null, fixed: 'fixed' }])
  expect(built).toBe(1)
})

test('a value stands wherever the query names it, however often', async () => {
  const joined = compiled((db, { first, last }: { first: string; last: string }) =>
    sql<{ words: string }>`SELECT ${last}::text || ${first}::text || ${last}::text AS words`.compile(db),
  )
  const rows = await system().transaction((tx) =>
    Promise.all([joined(tx, { first: 'a', last: 'b' }), joined(tx, { first: 'c', last: 'd' })]),
  )
  expect(rows.flat()).toEqual([{ words: 'bab' }, { words: 'dcd' }])
})
