import type { MemberRole } from '@clew/contract/permissions'
import type { OrganisationId } from '@clew/contract/primitives'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createWorld, type World } from '../../testkit/world.ts'
import { createApiKey } from '../sign-in/use-cases/api-keys.ts'
import { openSession } from '../sign-in/use-cases/open-session.ts'
import { connect, groupSchemaId, memberIds, userSchemaId } from './testing/client.ts'
import { readConnections, removeConnection, saveConnection } from './use-cases/manage-connections.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const memberOf = async (id: string) => (await world.rows('SELECT * FROM members WHERE id = $1', [id]))[0]
const audited = async (organisationId: OrganisationId) =>
  (await world.rows('SELECT body FROM audit_events WHERE organisation_id = $1 ORDER BY seq', [organisationId])).map(
    ({ body }) => JSON.parse(String(body)) as { action: string; actor: { type: string; via: string }; outcome: string },
  )
const logged = (connectionId: string) =>
  world.rows('SELECT * FROM provisioning_requests WHERE connection_id = $1 ORDER BY at, id', [connectionId])

const changesOf = async (connectionId: string) =>
  (await logged(connectionId)).flatMap(({ changes }) => changes as object[])

describe('somebody who is there already', () => {
  test('is taken over by their address, with the role that they had', async () => {
    const organisationId = await world.organisation()
    const member = await world.member(organisationId, 'admin', 'Ann')
    const scim = await connect(world, { organisationId })
    const made = await scim.post('/Users', {
      schemas: [userSchemaId],
      userName: 'ann',
      displayName: 'Ann Lee',
      emails: [{ value: member.email.toUpperCase() }],
    })
    expect(made).toMatchObject({ status: 201, body: { id: member.id } })
    expect(await memberOf(member.id)).toMatchObject({ role: 'admin', source: 'scim', name: 'Ann Lee' })
    expect(await changesOf(scim.connection.id)).toContainEqual({
      kind: 'effect',
      effect: 'taken_over',
      name: 'Ann Lee',
    })
  })

  test('in another organisation is somebody else', async () => {
    const elsewhere = await world.member(await world.organisation(), 'member')
    const scim = await connect(world, { organisationId: await world.organisation() })
    const made = await scim.post('/Users', { schemas: [userSchemaId], userName: elsewhere.email })
    expect(made.status).toBe(201)
    expect(made.body.id).not.toBe(elsewhere.id)
    expect(await memberOf(elsewhere.id)).toMatchObject({ source: 'invited', connection_id: null })
  })

  test('and comes by another connection stays with it', async () => {
    const organisationId = await world.organisation()
    const [first, second] = [await connect(world, { organisationId }), await connect(world, { organisationId })]
    const { id } = await first.user('shared@two.example')
    const made = await second.post('/Users', { schemas: [userSchemaId], userName: 'shared@two.example' })
    expect(made).toMatchObject({ status: 409, body: { scimType: 'uniqueness' } })
    expect((await memberOf(id))?.['connection_id']).toBe(first.connection.id)
  })

  test('and was stopped at the console is not brought back by an update', async () => {
    const organisationId = await world.organisation()
    const scim = await connect(world, { organisationId })
    const { id } = await scim.user('held@stopped.example')
    await world.rows(`UPDATE members SET deactivated_at = now(), deactivated_via = 'console' WHERE id = $1`, [id])
    await scim.patch(`/Users/${id}`, [{ op: 'replace', value: { active: false } }])
    await scim.patch(`/Users/${id}`, [{ op: 'replace', value: { active: true } }])
    expect((await memberOf(id))?.['deactivated_via']).toBe('console')
    expect(await changesOf(scim.connection.id)).toContainEqual({
      kind: 'effect',
      effect: 'kept_stopped',
      name: 'held@stopped.example',
    })
  })
})

