import type { ProvisioningConnection } from '@clew/contract/provisioning'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mailTexts } from '../../testkit/mail-texts.ts'
import { createWorld, type World } from '../../testkit/world.ts'
import { clientOf, connect, memberIds, userSchemaId } from './testing/client.ts'
import { readConnections } from './use-cases/manage-connections.ts'
import { makeTokenForOrganisation, rotateToken } from './use-cases/manage-tokens.ts'
import { purgeRequests } from './use-cases/purge-requests.ts'
import { readRequests } from './use-cases/read-requests.ts'
import { remindOfTokens } from './use-cases/remind-of-tokens.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const dayMs = 86_400_000
const system = () => world.as({ type: 'system', job: 'test' })
type Connected = Awaited<ReturnType<typeof connect>>
const start = async (): Promise<Connected> => connect(world, { organisationId: await world.organisation() })
const call = async (
  { headers }: { headers: { cookie: string } },
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  payload?: object,
) => {
  const response = await world.app.inject({
    method,
    url: `/api/v1/console/provisioning${path}`,
    headers,
    ...(payload === undefined ? {} : { payload }),
  })
  return { status: response.statusCode, body: response.body === '' ? undefined : response.json() }
}
const requestsOf = async ({ owner, connection }: Connected) =>
  (
    await readRequests(owner.ctx, {
      connectionId: connection.id,
      which: 'all',
      resourceId: undefined,
      before: undefined,
      limit: 50,
    })
  ).requests

