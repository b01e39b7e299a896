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

const backendOf = async (tx: TxCtx): Promise<number> => {
  const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(sqlOf(tx))
  return rows[0]?.pid ?? 0
}

/** As PostgreSQL does when it is stopped or crashes; answers when the backend has ended. */
async function cut(pid: number): Promise<void> {
  await world.rows('SELECT pg_terminate_backend($1, 5000)', [pid])
}

test('a connection cut between two statements of a transaction is an answer to say later, and no crash', async () => {
  const outcome = system().transaction(async (tx) => {
    await cut(await backendOf(tx))
    await backendOf(tx)
  })
  await expect(outcome).rejects.toMatchObject({ code: 'server.database_unavailable' })
  await expect(system().transaction(backendOf)).resolves.toBeGreaterThan(0)
})

test('a connection cut while a statement runs is an answer to say later', async () => {
  const outcome = system().transaction(async (tx) => {
    const pid = await backendOf(tx)
    const cutting = cut(pid)
    try {
      await sql`SELECT pg_sleep(10)`.execute(sqlOf(tx))
    } finally {
      await cutting
    }
  })
  await expect(outcome).rejects.toMatchObject({ code: 'server.database_unavailable' })
})

test('every connection cut at once, as by a restart: the next request is served', async () => {
  await Promise.all([1, 2, 3].map(() => system().transaction(backendOf)))
  await world.rows(
    `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
  )
  await expect
    .poll(async () => (await world.app.inject({ url: '/health/ready' })).statusCode, { timeout: 10_000 })
    .toBe(200)
  const contact = await world.contact()
  expect(contact.token).toBeTruthy()
})

test('a deadlock is solved by trying again, without anyone hearing of it', async () => {
  const lock = (tx: TxCtx, key: number) => sql`SELECT pg_advisory_xact_lock(${key})`.execute(sqlOf(tx))
  const both = new Map<number, () => void>()
  const met = new Promise<void>((resolve) => {
    both.set(1, () => both.delete(1) && both.size === 0 && resolve())
    both.set(2, () => both.delete(2) && both.size === 0 && resolve())
  })
  const cross = (first: number, second: number) =>
    system().transaction(async (tx) => {
      await lock(tx, first)
      both.get(first)?.()
      await met
      await lock(tx, second)
      return first
    })
  await expect(Promise.all([cross(1, 2), cross(2, 1)])).resolves.toEqual([1, 2])
})
