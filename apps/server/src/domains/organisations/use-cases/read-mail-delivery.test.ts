import type { MailDelivery } from '@clew/contract/settings'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createWorld, type World } from '../../../testkit/world.ts'

let unset: World
let set: World
beforeAll(async () => {
  ;[unset, set] = await Promise.all([
    createWorld(),
    createWorld({ config: { smtpUrl: 'smtp://127.0.0.1:9', mailFrom: 'Help <help@team.example>' } }),
  ])
})
afterAll(() => Promise.all([unset.close(), set.close()]))
beforeEach(() => set.rows('DELETE FROM mails'))

async function asked(world: World, role: 'admin' | 'agent' = 'admin') {
  const { headers } = await world.member(await world.supportTeam(), role)
  const answer = await world.app.inject({ url: '/api/v1/settings/mail', headers })
  return { status: answer.statusCode, mail: answer.json<MailDelivery>() }
}

type Mail = { state: 'sent' | 'kept' | 'queued' | 'failed'; at: string; error?: string }
const put = (world: World, { state, at, error }: Mail) =>
  world.rows(
    `INSERT INTO mails (id, idempotency_key, recipient, subject, body, state, attempts, last_error, created_at, done_at)
     VALUES (gen_random_uuid(), gen_random_uuid(), 'ann@customer.example', 'Hello', '', $1, 1, $2, $3, $4)`,
    [state, error ?? null, at, state === 'sent' || state === 'kept' ? at : null],
  )

test('without a mail server it says so, and how many mails are kept', async () => {
  expect((await asked(unset)).mail).toEqual({ hasServer: false, kept: 0 })
  await put(unset, { state: 'kept', at: '2026-11-24T07:00:00Z' })
  await put(unset, { state: 'failed', at: '2026-11-24T07:30:00Z', error: 'refused' })
  expect((await asked(unset)).mail).toEqual({ hasServer: false, kept: 1 })
})

test('a mail server that takes none says since when, until one has gone out again', async () => {
  expect((await asked(set)).mail).toEqual({ hasServer: true, kept: 0 })
  await put(set, { state: 'sent', at: '2026-11-24T07:00:00Z' })
  await put(set, { state: 'queued', at: '2026-11-24T07:20:00Z', error: 'connect ECONNREFUSED' })
  await put(set, { state: 'failed', at: '2026-11-24T07:10:00Z', error: 'connect ECONNREFUSED' })
  await put(set, { state: 'queued', at: '2026-11-24T07:30:00Z' })
  expect((await asked(set)).mail).toEqual({
    hasServer: true,
    kept: 0,
    failing: { count: 2, since: '2026-11-24T07:10:00.000Z' },
  })
  await put(set, { state: 'sent', at: '2026-11-24T07:40:00Z' })
  expect((await asked(set)).mail).toEqual({ hasServer: true, kept: 0 })
})

test('an address that refuses is no sign of a server that fails, once another got theirs', async () => {
  await put(set, { state: 'failed', at: '2026-11-24T07:10:00Z', error: '550 no such user <ann@customer.example>' })
  await put(set, { state: 'sent', at: '2026-11-24T07:11:00Z' })
  expect((await asked(set)).mail.failing).toBeUndefined()
})

test('it is told to nobody who may not set the product up, nor to another organisation', async () => {
  expect((await asked(set, 'agent')).status).toBe(403)
  const other = await set.member(await set.organisation(), 'owner')
  const answer = await set.app.inject({ url: '/api/v1/settings/mail', headers: other.headers })
  expect(answer.statusCode).toBe(401)
})
