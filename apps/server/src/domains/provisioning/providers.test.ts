import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createWorld, type World } from '../../testkit/world.ts'
import { connect, enterpriseUserSchemaId, groupSchemaId, memberIds, userSchemaId } from './testing/client.ts'

/** What Okta and Entra ID really send, from the test of the connection to the end of somebody's time. */
let world: World
type Connected = Awaited<ReturnType<typeof connect>>

beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const memberRow = async (email: string) =>
  (
    await world.rows(
      `SELECT id, name, role, source, connection_id, deactivated_via, removed_at FROM members WHERE email = $1 ORDER BY id DESC`,
      [email],
    )
  )[0]

describe('Okta', () => {
  let okta: Connected
  beforeAll(async () => {
    okta = await connect(world, { organisationId: await world.organisation(), kind: 'okta' })
  })
  const create = (email: string, externalId: string) =>
    okta.post('/Users', {
      schemas: [userSchemaId],
      userName: email,
      name: { givenName: 'Bob', familyName: 'Stone' },
      emails: [{ primary: true, value: email, type: 'work' }],
      displayName: 'Bob Stone',
      locale: 'en-US',
      externalId,
      groups: [],
      password: '1mz050nq',
      active: true,
    })

  test('tests the connection', async () => {
    expect((await okta.get('/Users?startIndex=1&count=2')).body).toMatchObject({ totalResults: 0, Resources: [] })
  })

  test('matches, creates, finds again, updates by PUT, stops and starts', async () => {
    const email = 'bob.stone@okta.example'
    const match = () => okta.find('Users', `userName eq "${email}"`, '&startIndex=1&count=100')
    expect((await match()).body.totalResults).toBe(0)
    const made = await create(email, '00ujl29u0le5T6Aj10h7')
    expect(made.status).toBe(201)
    expect(made.text).not.toContain('1mz050nq')
    expect((await match()).body).toMatchObject({ totalResults: 1, Resources: [{ id: made.body.id, active: true }] })
    expect(await memberRow(email)).toMatchObject({
      id: made.body.id,
      name: 'Bob Stone',
      role: 'member',
      source: 'scim',
    })

    const put = await okta.put(`/Users/${made.body.id}`, {
      schemas: [userSchemaId],
      id: made.body.id,
      userName: email,
      name: { givenName: 'Robert', familyName: 'Stone' },
      emails: [{ primary: true, value: email, type: 'work' }],
      displayName: 'Robert Stone',
      groups: [],
      meta: { resourceType: 'User' },
    })
    expect(put).toMatchObject({ status: 200, body: { displayName: 'Robert Stone', active: true } })
    expect(put.body.externalId).toBeUndefined()
    expect((await memberRow(email))?.['name']).toBe('Robert Stone')

    const stopped = await okta.patch(`/Users/${made.body.id}`, [{ op: 'replace', value: { active: false } }])
    expect(stopped).toMatchObject({ status: 200, body: { active: false } })
    expect((await memberRow(email))?.['deactivated_via']).toBe('scim')
    // Who is stopped is still given back.
    expect((await match()).body).toMatchObject({ totalResults: 1, Resources: [{ active: false }] })
    const started = await okta.patch(`/Users/${made.body.id}`, [{ op: 'replace', value: { active: true } }])
    expect(started).toMatchObject({ status: 200, body: { active: true } })
    expect((await memberRow(email))?.['deactivated_via']).toBeNull()
  })

  test('pushes groups: with members, renamed with the id beside, added to, taken from, replaced', async () => {
    const people: string[] = []
    for (const n of [1, 2, 3]) people.push((await create(`push-${n}@okta.example`, `push-${n}`)).body.id)
    const [one, two, three] = people as [string, string, string]
    const made = await okta.post('/Groups', {
      schemas: [groupSchemaId],
      displayName: 'Engineers',
      members: [{ value: one, display: 'push-1@okta.example' }],
    })
    expect(made).toMatchObject({ status: 201, body: { members: [{ value: one }] } })
    const { id } = made.body
    const now = async () => (await okta.get(`/Groups/${id}`)).body
    await okta.patch(`/Groups/${id}`, [{ op: 'replace', value: { id, displayName: 'Builders' } }])
    expect(await now()).toMatchObject({ displayName: 'Builders', members: [{ value: one }] })
    await okta.patch(`/Groups/${id}`, [
      { op: 'remove', path: `members[value eq "${one}"]` },
      { op: 'add', path: 'members', value: [{ value: two, display: 'push-2@okta.example' }] },
    ])
    expect(memberIds(await now())).toEqual([two])
    await okta.patch(`/Groups/${id}`, [{ op: 'replace', path: 'members', value: [{ value: one }, { value: three }] }])
    expect(memberIds(await now()).toSorted()).toEqual([one, three].toSorted())
    const put = await okta.put(`/Groups/${id}`, {
      schemas: [groupSchemaId],
      displayName: 'Builders',
      members: [{ value: two, display: 'push-2@okta.example' }],
    })
    expect(memberIds(put.body)).toEqual([two])
    expect(await world.rows('SELECT member_id FROM group_members WHERE group_id = $1', [id])).toEqual([
      { member_id: two },
    ])
    expect((await okta.find('Groups', 'displayName eq "Builders"', '&startIndex=1&count=100')).body.totalResults).toBe(
      1,
    )
    expect((await okta.remove(`/Groups/${id}`)).status).toBe(204)
    expect(await world.rows('SELECT 1 FROM member_groups WHERE id = $1', [id])).toEqual([])
  })

  test('an error can be read by its parser', async () => {
    const twice = await create('push-1@okta.example', 'another')
    expect(twice.status).toBe(409)
    expect(twice.headers['content-type']).toContain('application/scim+json')
    expect(twice.body).toMatchObject({ status: '409', scimType: 'uniqueness' })
  })
})

