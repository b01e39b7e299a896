import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../../testkit/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const take = ({ headers }: { headers: Record<string, string> }) =>
  world.app.inject({ method: 'POST', url: '/api/v1/console/me/data', headers, payload: {} })

test('somebody takes what is kept of their account: themselves, their sessions and what they did, and nobody else', async () => {
  const id = await world.organisation('halcyon')
  const rhea = await world.member(id, 'member', 'Rhea Koss')
  const zoe = await world.member(id, 'owner', 'Zoe Other')
  await world.app.inject({
    method: 'PATCH',
    url: '/api/v1/console/me',
    headers: rhea.headers,
    payload: { title: 'Purser' },
  })
  await take(zoe)
  const answer = await take(rhea)
  expect(answer.statusCode).toBe(200)
  expect(answer.headers['content-disposition']).toBe('attachment; filename="my-account-2026-11-24.json"')
  const account = answer.json()
  expect(account).toMatchObject({ profile: { name: 'Rhea Koss', title: 'Purser' }, groups: [] })
  expect(account.sessions).toHaveLength(1)
  expect(account.did.map(({ action }: { action: string }) => action)).toContain('user.updated')
  expect(answer.body).not.toContain('Zoe')
})

test('that it was taken is on record', async () => {
  const id = await world.organisation('kyma')
  const owner = await world.member(id, 'owner')
  await take(owner)
  const rows = await world.rows(
    `SELECT body::jsonb -> 'metadata' AS metadata FROM audit_events
      WHERE organisation_id = $1 AND action = 'export.downloaded'`,
    [id],
  )
  expect(rows).toEqual([{ metadata: { own: true } }])
})
