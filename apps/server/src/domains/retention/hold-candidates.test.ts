import type { HoldCandidates } from '@clew/contract/hold-candidates'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keptIn } from '../../testkit/kept.ts'
import { createWorld, type World } from '../../testkit/world.ts'

let world: World
let kept: ReturnType<typeof keptIn>
beforeAll(async () => {
  world = await createWorld()
  kept = keptIn(world)
})
afterAll(() => world.close())

const find = async ({ api }: Pick<Awaited<ReturnType<typeof kept.company>>, 'api'>, q: string) =>
  (await api<HoldCandidates>('GET', `/holds/candidates?q=${encodeURIComponent(q)}`)).body

test('what is typed finds people and cases of the organisation, and nothing of another', async () => {
  const a = await kept.company()
  const b = await kept.company()
  const case1 = await kept.wrote(a, 'nikos@halcyon.example', 'Ο εκτυπωτής καίγεται')
  await kept.wrote(b, 'nikos@elsewhere.example', 'Ο εκτυπωτής καίγεται')
  await world.rows(`UPDATE contacts SET name = 'Νίκος Αλεξίου' WHERE email = $1`, [case1.email])

  expect(await find(a, 'νικος')).toEqual({
    members: [],
    contacts: [{ address: 'nikos@halcyon.example', name: 'Νίκος Αλεξίου' }],
    conversations: [],
  })
  const cases = [{ number: case1.number, subject: 'Ο εκτυπωτής καίγεται' }]
  expect((await find(a, 'ΕΚΤΥΠΩΤΗΣ')).conversations).toEqual(cases)
  expect((await find(a, `C-${case1.number}`)).conversations).toEqual(cases)
  expect((await find(b, `${case1.number}`)).conversations).not.toEqual(cases)
  expect(await find(a, '%')).toEqual({ members: [], contacts: [], conversations: [] })
})

test('somebody who has left is found too, after those who are there', async () => {
  const a = await kept.company()
  const there = await world.member(a.id, 'member')
  const left = await world.member(a.id, 'member')
  await world.rows(`UPDATE members SET name = 'Rhea', folded = 'rhea ' || email WHERE id = ANY ($1)`, [
    [there.actor.id, left.actor.id],
  ])
  await world.rows('UPDATE members SET removed_at = $2 WHERE id = $1', [left.actor.id, world.clock.now()])
  expect((await find(a, 'Rhéa')).members).toMatchObject([
    { id: there.actor.id, hasLeft: false },
    { id: left.actor.id, hasLeft: true },
  ])
})

test('who may not place holds finds nobody', async () => {
  const a = await kept.company()
  const auditor = await world.member(a.id, 'auditor')
  const answer = await world.app.inject({
    url: '/api/v1/console/holds/candidates?q=a',
    headers: auditor.headers,
  })
  expect(answer.statusCode).toBe(403)
})