describe('stopping somebody', () => {
  test('ends their session in the same moment, is in the audit log, and tells the other rooms', async () => {
    const organisationId = await world.organisation()
    const scim = await connect(world, { organisationId })
    const { id } = await scim.user('leaver@end.example')
    const system = world.as({ type: 'system', job: 'test' })
    const session = await system.transaction(async (tx) => {
      const { findMember } = await import('../organisations/index.ts')
      const member = await findMember(tx, id)
      if (!member) throw new Error('there is no such member')
      return openSession(tx, member)
    })
    const who = () =>
      world.app.inject({ url: '/api/v1/session', headers: { cookie: `__Host-clew_session=${session.token}` } })
    expect((await who()).statusCode).toBe(200)
    expect((await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'active', value: false }])).status).toBe(200)
    expect((await who()).statusCode).toBe(401)
    const events = await world.rows(
      `SELECT payload FROM events WHERE name = 'member.deactivated' ORDER BY id DESC LIMIT 1`,
    )
    expect(events[0]?.['payload']).toEqual({ organisationId, memberId: id, via: 'scim' })
    const actions = await audited(organisationId)
    expect(actions.find(({ action }) => action === 'scim.user.deactivated')?.actor).toMatchObject({
      type: 'connection',
      via: 'scim',
    })
  })

  test('ends their API keys in the same moment too', async () => {
    const organisationId = await world.organisation()
    const scim = await connect(world, { organisationId })
    const member = await world.member(organisationId, 'admin')
    const made = await scim.post('/Users', { schemas: [userSchemaId], userName: member.email })
    expect(made.body.id).toBe(member.id)
    const { token } = await createApiKey(member.ctx, {
      name: 'Nightly',
      kind: 'member',
      scopes: ['members.read'],
      days: 30,
    })
    const use = () =>
      world.app.inject({ url: '/api/v1/console/members', headers: { authorization: `Bearer ${token}` } })
    expect((await use()).statusCode).toBe(200)
    await scim.patch(`/Users/${member.id}`, [{ op: 'replace', value: { active: false } }])
    expect((await use()).statusCode).toBe(401)
    await scim.remove(`/Users/${member.id}`)
    expect((await use()).statusCode).toBe(401)
  })

  test('the last owner cannot be stopped or removed, and the reason is said', async () => {
    const organisationId = await world.organisation()
    const scim = await connect(world, { organisationId })
    const made = await scim.post('/Users', {
      schemas: [userSchemaId],
      userName: 'boss',
      emails: [{ value: scim.owner.email }],
    })
    expect(made.body.id).toBe(scim.owner.id)
    const stopped = await scim.patch(`/Users/${scim.owner.id}`, [{ op: 'replace', path: 'active', value: false }])
    expect(stopped).toMatchObject({ status: 403, body: { status: '403' } })
    expect(stopped.body.detail).toContain('last owner')
    expect((await scim.remove(`/Users/${scim.owner.id}`)).status).toBe(403)
    expect((await scim.get(`/Users/${scim.owner.id}`)).body.active).toBe(true)
    expect((await memberOf(scim.owner.id))?.['deactivated_at']).toBeNull()
    expect((await logged(scim.connection.id)).filter(({ status }) => status === 403)).toHaveLength(2)
    await world.member(organisationId, 'owner')
    const now = await scim.patch(`/Users/${scim.owner.id}`, [{ op: 'replace', path: 'active', value: false }])
    expect(now.status).toBe(200)
  })
})

test('without a free seat nobody is brought in, and the log says so', async () => {
  const organisationId = await world.organisation()
  const scim = await connect(world, { organisationId })
  await world.rows(
    `INSERT INTO seat_types (id, organisation_id, name, seat_limit, is_default, created_at)
     VALUES (gen_random_uuid(), $1, 'Full', 1, true, now())`,
    [organisationId],
  )
  const first = await scim.user('first@seat.example')
  const second = await scim.post('/Users', { schemas: [userSchemaId], userName: 'second@seat.example' })
  expect(second).toMatchObject({ status: 409, body: { status: '409' } })
  expect(second.body.detail).toContain('seat')
  expect(await world.rows(`SELECT 1 FROM members WHERE email = 'second@seat.example'`)).toEqual([])
  expect((await logged(scim.connection.id)).filter(({ status }) => status === 409)).toHaveLength(1)
  // Who comes in stopped needs none, and whoever stops gives theirs back.
  const idle = await scim.user('idle@seat.example', { active: false })
  expect((await scim.patch(`/Users/${idle.id}`, [{ op: 'replace', value: { active: true } }])).status).toBe(409)
  await scim.patch(`/Users/${first.id}`, [{ op: 'replace', value: { active: false } }])
  expect((await scim.patch(`/Users/${idle.id}`, [{ op: 'replace', value: { active: true } }])).status).toBe(200)
})

describe('roles', () => {
  const give = (role: MemberRole) => ({ role: role as 'admin', customRoleId: null })

  test('follow the groups by the rules of the connection, the first that fits', async () => {
    const organisationId = await world.organisation()
    const scim = await connect(world, { organisationId })
    const { connection, owner } = scim
    const [ann, ben] = [await scim.user('ann@roles.example'), await scim.user('ben@roles.example')]
    const admins = await scim.group('Clew Admins', [ann.id])
    const auditors = await scim.group('Auditors', [ann.id, ben.id])
    const roles = async () => [(await memberOf(ann.id))?.['role'], (await memberOf(ben.id))?.['role']]
    expect(await roles()).toEqual(['member', 'member'])
    const saved = await saveConnection(owner.ctx, {
      id: connection.id,
      version: connection.version,
      name: connection.name,
      kind: 'okta',
      defaultRole: give('billing'),
      rules: [
        { groupName: 'clew admins', role: give('admin') },
        { groupName: 'Auditors', role: give('auditor') },
      ],
      baseUrl: '',
    })
    expect(saved.version).toBe(connection.version + 1)
    expect(await roles()).toEqual(['admin', 'auditor'])
    await scim.patch(`/Groups/${admins.id}`, [{ op: 'add', path: 'members', value: [{ value: ben.id }] }])
    expect(await roles()).toEqual(['admin', 'admin'])
    await scim.patch(`/Groups/${admins.id}`, [{ op: 'replace', path: 'displayName', value: 'Others' }])
    expect(await roles()).toEqual(['auditor', 'auditor'])
    await scim.remove(`/Groups/${auditors.id}`)
    expect(await roles()).toEqual(['billing', 'billing'])
    expect((await audited(organisationId)).filter(({ action }) => action === 'role.granted').length).toBeGreaterThan(4)
  })

  test('nobody gives more than they have, and nobody makes owners', async () => {
    const organisationId = await world.organisation()
    const { connection, owner } = await connect(world, { organisationId })
    const input = { id: connection.id, version: 1, name: 'x', kind: 'okta' as const, rules: [], baseUrl: '' }
    await expect(saveConnection(owner.ctx, { ...input, defaultRole: give('agent') })).rejects.toMatchObject({
      code: 'role.team_only',
    })
    const response = await world.app.inject({
      method: 'PUT',
      url: `/api/v1/console/provisioning/${connection.id}`,
      headers: owner.headers,
      payload: { version: 1, name: 'x', kind: 'okta', defaultRole: { role: 'owner' }, rules: [] },
    })
    expect(response.statusCode).toBe(400)
  })
})

