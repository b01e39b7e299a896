import type { GroupList, RoleList, SeatHistory, SeatTypeList } from '@clew/contract/members'
import type { OrganisationId } from '@clew/contract/primitives'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createWorld, type World } from '../../../testkit/world.ts'

let world: World
let organisationId: OrganisationId
let owner: Awaited<ReturnType<World['member']>>
let elsewhere: Awaited<ReturnType<World['member']>>
beforeEach(async () => {
  world = await createWorld()
  organisationId = await world.organisation('halcyon')
  owner = await world.member(organisationId, 'owner', 'Petros')
  elsewhere = await world.member(await world.organisation('kyma'))
})
afterEach(() => world.close())

type Who = { headers: Record<string, string> }
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
const call = async <T = { id: string }>(who: Who, method: Method, path: string, payload?: object) => {
  const url = `/api/v1/console${path}`
  const answer = await world.app.inject({ method, url, headers: who.headers, ...(payload ? { payload } : {}) })
  return { status: answer.statusCode, body: (answer.body === '' ? undefined : answer.json()) as T & { code: string } }
}
const audited = async (action: string) =>
  (await world.rows('SELECT count(*)::int AS n FROM audit_events WHERE action = $1', [action]))[0]?.['n']

describe('roles of one’s own', () => {
  const make = (who: Who, name: string, permissions: string[]) => call(who, 'POST', '/roles', { name, permissions })
  const roles = async (who: Who = owner) => (await call<RoleList>(who, 'GET', '/roles')).body

  test('are sets of named permissions that hold at once for those who have them', async () => {
    const { id } = (await make(owner, 'Clerk', ['members.read', 'groups.manage'])).body
    const member = await world.member(organisationId, 'member')
    expect((await call(member, 'POST', '/groups', { name: 'Claims' })).status).toBe(403)
    await call(owner, 'PATCH', `/members/${member.id}`, { role: { role: 'custom', customRoleId: id } })
    const clerk = await world.member(organisationId, 'member')
    await call(owner, 'PATCH', `/members/${clerk.id}`, { role: { role: 'custom', customRoleId: id } })
    expect((await roles()).roles.find((role) => role.id === id)).toMatchObject({ name: 'Clerk', members: 2 })
    expect((await call(clerk, 'POST', '/groups', { name: 'Claims' })).status).toBe(201)
    await call(owner, 'PUT', `/roles/${id}`, { name: 'Reader', permissions: ['members.read'] })
    expect((await call(clerk, 'POST', '/groups', { name: 'Other' })).status).toBe(403)
    expect(await audited('role.updated')).toBe(1)
  })

  test('are deleted only when nobody has them and they are offered to nobody', async () => {
    const { id } = (await make(owner, 'Clerk', ['members.read'])).body
    const invited = { source: 'paste', text: 'a@x.example', role: { role: 'custom', customRoleId: id } }
    await call(owner, 'POST', '/invitations', invited)
    expect((await call(owner, 'DELETE', `/roles/${id}`)).body.code).toBe('role.in_use')
    const open = (await call<{ invitations: { id: string }[] }>(owner, 'GET', '/invitations')).body.invitations
    await call(owner, 'DELETE', `/invitations/${open[0]?.id}`)
    expect((await call(owner, 'DELETE', `/roles/${id}`)).status).toBe(204)
    expect((await call(owner, 'DELETE', `/roles/${id}`)).body.code).toBe('role.not_found')
  })

  test('hold nothing that one may not do oneself, and nothing of the team', async () => {
    const { id } = (await make(owner, 'Roles', ['roles.manage', 'members.read'])).body
    const member = await world.member(organisationId, 'member')
    await call(owner, 'PATCH', `/members/${member.id}`, { role: { role: 'custom', customRoleId: id } })
    expect((await make(member, 'More', ['audit.read'])).body.code).toBe('role.beyond_own')
    const { id: strong } = (await make(owner, 'Strong', ['audit.read'])).body
    const weaken = { name: 'Strong', permissions: ['members.read'] }
    expect((await call(member, 'PUT', `/roles/${strong}`, weaken)).body.code).toBe('role.beyond_own')
    expect((await call(member, 'DELETE', `/roles/${strong}`)).body.code).toBe('role.beyond_own')
    expect((await make(owner, 'Team', ['conversations.answer'])).body.code).toBe('role.team_only')
    expect((await make(await world.member(organisationId, 'admin'), 'Fine', ['audit.read'])).status).toBe(201)
  })

  test('have a name once, and are unknown to other organisations', async () => {
    const { id } = (await make(owner, 'Clerk', ['members.read'])).body
    expect((await make(owner, 'CLERK', ['members.read'])).body.code).toBe('role.name_taken')
    expect((await make(elsewhere, 'Clerk', ['members.read'])).status).toBe(201)
    expect((await call(elsewhere, 'DELETE', `/roles/${id}`)).body.code).toBe('role.not_found')
    expect((await call(elsewhere, 'PUT', `/roles/${id}`, { name: 'X', permissions: ['members.read'] })).status).toBe(
      404,
    )
    const both = await Promise.all([make(owner, 'Same', ['members.read']), make(owner, 'same', ['members.read'])])
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409])
  })
})

