import { randomUUID } from 'node:crypto'
import type { AuditActorList, AuditEventDetail, AuditEventPage } from '@clew/contract/audit'
import type { Permission } from '@clew/contract/permissions'
import type { OrganisationId } from '@clew/contract/primitives'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createWorld, type World } from '../../../testkit/world.ts'
import { recordAudit } from '../../audit/index.ts'

type Member = Awaited<ReturnType<World['member']>>

let world: World
let team: OrganisationId
let boss: Member
let owner: Member
beforeAll(async () => {
  world = await createWorld()
  team = await world.supportTeam()
})
afterAll(() => world.close())
beforeEach(async () => {
  boss = await world.member(team, 'admin', 'Nefeli Boss')
  owner = await world.member(await world.organisation(), 'owner', 'Petros Dimou')
  await did(owner, 'user.updated')
  await did(owner, 'role.updated')
})

const did = ({ ctx }: Member, action: 'user.updated' | 'role.updated') =>
  ctx.transaction(async (tx) =>
    recordAudit(tx, { action, targets: [{ type: 'member', id: owner.id, name: 'Petros' }] }),
  )

async function get<T>(who: Pick<Member, 'headers'>, id: string, path: string) {
  const url = `/api/v1/organisations/${id}/audit${path}`
  const answer = await world.app.inject({ url, headers: who.headers })
  return { status: answer.statusCode, body: answer.json<T & { code: string }>() }
}

const viewsIn = (organisationId: string) =>
  world.rows(
    `SELECT actor_id AS by, body::jsonb -> 'targets' -> 0 ->> 'id' AS of FROM audit_events
      WHERE organisation_id = $1 AND action = 'audit.viewed_by_team' AND actor_id = $2`,
    [organisationId, boss.id],
  )

test('who may reads the log of an organisation with the filters of its console, and one event of it', async () => {
  const id = owner.organisationId
  const { body } = await get<AuditEventPage>(boss, id, '/events?actions=user.&limit=10')
  expect(body.events).toMatchObject([{ action: 'user.updated', actor: { name: 'Petros Dimou' } }])
  expect(body.matched).toEqual({ count: 1, isMore: false })
  const seq = body.events[0]?.seq ?? 0
  expect((await get<AuditEventDetail>(boss, id, `/events/${seq}`)).body.event).toEqual(body.events[0])
  const { actors } = (await get<AuditActorList>(boss, id, '/actors')).body
  expect(actors).toContainEqual({ id: owner.id, type: 'member', name: 'Petros Dimou' })
  expect((await get(boss, id, '/events/9999')).body.code).toBe('audit.event_not_found')
})

test('that it was read stands in the log of the organisation and in the own one, once in ten minutes', async () => {
  const id = owner.organisationId
  for (const path of ['/events', '/events?text=petros', '/actors', '/events/1']) await get(boss, id, path)
  expect(await viewsIn(id)).toEqual([{ by: boss.id, of: id }])
  expect(await viewsIn(team)).toEqual([{ by: boss.id, of: id }])
  // The organisation sees by its own console who it was.
  const seen = await world.app.inject({
    url: '/api/v1/console/audit/events?actions=audit.viewed_by_team',
    headers: owner.headers,
  })
  expect(seen.json<AuditEventPage>().events).toMatchObject([{ actor: { type: 'agent', name: 'Nefeli Boss' } }])
  world.clock.advance(11 * 60_000)
  await get(boss, id, '/events')
  expect(await viewsIn(id)).toHaveLength(2)
})

test('is for whoever has the permission: in a role of the team’s own too, and for nobody else', async () => {
  const id = owner.organisationId
  const withRole = async (permissions: readonly Permission[]) => {
    const member = await world.member(team, 'agent')
    const [role, now] = [randomUUID(), world.clock.now()]
    await world.rows('INSERT INTO custom_roles VALUES ($1, $2, $3, $4, $5, $5)', [role, team, role, permissions, now])
    await world.rows(`UPDATE members SET role = 'custom', custom_role_id = $1 WHERE id = $2`, [role, member.id])
    return member
  }
  const reader = await withRole(['conversations.answer', 'organisations.audit'])
  const other = await withRole(['conversations.answer', 'organisations.manage', 'audit.read'])
  expect((await get(reader, id, '/events')).status).toBe(200)
  for (const who of [other, await world.member(team, 'agent')])
    expect((await get(who, id, '/events')).body.code).toBe('permission.denied')
  expect((await get(owner, id, '/events')).status).toBe(401)
  expect(await viewsIn(id)).toEqual([])
})

test('the log of the team itself, and of nobody, is not to be had so', async () => {
  for (const id of [team, randomUUID()])
    expect((await get(boss, id, '/events')).body.code).toBe('organisation.not_found')
})