describe('tokens', () => {
  test('are shown once and kept by their hash', async () => {
    const { owner, connection, token } = await start()
    const made = await call(owner, 'POST', `/${connection.id}/tokens`, { lifeDays: 30 })
    expect(made.status).toBe(201)
    expect(made.body.token).toMatch(/^clew_scim_[\w-]{43}$/)
    const listed = JSON.stringify((await call(owner, 'GET', '')).body)
    for (const secret of [made.body.token, token]) {
      expect(listed).not.toContain(secret)
      expect(JSON.stringify(await world.rows('SELECT * FROM scim_tokens'))).not.toContain(secret)
      expect(JSON.stringify(await world.rows('SELECT body FROM audit_events'))).not.toContain(secret)
    }
    expect(listed).toContain(made.body.made.hint)
  })

  test('rotate with an overlap, then the old one is refused', async () => {
    const scim = await start()
    const [old] = (await readConnections(scim.owner.ctx, '')).connections[0]?.tokens ?? []
    const input = { connectionId: scim.connection.id, tokenId: old?.id ?? '', overlapDays: 7, baseUrl: '' }
    const { token } = await rotateToken(scim.owner.ctx, input)
    const next = clientOf(world, { path: scim.path, token })
    expect([(await scim.get('/Users')).status, (await next.get('/Users')).status]).toEqual([200, 200])
    await expect(rotateToken(scim.owner.ctx, input)).rejects.toMatchObject({ code: 'provisioning.token_ended' })
    world.clock.advance(7 * dayMs)
    expect([(await scim.get('/Users')).status, (await next.get('/Users')).status]).toEqual([401, 200])
  })

  test('may stand for one member of the organisation, whom the console names, and so does what replaces them', async () => {
    const scim = await start()
    const { id: connectionId } = scim.connection
    const email = await scim.unprovisioned()
    const made = await call(scim.owner, 'POST', `/${connectionId}/tokens`, { as: email.toUpperCase() })
    expect([made.status, typeof made.body.made.standsFor]).toEqual([201, 'string'])
    const me = clientOf(world, { path: scim.path, token: made.body.token })
    const { id } = (await me.post('/Me', { schemas: [userSchemaId], userName: email })).body
    const tokenId = made.body.made.id as string
    const { token } = await rotateToken(scim.owner.ctx, { connectionId, tokenId, overlapDays: 1, baseUrl: '' })
    expect((await clientOf(world, { path: scim.path, token }).get('/Me')).body.id).toBe(id)
    const [listed] = (await readConnections(scim.owner.ctx, '')).connections
    expect(listed?.tokens.filter(({ standsFor }) => standsFor === email)).toHaveLength(2)
    const [logged] = await requestsOf(scim)
    expect([logged?.method, logged?.path, logged?.resource?.id]).toEqual(['POST', '/Me', id])

    const elsewhere = await start()
    for (const address of [await elsewhere.unprovisioned(), 'nobody@acme.example'])
      expect((await call(scim.owner, 'POST', `/${connectionId}/tokens`, { as: address })).body.code).toBe(
        'member.not_found',
      )
    await world.rows('UPDATE members SET removed_at = now() WHERE id = $1', [id])
    expect((await me.get('/ServiceProviderConfig')).status).toBe(401)
  })

  test('end at once when they are revoked, and by themselves', async () => {
    const scim = await start()
    const [token] = (await readConnections(scim.owner.ctx, '')).connections[0]?.tokens ?? []
    world.clock.advance(dayMs)
    const owner = await world.member(scim.owner.organisationId, 'owner')
    expect((await call(owner, 'DELETE', `/${scim.connection.id}/tokens/${token?.id}`)).status).toBe(204)
    expect((await scim.get('/Users')).status).toBe(401)
    const other = await start()
    expect((await other.get('/Users')).status).toBe(200)
    world.clock.advance(91 * dayMs)
    expect((await other.get('/Users')).status).toBe(401)
  })

  test.each([
    ['users', { users: true, groups: false, readOnly: false }, [200, 201, 403, 403]],
    ['groups', { users: false, groups: true, readOnly: false }, [403, 403, 200, 201]],
    ['reading', { users: true, groups: true, readOnly: true }, [200, 403, 200, 403]],
  ])('for %s only', async (name, scope, wanted) => {
    const scim = await connect(world, { organisationId: await world.organisation(), scope })
    const replies = [
      await scim.get('/Users'),
      await scim.post('/Users', { schemas: [userSchemaId], userName: `${name}@scope.example` }),
      await scim.get('/Groups'),
      await scim.post('/Groups', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: name }),
    ]
    expect(replies.map(({ status }) => status)).toEqual(wanted)
  })

  test('remind the owners thirty days, seven and one before they end, each once', async () => {
    const { owner } = await start()
    const parts = { brand: () => 'Clew', baseUrl: () => 'https://clew.example' }
    const mails = async () => {
      await remindOfTokens(system(), parts)
      await remindOfTokens(system(), parts)
      return (await world.rows('SELECT subject, body FROM mails WHERE recipient = $1 ORDER BY id', [owner.email]))
        .length
    }
    expect(await mails()).toBe(0)
    for (const [days, count] of [
      [60, 1],
      [10, 1],
      [14, 2],
      [5, 3],
    ] as const) {
      world.clock.advance(days * dayMs)
      expect(await mails()).toBe(count)
    }
    expect((await mailTexts(world, owner.email))[0]).toContain('https://clew.example/app/console/provisioning')
  })

  test('come from the command line too, for a connection that is made where there is none', async () => {
    const organisationId = await world.organisation('by-hand')
    const make = (connection?: string) =>
      makeTokenForOrganisation(system(), { slug: 'by-hand', connection, lifeDays: 30, baseUrl: 'https://c.example' })
    const first = await make()
    expect(first.baseUrl).toMatch(/^https:\/\/c\.example\/scim\/v2\//)
    const second = await make()
    expect(second.baseUrl).toBe(first.baseUrl)
    const path = new URL(second.baseUrl).pathname
    expect((await clientOf(world, { path, token: second.token }).get('/Users')).status).toBe(200)
    await connect(world, { organisationId })
    await expect(make()).rejects.toMatchObject({ code: 'provisioning.connection_not_found' })
    expect((await make('Command line')).baseUrl).toBe(first.baseUrl)
    await expect(
      makeTokenForOrganisation(system(), { slug: 'nobody', connection: undefined, lifeDays: 1, baseUrl: '' }),
    ).rejects.toMatchObject({ code: 'organisation.not_found' })
  })
})