describe('groups', () => {
  const groups = async (who: Who = owner) => (await call<GroupList>(who, 'GET', '/groups')).body.groups

  test('are made, renamed, filled, emptied and deleted', async () => {
    const { id } = (await call(owner, 'POST', '/groups', { name: 'Claims' })).body
    const [ann, ben] = [await world.member(organisationId, 'member'), await world.member(organisationId, 'member')]
    const put = (payload: object) =>
      call<{ added: number; removed: number }>(owner, 'POST', `/groups/${id}/members`, payload)
    expect((await put({ add: [ann.id, ben.id, elsewhere.id] })).body).toEqual({ added: 2, removed: 0 })
    expect((await put({ add: [ann.id], remove: [ben.id, elsewhere.id] })).body).toEqual({ added: 0, removed: 1 })
    await call(owner, 'PUT', `/groups/${id}`, { name: 'Claims and losses' })
    expect(await groups()).toMatchObject([{ name: 'Claims and losses', members: 1, connection: null }])
    expect((await call(owner, 'DELETE', `/groups/${id}`)).status).toBe(204)
    expect(await groups()).toEqual([])
    expect(await audited('group.member_added')).toBe(2)
  })

  test('of a connection are only read here', async () => {
    const connection = '00000000-0000-7000-8000-000000000001'
    const id = '00000000-0000-7000-8000-000000000002'
    await world.rows(
      `INSERT INTO member_groups (id, organisation_id, name, connection_id, created_at, updated_at)
       VALUES ($1, $2, 'Chartering', $3, now(), now())`,
      [id, organisationId, connection],
    )
    expect((await groups())[0]?.connection).toMatchObject({ id: connection })
    const codes = [
      (await call(owner, 'PUT', `/groups/${id}`, { name: 'X' })).body.code,
      (await call(owner, 'DELETE', `/groups/${id}`)).body.code,
      (await call(owner, 'POST', `/groups/${id}/members`, { add: [owner.id] })).body.code,
    ]
    expect(new Set(codes)).toEqual(new Set(['group.provisioned']))
    // One's own may have the same name.
    expect((await call(owner, 'POST', '/groups', { name: 'Chartering' })).status).toBe(201)
  })

  test('are refused without the permission, twice by name, and across organisations', async () => {
    const { id } = (await call(owner, 'POST', '/groups', { name: 'Claims' })).body
    const member = await world.member(organisationId, 'member')
    expect((await call(member, 'POST', '/groups', { name: 'X' })).body.code).toBe('permission.denied')
    expect((await call(owner, 'POST', '/groups', { name: 'claims' })).body.code).toBe('group.name_taken')
    expect((await call(elsewhere, 'DELETE', `/groups/${id}`)).body.code).toBe('group.not_found')
    expect((await call(elsewhere, 'POST', `/groups/${id}/members`, { add: [elsewhere.id] })).status).toBe(404)
  })
})

