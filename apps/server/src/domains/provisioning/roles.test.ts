import { randomUUID } from 'node:crypto'
import type { ConnectionList, ProvisioningConnection } from '@clew/contract/provisioning'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createWorld, type World } from '../../testkit/world.ts'
import { connect } from './testing/client.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

let scim: Awaited<ReturnType<typeof connect>>
beforeEach(async () => {
  scim = await connect(world, { organisationId: await world.organisation() })
})

async function call<T>(
  who: { headers: Record<string, string> },
  method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE',
  ...[path, payload]: [path: string, payload?: object]
) {
  const answer = await world.app.inject({
    method,
    url: `/api/v1/console${path}`,
    headers: who.headers,
    ...(payload ? { payload } : {}),
  })
  return { status: answer.statusCode, body: (answer.body === '' ? {} : answer.json()) as T & { code: string } }
}

const newRole = async (name: string, permissions = ['members.read', 'cases.read']) =>
  (await call<{ id: string }>(scim.owner, 'POST', '/roles', { name, permissions })).body.id

const now = async (): Promise<ProvisioningConnection> => {
  const { connections } = (await call<ConnectionList>(scim.owner, 'GET', '/provisioning')).body
  const [connection] = connections
  if (!connection) throw new Error('the connection is gone')
  return connection
}

const member = { role: 'member', customRoleId: null }
const custom = (customRoleId: string) => ({ role: 'custom', customRoleId })
const save = async (change: object) => {
  const { id, version, name, kind, defaultRole, rules } = await now()
  return call<ProvisioningConnection>(scim.owner, 'PUT', `/provisioning/${id}`, {
    version,
    name,
    kind,
    defaultRole,
    rules,
    ...change,
  })
}
const roleOf = async (id: string) =>
  (await world.rows('SELECT role, custom_role_id FROM members WHERE id = $1', [id])).map((row) => [
    row['role'],
    row['custom_role_id'],
  ])[0]
const lastChanges = async (action: string) =>
  (
    await world.rows(
      `SELECT body::jsonb -> 'changes' AS changes FROM audit_events WHERE organisation_id = $1 AND action = $2
        ORDER BY seq DESC LIMIT 1`,
      [scim.owner.organisationId, action],
    )
  )[0]?.['changes']

describe('roles that an organisation made', () => {
  test('are given to whoever comes, and by rules, and are told by their names', async () => {
    const [readers, leads] = [await newRole('Case readers'), await newRole('Leads', ['members.read', 'members.invite'])]
    const saved = await save({
      defaultRole: custom(readers),
      rules: [{ groupName: 'Leads', role: custom(leads) }],
    })
    expect(saved.body).toMatchObject({
      defaultRole: custom(readers),
      rules: [{ groupName: 'Leads', role: custom(leads) }],
    })
    expect(await lastChanges('scim.connection.updated')).toEqual([
      { field: 'default_role', old: 'member', new: 'Case readers' },
      { field: 'rules', old: [], new: ['Leads: Leads'] },
    ])
    const ann = await scim.user('ann@custom.example')
    expect(await roleOf(ann.id)).toEqual(['custom', readers])
    await scim.group('Leads', [ann.id])
    expect(await roleOf(ann.id)).toEqual(['custom', leads])
    expect(await lastChanges('role.granted')).toEqual([{ field: 'role', old: 'Case readers', new: 'Leads' }])
    const me = await call<{ members: { email: string; roleName: string }[] }>(scim.owner, 'GET', '/members')
    expect(me.body.members.find(({ email }) => email === 'ann@custom.example')?.roleName).toBe('Leads')
  })

  test('with another one for everyone else, those in no group have it at once', async () => {
    const ben = await scim.user('ben@custom.example')
    await scim.group('Leads', [])
    const readers = await newRole('Case readers')
    await save({ rules: [{ groupName: 'Leads', role: { role: 'admin', customRoleId: null } }] })
    expect(await roleOf(ben.id)).toEqual(['member', null])
    await save({ defaultRole: custom(readers) })
    expect(await roleOf(ben.id)).toEqual(['custom', readers])
  })

  test('of another organisation, of nobody, or beyond one’s own are refused', async () => {
    const other = await connect(world, { organisationId: await world.organisation() })
    const theirs = await call<{ id: string }>(other.owner, 'POST', '/roles', {
      name: 'Theirs',
      permissions: ['members.read'],
    })
    for (const id of [theirs.body.id, randomUUID()])
      expect((await save({ defaultRole: custom(id) })).body.code).toBe('role.not_found')
    expect((await save({ rules: [{ groupName: 'x', role: custom(theirs.body.id) }] })).body.code).toBe('role.not_found')
    const strong = await newRole('Strong', ['members.read', 'erasure.run'])
    const weak = await newRole('Weak', ['provisioning.read', 'provisioning.manage'])
    const clerk = await world.member(scim.owner.organisationId, 'member')
    await world.rows(`UPDATE members SET role = 'custom', custom_role_id = $1 WHERE id = $2`, [weak, clerk.id])
    const { id, version, name, kind } = await now()
    const asked = { version, name, kind, rules: [], defaultRole: custom(strong) }
    expect((await call(clerk, 'PUT', `/provisioning/${id}`, asked)).body.code).toBe('role.beyond_own')
    const { roles } = (await call<ConnectionList>(clerk, 'GET', '/provisioning')).body
    const told = roles.map((each) => `${each.name ?? each.role} ${each.mayGive}`)
    expect(told).toEqual(['admin false', 'billing false', 'member false', 'auditor false', 'Strong false', 'Weak true'])
    expect((await now()).defaultRole).toEqual(member)
  })

  test('stay as long as a connection gives them', async () => {
    const [readers, leads] = [await newRole('Case readers'), await newRole('Leads')]
    await save({ defaultRole: custom(readers), rules: [{ groupName: 'Leads', role: custom(leads) }] })
    for (const id of [readers, leads])
      expect(await call(scim.owner, 'DELETE', `/roles/${id}`)).toMatchObject({
        status: 409,
        body: { code: 'role.given_by_connection', params: { name: scim.connection.name } },
      })
    await save({ defaultRole: member, rules: [] })
    for (const id of [readers, leads]) expect((await call(scim.owner, 'DELETE', `/roles/${id}`)).status).toBe(204)
  })
})

describe('another name', () => {
  const rename = (name: string, version: number) =>
    call<ProvisioningConnection>(scim.owner, 'PATCH', `/provisioning/${scim.connection.id}`, { version, name })

  test('changes the name alone, without a proof of who asks, and is audited', async () => {
    const readers = await newRole('Case readers')
    const { version } = (await save({ defaultRole: custom(readers) })).body
    world.clock.advance(30 * 60_000)
    const renamed = await rename('Okta of Piraeus', version)
    expect(renamed).toMatchObject({
      status: 200,
      body: { name: 'Okta of Piraeus', defaultRole: custom(readers), version: version + 1 },
    })
    expect(await lastChanges('scim.connection.updated')).toEqual([
      { field: 'name', old: scim.connection.name, new: 'Okta of Piraeus' },
    ])
    expect((await rename('Okta of Piraeus', version + 1)).body.version).toBe(version + 1)
  })

  test('is refused when it is taken, empty, or over a change that was not seen', async () => {
    await call(scim.owner, 'POST', '/provisioning', { name: 'Entra', kind: 'entra' })
    expect((await rename(' entra ', 1)).body.code).toBe('provisioning.name_taken')
    expect((await rename('  ', 1)).status).toBe(400)
    expect((await rename('New', 7)).body.code).toBe('provisioning.conflict')
  })
})