describe('the log', () => {
  test('has who asked, what came of it, and no secret', async () => {
    const scim = await start()
    const { id } = await scim.user('log@log.example', { password: 'hunter2hunter2', externalId: 'x' })
    await scim.patch(`/Users/${id}`, [
      { op: 'replace', path: 'password', value: 'hunter2hunter3' },
      { op: 'add', value: { title: 'Dr', password: 'hunter2hunter4' } },
    ])
    await scim.patch(`/Users/${id}`, [{ op: 'explode' }])
    const requests = await requestsOf(scim)
    expect(requests.map(({ method, status }) => `${method} ${status}`).toSorted()).toEqual([
      'PATCH 200',
      'PATCH 400',
      'POST 201',
    ])
    expect(requests.find(({ status }) => status === 201)).toMatchObject({
      path: '/Users',
      resource: { type: 'User', id, name: 'log@log.example' },
      tokenHint: scim.token.slice(-4),
    })
    const refused = requests.find(({ status }) => status === 400)
    expect(refused).toMatchObject({ scimType: 'invalidSyntax', changes: [] })
    expect(JSON.stringify(await world.rows('SELECT * FROM provisioning_requests'))).not.toContain('hunter2')
    const whole = await call(scim.owner, 'GET', `/${scim.connection.id}/requests/${refused?.id}`)
    expect(whole.body).toMatchObject({ canReplay: true, body: { Operations: [{ op: 'explode' }] } })
    const only = await call(scim.owner, 'GET', `/${scim.connection.id}/requests?which=refused`)
    expect(only.body.requests).toHaveLength(1)
  })

  test('goes after thirty days', async () => {
    const scim = await start()
    await scim.user('old@log.example')
    world.clock.advance(29 * dayMs)
    await purgeRequests(system())
    expect(await requestsOf(scim)).toHaveLength(1)
    world.clock.advance(2 * dayMs)
    await purgeRequests(system())
    expect(await requestsOf(scim)).toEqual([])
  })

  test('counts for the console', async () => {
    const scim = await start()
    const { id } = await scim.user('one@count.example')
    await scim.user('two@count.example', { active: false })
    await scim.group('Counted', [id])
    await scim.post('/Users', {})
    const [connection] = (await readConnections(scim.owner.ctx, 'https://c.example')).connections
    expect(connection).toMatchObject({
      baseUrl: `https://c.example/scim/v2/${scim.connection.id}`,
      contactedAt: expect.any(String),
      counts: { users: 2, active: 1, groups: 1, changesToday: 3, refusedToday: 1 },
    } satisfies Partial<Record<keyof ProvisioningConnection, unknown>>)
  })
})

describe('a dry run', () => {
  const replay = async (scim: Connected, method: string, status: number) => {
    const request = (await requestsOf(scim)).find((each) => each.method === method && each.status === status)
    return call(scim.owner, 'POST', `/${scim.connection.id}/requests/${request?.id}/dry-run`)
  }
  const snapshot = async () =>
    JSON.stringify([
      await world.rows('SELECT id, role, deactivated_at FROM members ORDER BY id'),
      await world.rows('SELECT * FROM scim_users ORDER BY id'),
      await world.rows('SELECT * FROM scim_groups ORDER BY id'),
      await world.rows('SELECT * FROM group_members ORDER BY group_id, member_id'),
      await world.rows('SELECT count(*) FROM audit_events'),
      await world.rows('SELECT count(*) FROM events'),
      await world.rows('SELECT count(*) FROM provisioning_requests'),
    ])

  test('says what a request would change now, and keeps nothing of it', async () => {
    const scim = await start()
    const [ann, ben] = [await scim.user('ann@dry.example'), await scim.user('ben@dry.example')]
    const group = await scim.group('Dry', [ann.id])
    await scim.patch(`/Groups/${group.id}`, [{ op: 'replace', path: 'members', value: [{ value: ben.id }] }])
    const before = await snapshot()
    const again = await replay(scim, 'PATCH', 204)
    expect(again.body).toMatchObject({ status: 204, changes: [], isSame: false })
    expect(again.body.before.changes).toEqual([
      {
        kind: 'members',
        added: 1,
        removed: 1,
        names: { added: ['ben@dry.example'], removed: ['ann@dry.example'] },
      },
    ])
    expect(await snapshot()).toBe(before)
    await scim.patch(`/Groups/${group.id}`, [{ op: 'add', path: 'members', value: [{ value: ann.id }] }])
    await scim.patch(`/Groups/${group.id}`, [{ op: 'remove', path: `members[value eq "${ben.id}"]` }])
    const second = await snapshot()
    const requests = (await requestsOf(scim)).filter(({ changes }) =>
      changes.some((change) => change.kind === 'members' && change.added === 1 && change.removed === 1),
    )
    const now = await call(scim.owner, 'POST', `/${scim.connection.id}/requests/${requests[0]?.id}/dry-run`)
    expect(now.body).toMatchObject({ status: 204, isSame: true })
    expect(await snapshot()).toBe(second)
    expect(memberIds((await scim.get(`/Groups/${group.id}`)).body)).toEqual([ann.id])
  })

  test('of a creation, a refusal and an end', async () => {
    const scim = await start()
    const { id } = await scim.user('made@dry.example')
    expect((await replay(scim, 'POST', 201)).body).toMatchObject({ status: 409, scimType: 'uniqueness', isSame: false })
    await scim.patch(`/Users/${id}`, [{ op: 'nonsense' }])
    expect((await replay(scim, 'PATCH', 400)).body).toMatchObject({ status: 400, isSame: true })
    await scim.remove(`/Users/${id}`)
    const before = await snapshot()
    expect((await replay(scim, 'POST', 201)).body).toMatchObject({ status: 201 })
    expect((await replay(scim, 'DELETE', 204)).body).toMatchObject({ status: 404 })
    expect(await snapshot()).toBe(before)
  })
})