describe('seats', () => {
  const make = async (name: string, limit: number | null) =>
    (await call(owner, 'POST', '/seat-types', { name, limit })).body.id
  const types = async () => (await call<SeatTypeList>(owner, 'GET', '/seat-types')).body.seatTypes
  const give = (id: string, seatTypeId: string | null, who: Who = owner) =>
    call(who, 'PATCH', `/members/${id}`, { seatTypeId })

  test('the last one goes to one of two who want it at once', async () => {
    const seat = await make('Full', 1)
    const [ann, ben] = [await world.member(organisationId, 'member'), await world.member(organisationId, 'member')]
    const both = await Promise.all([give(ann.id, seat), give(ben.id, seat)])
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409])
    expect((await types())[0]).toMatchObject({ used: 1, limit: 1, isDefault: true })
  })

  test('leave a history by which a true-up goes', async () => {
    const seat = await make('Full', 2)
    const [ann, ben] = [await world.member(organisationId, 'member'), await world.member(organisationId, 'member')]
    for (const step of [
      () => give(ann.id, seat),
      () => give(ben.id, seat),
      () => give(ben.id, null),
      () => give(ben.id, null),
    ]) {
      world.clock.advance(60_000)
      await step()
    }
    world.clock.advance(60_000)
    await call(owner, 'PUT', `/seat-types/${seat}`, { name: 'Full', limit: 1, isDefault: true })
    const { changes } = (await call<SeatHistory>(owner, 'GET', '/seat-types/history')).body
    expect(changes.map(({ used, limit, highest }) => [used, limit, highest])).toEqual([
      [1, 1, 2],
      [1, 2, 2],
      [2, 2, 2],
      [1, 2, 1],
      [0, 2, 0],
    ])
    expect((await call(await world.member(organisationId, 'member'), 'GET', '/seat-types/history')).status).toBe(403)
  })

  test('billing gives seats but no roles', async () => {
    const seat = await make('Full', null)
    const [billing, ann] = [await world.member(organisationId, 'billing'), await world.member(organisationId, 'member')]
    expect((await give(ann.id, seat, billing)).status).toBe(200)
    expect((await call(billing, 'PATCH', `/members/${ann.id}`, { role: { role: 'auditor' } })).status).toBe(403)
    expect((await give(ann.id, null, ann)).status).toBe(403)
  })

  test('of another type can be had when the own one is full', async () => {
    const [full, light] = [await make('Full', 1), await make('Light', 1)]
    const ann = await world.member(organisationId, 'member')
    await give(ann.id, full)
    expect((await give(ann.id, light)).status).toBe(200)
    expect((await types()).map(({ name, used }) => `${name} ${used}`)).toEqual(['Full 0', 'Light 1'])
    expect((await call(owner, 'DELETE', `/seat-types/${light}`)).body.code).toBe('seat_type.in_use')
    expect((await call(owner, 'DELETE', `/seat-types/${full}`)).status).toBe(204)
    expect((await call(owner, 'POST', '/seat-types', { name: 'LIGHT', limit: 1 })).body.code).toBe(
      'seat_type.name_taken',
    )
    expect((await call(elsewhere, 'DELETE', `/seat-types/${light}`)).body.code).toBe('seat_type.not_found')
    expect((await give(ann.id, '00000000-0000-7000-8000-000000000009')).body.code).toBe('seat_type.not_found')
  })

  test('a lower limit takes nobody’s seat and lets nobody in', async () => {
    const seat = await make('Full', 2)
    const [ann, ben, cyd] = [
      await world.member(organisationId, 'member'),
      await world.member(organisationId, 'member'),
      await world.member(organisationId, 'member'),
    ]
    await give(ann.id, seat)
    await give(ben.id, seat)
    await call(owner, 'PUT', `/seat-types/${seat}`, { name: 'Full', limit: 1, isDefault: true })
    expect((await types())[0]).toMatchObject({ used: 2, limit: 1 })
    expect((await give(cyd.id, seat)).body.code).toBe('seat.none_left')
  })

  test('of somebody who is stopped is free again', async () => {
    const seat = await make('Full', 1)
    const [ann, ben] = [await world.member(organisationId, 'member'), await world.member(organisationId, 'member')]
    await give(ann.id, seat)
    await call(owner, 'POST', `/members/${ann.id}/deactivate`, {})
    expect((await give(ben.id, seat)).status).toBe(200)
    // Who comes back finds it taken and comes back without one.
    const back = await call<{ seat: unknown }>(owner, 'POST', `/members/${ann.id}/reactivate`, {})
    expect([back.status, back.body.seat]).toEqual([200, null])
  })
})
