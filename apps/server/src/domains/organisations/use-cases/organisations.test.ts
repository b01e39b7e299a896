import type { CreatedOrganisation, InvitedOwner, OrganisationList, OrganisationView } from '@clew/contract/members'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createWorld, type World } from '../../../testkit/world.ts'

let world: World
let boss: Awaited<ReturnType<World['member']>>
beforeEach(async () => {
  world = await createWorld()
  boss = await world.member(await world.supportTeam(), 'owner', 'Boss')
})
afterEach(() => world.close())

type Who = { headers: Record<string, string> }
const call = async <T>(who: Who, method: 'GET' | 'POST' | 'PATCH', path: string, payload?: object) => {
  const url = `/api/v1/organisations${path}`
  const answer = await world.app.inject({ method, url, headers: who.headers, ...(payload ? { payload } : {}) })
  return { status: answer.statusCode, body: answer.json<T & { code: string }>() }
}
const open = (payload: object) => call<CreatedOrganisation>(boss, 'POST', '', payload)

test('opening an organisation gives it its seats and invites its first owner, who then runs it', async () => {
  const made = await open({
    name: 'Halcyon Shipping',
    slug: 'halcyon',
    seats: 5,
    region: 'EU',
    ownerEmail: 'p@halcyon.example',
  })
  expect(made.body.organisation).toMatchObject({
    slug: 'halcyon',
    region: 'EU',
    owners: 0,
    seats: { limit: 5, invited: 1 },
  })
  const accepted = await world.app.inject({
    method: 'POST',
    url: '/api/v1/invitations/accept',
    payload: { token: made.body.ownerLink?.split('#token=')[1], name: 'Petros', password: 'a long enough password 7' },
  })
  expect(accepted.json()).toMatchObject({
    member: { role: 'owner' },
    organisation: { slug: 'halcyon', kind: 'customer' },
  })
  const { organisations } = (await call<OrganisationList>(boss, 'GET', '')).body
  expect(organisations.map(({ slug, owners }) => `${slug} ${owners}`)).toEqual(['team 1', 'halcyon 1'])
})

test('in Greek the seats that it gets have a Greek name', async () => {
  const { body } = await open({ name: 'Μελτέμι', slug: 'meltemi', seats: 5, locale: 'el' })
  expect(await world.rows('SELECT name FROM seat_types WHERE organisation_id = $1', [body.organisation.id])).toEqual([
    { name: 'Θέση' },
  ])
})

test('is for those of the team who look after organisations', async () => {
  const agent = await world.member(await world.supportTeam(), 'agent')
  const customer = await world.member(await world.organisation('kyma'))
  for (const who of [agent, customer]) {
    expect((await call(who, 'GET', '')).status).toBe(who === agent ? 403 : 401)
    expect((await call(who, 'POST', '', { name: 'X', slug: 'x-y' })).status).toBe(who === agent ? 403 : 401)
  }
})

test('a short name is had once, by two at once too', async () => {
  const both = await Promise.allSettled([open({ name: 'One', slug: 'same' }), open({ name: 'Two', slug: 'same' })])
  const statuses = both.map((each) => (each.status === 'fulfilled' ? each.value.status : 0)).sort((a, b) => a - b)
  expect(statuses).toEqual([201, 409])
  expect((await open({ name: 'Bad', slug: 'No Spaces' })).status).toBe(400)
})

test('changes are kept and audited in the log of the organisation itself', async () => {
  const { id } = (await open({ name: 'Halcyon', slug: 'halcyon' })).body.organisation
  await open({ name: 'Kyma', slug: 'kyma' })
  expect((await call(boss, 'PATCH', `/${id}`, { slug: 'kyma' })).body.code).toBe('organisation.slug_taken')
  const changed = await call<OrganisationView>(boss, 'PATCH', `/${id}`, { name: 'Halcyon Group', seats: 3 })
  expect(changed.body).toMatchObject({ name: 'Halcyon Group', slug: 'halcyon', seats: { limit: 3 } })
  await call(boss, 'PATCH', `/${id}`, { name: 'Halcyon Group', seats: 3 })
  const actions = await world.rows(
    `SELECT action, count(*)::int AS n FROM audit_events WHERE organisation_id = $1 GROUP BY 1 ORDER BY 1`,
    [id],
  )
  expect(actions).toEqual([
    { action: 'organisation.created', n: 1 },
    { action: 'organisation.updated', n: 1 },
    { action: 'seat.type_changed', n: 1 },
  ])
  const nowhere = '/00000000-0000-7000-8000-000000000009'
  expect((await call(boss, 'GET', nowhere)).body.code).toBe('organisation.not_found')
})

test('another owner is invited when the first ones are gone', async () => {
  const { id } = (await open({ name: 'Halcyon', slug: 'halcyon' })).body.organisation
  const invited = await call<InvitedOwner>(boss, 'POST', `/${id}/owners`, { email: 'new@halcyon.example' })
  expect(invited.body.link).toContain('#token=')
  const member = await world.member(id)
  expect((await call(boss, 'POST', `/${id}/owners`, { email: member.email })).body.code).toBe(
    'invitation.address_taken',
  )
})