describe('walls', () => {
  test('a token of another connection opens nothing, not even of the same organisation', async () => {
    const organisationId = await world.organisation()
    const [mine, sister] = [await connect(world, { organisationId }), await connect(world, { organisationId })]
    const stranger = await start()
    const { id } = await mine.user('mine@wall.example')
    const group = await mine.group('Mine', [id])
    for (const other of [sister, stranger]) {
      const crossed = clientOf(world, { path: mine.path, token: other.token })
      expect((await crossed.get('/Users')).status).toBe(401)
      expect((await crossed.patch(`/Users/${id}`, [{ op: 'replace', value: { active: false } }])).status).toBe(401)
      for (const url of [`/Users/${id}`, `/Groups/${group.id}`]) {
        expect((await other.get(url)).status).toBe(404)
        expect((await other.remove(url)).status).toBe(404)
        expect((await other.patch(url, [{ op: 'add', path: 'displayName', value: 'x' }])).status).toBe(404)
      }
      const theirs = await other.group('Theirs')
      const taken = await other.patch(`/Groups/${theirs.id}`, [{ op: 'add', path: 'members', value: [{ value: id }] }])
      expect(taken).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } })
      expect((await other.find('Users', `groups.value eq "${group.id}"`)).body.totalResults).toBe(0)
      expect((await other.find('Groups', `members.value eq "${id}"`)).body.totalResults).toBe(0)
      expect(
        JSON.stringify(
          (await other.post('/.search', { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'] })).body,
        ),
      ).not.toContain('mine@wall')
    }
    expect((await mine.get(`/Users/${id}`)).body.active).toBe(true)
  })

  test('a connection of nobody is 401, as is a wrong token: nobody learns which exist', async () => {
    const scim = await start()
    const nowhere = clientOf(world, { path: '/scim/v2/01a20c91-a000-7000-8000-000000000000', token: scim.token })
    const wrong = clientOf(world, { path: scim.path, token: `${scim.token.slice(0, -1)}x` })
    expect((await nowhere.get('/Users')).body).toEqual((await wrong.get('/Users')).body)
  })

  test('the console of another organisation knows nothing of it', async () => {
    const [mine, other] = [await start(), await start()]
    await mine.user('secret@wall.example')
    const [request] = await requestsOf(mine)
    expect(JSON.stringify((await call(other.owner, 'GET', '')).body)).not.toContain(mine.connection.id)
    const base = `/${mine.connection.id}`
    for (const [method, path, body] of [
      ['GET', `${base}/requests`],
      ['GET', `${base}/requests/${request?.id}`],
      ['POST', `${base}/requests/${request?.id}/dry-run`],
      ['POST', `${base}/tokens`, {}],
      ['DELETE', base],
      ['PUT', base, { version: 1, name: 'x', kind: 'okta', defaultRole: { role: 'member' }, rules: [] }],
    ] as const)
      expect((await call(other.owner, method, path, body)).status, `${method} ${path}`).toBe(404)
  })

  test('auditors look, members do not, and neither changes anything', async () => {
    const { owner, connection } = await start()
    const [auditor, member] = [
      await world.member(owner.organisationId, 'auditor'),
      await world.member(owner.organisationId, 'member'),
    ]
    expect((await call(auditor, 'GET', '')).body.canManage).toBe(false)
    expect((await call(member, 'GET', '')).status).toBe(403)
    expect((await call(auditor, 'POST', `/${connection.id}/tokens`, {})).status).toBe(403)
    expect((await call(auditor, 'DELETE', `/${connection.id}`)).status).toBe(403)
    expect((await call(auditor, 'POST', '', { name: 'x', kind: 'okta' })).status).toBe(403)
  })

  test('two connections of an organisation have different names; a change over another is refused', async () => {
    const { owner, connection } = await start()
    expect((await call(owner, 'POST', '', { name: connection.name.toUpperCase(), kind: 'okta' })).status).toBe(409)
    const payload = { version: 9, name: 'x', kind: 'okta', defaultRole: { role: 'member' }, rules: [] }
    expect((await call(owner, 'PUT', `/${connection.id}`, payload)).status).toBe(409)
  })
})
