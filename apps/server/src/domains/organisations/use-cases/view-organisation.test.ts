import type { ConsoleMemberList } from '@clew/contract/members'
import type { OrganisationId } from '@clew/contract/primitives'
import type { OrganisationFigures, OrganisationSignIn } from '@clew/contract/team-organisations'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../../../testkit/world.ts'

type Member = Awaited<ReturnType<World['member']>>

let world: World
let team: OrganisationId
let boss: Member
let owner: Member
beforeAll(async () => {
  world = await createWorld()
  team = await world.supportTeam()
  boss = await world.member(team, 'admin', 'Nefeli Boss')
  owner = await world.member(await world.organisation('halcyon'), 'owner', 'Petros Dimou')
  await world.member(owner.organisationId, 'member', 'Rhea Koss')
  await world.member(await world.organisation('kyma'), 'owner', 'Zoe Foreign')
})
afterAll(() => world.close())

async function look<T>(who: Pick<Member, 'headers'>, id: string, path: string) {
  const answer = await world.app.inject({ url: `/api/v1/organisations/${id}/${path}`, headers: who.headers })
  return { status: answer.statusCode, body: answer.json<T & { code: string }>() }
}

const paths = ['members', 'figures', 'sign-in']

test('the team sees the people of an organisation, its seats and how they sign in, and may change none of it', async () => {
  const id = owner.organisationId
  const { members, total } = (await look<ConsoleMemberList>(boss, id, 'members')).body
  expect(members.map(({ name, mayChange }) => `${name} ${mayChange}`).sort()).toEqual([
    'Petros Dimou false',
    'Rhea Koss false',
  ])
  expect(total).toBe(2)
  const found = (await look<ConsoleMemberList>(boss, id, 'members?q=rhea')).body
  expect(found.members.map(({ name }) => name)).toEqual(['Rhea Koss'])
  expect((await look<OrganisationFigures>(boss, id, 'figures')).body).toMatchObject({ members: 2, seatTypes: [] })
  expect((await look<OrganisationSignIn>(boss, id, 'sign-in')).body).toEqual({
    connections: [],
    domains: [],
    isRequired: false,
    breakGlass: 0,
    ready: 0,
    members: 2,
  })
})

test('the organisation finds in its log that somebody of the team looked, once for one visit', async () => {
  const id = owner.organisationId
  world.clock.advance(11 * 60_000)
  for (const path of paths) await look(boss, id, path)
  const rows = await world.rows(
    `SELECT body::jsonb -> 'targets' -> 0 ->> 'id' AS of FROM audit_events
      WHERE organisation_id = $1 AND action = 'organisation.viewed_by_team' AND occurred_at >= $2`,
    [id, world.clock.now()],
  )
  expect(rows).toEqual([{ of: id }])
})

test('is for those of the team who look after organisations, and of customers alone', async () => {
  const agent = await world.member(team, 'agent')
  for (const path of paths) {
    expect((await look(agent, owner.organisationId, path)).body.code, path).toBe('permission.denied')
    expect((await look(owner, owner.organisationId, path)).status, path).toBe(401)
    expect((await look(boss, team, path)).body.code, path).toBe('organisation.not_found')
  }
})