describe.each([
  ['as it is by default', false],
  ['with aadOptscim062020', true],
])('Entra ID %s', (_name, isFlagged) => {
  let entra: Connected
  const domain = isFlagged ? 'flag.example' : 'entra.example'
  beforeAll(async () => {
    entra = await connect(world, { organisationId: await world.organisation(), kind: 'entra' })
  })
  // The flag is a part of the tenant's address, and comes along as a parameter.
  const flag = isFlagged ? '?aadOptscim062020' : ''
  const create = (name: string) =>
    entra.post(`/Users${flag}`, {
      schemas: [userSchemaId, enterpriseUserSchemaId],
      externalId: `0a21f0f2-${name}`,
      userName: `${name}@${domain}`,
      active: isFlagged ? true : 'True',
      addresses: null,
      displayName: name,
      title: '',
      preferredLanguage: '',
      emails: [{ primary: true, type: 'work', value: `${name}@${domain}` }],
      meta: { resourceType: 'User' },
      name: { formatted: name, familyName: 'Byron', givenName: name },
      phoneNumbers: [{ value: '+30 210 0000000', type: 'work' }],
      roles: [],
      [enterpriseUserSchemaId]: { employeeNumber: '7', department: 'Maths', manager: 'u9' },
    })
  const patch = (id: string, operations: unknown) => entra.patch(`/Users/${id}${flag}`, operations)

  test('tests the connection with somebody and a group who do not exist', async () => {
    const user = await entra.find('Users', 'userName eq "8f9c2b6e-6c3a-4d8e-9b52-1d2f9d0c7a11"')
    expect(user).toMatchObject({ status: 200, body: { totalResults: 0, Resources: [] } })
    const group = await entra.get(
      `/Groups?excludedAttributes=members&filter=${encodeURIComponent('displayName eq "8f9c2b6e"')}`,
    )
    expect(group).toMatchObject({ status: 200, body: { totalResults: 0 } })
  })

  test('creates, changes attribute by attribute, and stops somebody', async () => {
    const made = await create('ada')
    expect(made).toMatchObject({
      status: 201,
      body: { active: true, [enterpriseUserSchemaId]: { manager: { value: 'u9' } } },
    })
    const { id } = made.body
    expect((await entra.find('Users', 'externalId eq "0a21f0f2-ada"')).body.Resources[0].id).toBe(id)

    const changed = isFlagged
      ? await patch(id, [
          {
            op: 'replace',
            value: {
              displayName: 'Ada King',
              'name.familyName': 'King',
              'emails[type eq "work"].value': `king@${domain}`,
              [`${enterpriseUserSchemaId}:employeeNumber`]: '8',
            },
          },
        ])
      : await patch(id, [
          { op: 'Replace', path: 'displayName', value: 'Ada King' },
          { op: 'Replace', path: 'name.familyName', value: 'King' },
          { op: 'Replace', path: 'emails[type eq "work"].value', value: `king@${domain}` },
          { op: 'Add', path: `${enterpriseUserSchemaId}:employeeNumber`, value: '8' },
        ])
    expect(changed).toMatchObject({
      status: 200,
      body: {
        displayName: 'Ada King',
        name: { familyName: 'King', givenName: 'ada' },
        emails: [{ value: `king@${domain}`, type: 'work', primary: true }],
        [enterpriseUserSchemaId]: { employeeNumber: '8', department: 'Maths' },
      },
    })
    expect(await memberRow(`king@${domain}`)).toMatchObject({ id, name: 'Ada King' })

    const absent = await patch(id, [
      { op: isFlagged ? 'replace' : 'Add', path: 'addresses[type eq "work"].postalCode', value: '10431' },
      { op: isFlagged ? 'replace' : 'Replace', path: 'phoneNumbers[type eq "mobile"].value', value: '+30 1' },
    ])
    expect(absent.status).toBe(200)
    expect(absent.body.addresses).toEqual([{ type: 'work', postalCode: '10431' }])
    expect(absent.body.phoneNumbers).toHaveLength(2)

    const stopped = await patch(id, [
      isFlagged ? { op: 'replace', path: 'active', value: false } : { op: 'Replace', path: 'active', value: 'False' },
    ])
    expect(stopped).toMatchObject({ status: 200, body: { active: false } })
    expect((await memberRow(`king@${domain}`))?.['deactivated_via']).toBe('scim')
    const started = await patch(id, [
      isFlagged ? { op: 'replace', path: 'active', value: true } : { op: 'Replace', path: 'active', value: 'True' },
    ])
    expect(started).toMatchObject({ status: 200, body: { active: true } })
    expect((await entra.remove(`/Users/${id}`)).status).toBe(204)
    expect((await memberRow(`king@${domain}`))?.['removed_at']).not.toBeNull()
  })

  test('brings a group in and moves its members one by one', async () => {
    const [one, two] = [(await create('one')).body.id, (await create('two')).body.id]
    const made = await entra.post('/Groups', {
      schemas: [groupSchemaId, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
      externalId: `8aa1a0c0-${domain}`,
      displayName: 'Maths',
      members: [],
      meta: { resourceType: 'Group' },
    })
    expect(made.status).toBe(201)
    const { id } = made.body
    const members = async () => memberIds((await entra.get(`/Groups/${id}`)).body).toSorted()
    for (const value of [one, two]) {
      const added = await entra.patch(`/Groups/${id}`, [
        { op: isFlagged ? 'add' : 'Add', path: 'members', value: [{ $ref: null, value }] },
      ])
      expect(added.status).toBe(204)
    }
    expect(await members()).toEqual([String(one), String(two)].toSorted())
    const asked = await entra.find('Groups', `id eq "${id}" and members eq "${one}"`, '&attributes=id')
    expect(asked.body.totalResults).toBe(1)
    // By the letter of RFC 7644 the first of these takes everybody out.
    const removed = isFlagged
      ? [{ op: 'remove', path: `members[value eq "${one}"]` }]
      : [{ op: 'Remove', path: 'members', value: [{ $ref: null, value: one }] }]
    expect((await entra.patch(`/Groups/${id}`, removed)).status).toBe(204)
    expect(await members()).toEqual([two])
    // Sent once more, it changes nothing.
    expect((await entra.patch(`/Groups/${id}`, removed)).status).toBe(204)
    expect(await members()).toEqual([two])
    const unknown = await entra.patch(`/Groups/${id}`, [{ op: 'Clear', path: 'members' }])
    expect(unknown.status).toBe(400)
    expect(await members()).toEqual([two])
    const bare = await entra.get(`/Groups/${id}?excludedAttributes=members`)
    expect(bare.body).not.toHaveProperty('members')
  })
})