test('a connection that is removed leaves its people and takes its groups', async () => {
  const organisationId = await world.organisation()
  const scim = await connect(world, { organisationId })
  const { id } = await scim.user('stays@gone.example')
  const group = await scim.group('Goes', [id])
  await removeConnection(scim.owner.ctx, scim.connection.id)
  expect(await memberOf(id)).toMatchObject({ connection_id: null, removed_at: null, deactivated_at: null })
  expect(await world.rows('SELECT 1 FROM member_groups WHERE id = $1', [group.id])).toEqual([])
  expect((await scim.get('/Users')).status).toBe(401)
  expect((await readConnections(scim.owner.ctx, '')).connections).toEqual([])
})

describe('at once', () => {
  test('twenty PATCHes of one group lose nobody', async () => {
    const scim = await connect(world, { organisationId: await world.organisation() })
    const people: string[] = []
    for (let i = 0; i < 24; i += 1) people.push((await scim.user(`crowd-${i}@once.example`)).id)
    const group = await scim.group('Crowd', people.slice(20))
    const replies = await Promise.all(
      people
        .slice(0, 20)
        .map((value, i) =>
          scim.patch(`/Groups/${group.id}`, [
            { op: 'add', path: 'members', value: [{ value }] },
            ...(i < 4 ? [{ op: 'remove', path: `members[value eq "${people[20 + i]}"]` }] : []),
          ]),
        ),
    )
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 204))
    const after = (await scim.get(`/Groups/${group.id}`)).body
    expect(memberIds(after).toSorted()).toEqual(people.slice(0, 20).toSorted())
    expect(after.meta.version).toBe('W/"21"')
  })

  test('twenty PATCHes of one user lose nothing', async () => {
    const scim = await connect(world, { organisationId: await world.organisation() })
    const { id } = await scim.user('many@once.example', { emails: [{ value: 'many@once.example', type: 'work' }] })
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        scim.patch(`/Users/${id}`, [{ op: 'add', path: 'phoneNumbers', value: [{ value: `+30 ${i}`, type: 'work' }] }]),
      ),
    )
    expect((await scim.get(`/Users/${id}`)).body.phoneNumbers).toHaveLength(20)
  })

  test('of two who want the same name one gets it', async () => {
    const scim = await connect(world, { organisationId: await world.organisation() })
    const create = () => scim.post('/Users', { schemas: [userSchemaId], userName: 'same@once.example' })
    const statuses = (await Promise.all([create(), create(), create()])).map(({ status }) => `${status}`)
    expect(statuses.toSorted()).toEqual(['201', '409', '409'])
  })

  test('PUTs with the same version let one through', async () => {
    const scim = await connect(world, { organisationId: await world.organisation() })
    const { id, meta } = await scim.user('race@once.example')
    const put = (title: string) =>
      scim.put(
        `/Users/${id}`,
        { schemas: [userSchemaId], userName: 'race@once.example', title },
        { headers: { 'if-match': meta.version } },
      )
    const statuses = (await Promise.all([put('a'), put('b'), put('c')])).map(({ status }) => `${status}`)
    expect(statuses.toSorted()).toEqual(['200', '412', '412'])
  })
})

test('a member that goes with the user leaves no group, and its group has another version', async () => {
  const scim = await connect(world, { organisationId: await world.organisation() })
  const { id } = await scim.user('goes@group.example')
  const group = await scim.group('Left', [id])
  await scim.remove(`/Users/${id}`)
  const after = await scim.get(`/Groups/${group.id}`)
  expect(after.body).not.toHaveProperty('members')
  expect(after.headers['etag']).not.toBe(group.meta.version)
  expect((await scim.put(`/Groups/${group.id}`, { schemas: [groupSchemaId], displayName: 'Left' })).status).toBe(200)
})
