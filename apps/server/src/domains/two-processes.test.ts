import { setTimeout as pause } from 'node:timers/promises'
import type { MemberRole } from '@clew/contract/permissions'
import type { SsoOverview } from '@clew/contract/single-sign-on'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Clew } from '../clew.ts'
import { memberWithPassword, setPolicy } from '../testkit/browser.ts'
import { openStream } from '../testkit/event-streams.ts'
import { keyOf } from '../testkit/furnished.ts'
import { connectSaml, createCompany, createSsoWorld, requestIn, SsoBrowser, samlResponse } from '../testkit/sso.ts'
import { createPeer, type World } from '../testkit/world.ts'
import { connect } from './provisioning/testing/client.ts'

/**
 * Two processes on one database. What is taken from somebody on the first is gone on the second within five seconds,
 * and so are the streams that the second holds open for them. A busy machine is given four times as long: what did not
 * reach the second process by itself would stay for as long as a session lasts.
 */
const withinMs = 20_000

let world: World
let peer: Clew
let clock: NodeJS.Timeout
let team: Awaited<ReturnType<World['supportTeam']>>
let admin: Awaited<ReturnType<World['member']>>

beforeAll(async () => {
  world = await createSsoWorld()
  peer = await createPeer(world)
  // Both go by the clock of the world, which otherwise stands still.
  clock = setInterval(() => world.clock.advance(50), 50)
  team = await world.supportTeam()
})
afterAll(async () => {
  clearInterval(clock)
  await peer.stop()
  await world.close()
})
// What is dangerous takes somebody who has just come.
beforeEach(async () => {
  admin = await world.member(team, 'owner')
})

type Headers = Record<string, string>
type Person = Awaited<ReturnType<World['member']>>
type Stream = Awaited<ReturnType<typeof openStream>>

const elsewhere = '203.0.113.9'

async function ask(app: FastifyInstance, request: InjectOptions) {
  const answer = await app.inject({
    remoteAddress: '127.0.0.1',
    ...request,
    headers: { host: 'localhost', ...request.headers },
  })
  const code = answer.statusCode < 400 || answer.body === '' ? '' : answer.json<{ code?: string }>().code
  return { status: answer.statusCode, code, body: answer.body }
}

/** On the first process, as whoever runs the team. */
async function change(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, payload?: object) {
  const url = `/api/v1${path}`
  const answer = await ask(world.app, {
    method,
    url,
    headers: admin.headers,
    remoteAddress: elsewhere,
    ...(payload === undefined ? {} : { payload }),
  })
  expect(answer.status, `${url} ${answer.body}`).toBeLessThan(300)
  return answer
}

/** What the second process answers to somebody who asks for what they could always see. */
const seenBy = (headers: Headers, path = '/conversations') => ask(peer.app, { url: `/api/v1${path}`, headers })

/** An open stream on the second process. */
async function followed(headers: Headers, path = '/stream'): Promise<Stream> {
  const stream = await openStream(peer.app, path, headers)
  expect(stream.status).toBe(200)
  expect(await stream.isEnded(300)).toBe(false)
  return stream
}

async function endsWith(headers: Headers, stream: Stream, expected: { status: number; code?: string }): Promise<void> {
  const began = Date.now()
  await expect.poll(() => seenBy(headers), { timeout: withinMs, interval: 100 }).toMatchObject(expected)
  expect(await stream.isEnded(withinMs - (Date.now() - began))).toBe(true)
}

const agent = (role: MemberRole = 'agent'): Promise<Person> => world.member(team, role)
const byKey = async ({ id }: Person) => keyOf({ world, word: 'two', organisationId: team }, id)
const keyId = async ({ id }: Person) =>
  String((await world.rows('SELECT id FROM api_keys WHERE member_id = $1', [id]))[0]?.['id'])

const gone = { status: 401, code: 'session.required' }

test('a session that signs out', async () => {
  const one = await agent()
  const stream = await followed(one.headers)
  await ask(world.app, { method: 'DELETE', url: '/api/v1/session', headers: one.headers })
  await endsWith(one.headers, stream, gone)
})

test('a member who is deactivated', async () => {
  const one = await agent()
  const stream = await followed(one.headers)
  await change('POST', `/console/members/${one.id}/deactivate`, {})
  await endsWith(one.headers, stream, gone)
})

test('a member whom the directory stops', async () => {
  const one = await agent()
  const scim = await connect(world, { organisationId: team })
  const user = await scim.user(one.email, { active: true })
  const stream = await followed(one.headers)
  const answer = await scim.patch(`/Users/${user.id}`, [{ op: 'replace', path: 'active', value: false }])
  expect(answer.status).toBe(200)
  await endsWith(one.headers, stream, gone)
})

test('a member whose role answers nobody', async () => {
  const one = await agent()
  const stream = await followed(one.headers)
  await change('PATCH', `/console/members/${one.id}`, { role: { role: 'billing' } })
  await endsWith(one.headers, stream, { status: 401 })
})

test('a second factor that is required', async () => {
  const one = await agent()
  const stream = await followed(one.headers)
  try {
    await setPolicy(world, team, { mfa: { mode: 'required', graceDays: 0 } })
    await endsWith(one.headers, stream, { status: 403, code: 'session.second_factor_required' })
  } finally {
    await world.rows('DELETE FROM security_policies WHERE organisation_id = $1', [team])
  }
})

test('addresses that are not on the list any more, for sessions and for keys', async () => {
  const one = await agent()
  const key = await byKey(one)
  const streams = [await followed(one.headers), await followed(key.headers)] as const
  try {
    await change('PUT', '/console/policies/ip_allow_list', {
      version: 0,
      value: { ranges: [{ range: '203.0.113.0/24' }] },
      confirmed: true,
    })
    await endsWith(one.headers, streams[0], { status: 403, code: 'session.address_not_allowed' })
    await endsWith(key.headers, streams[1], { status: 403, code: 'session.address_not_allowed' })
  } finally {
    await world.rows('DELETE FROM security_policies WHERE organisation_id = $1', [team])
  }
})

test('a key that is revoked', async () => {
  const one = await agent()
  const key = await byKey(one)
  const stream = await followed(key.headers)
  await change('DELETE', `/console/api-keys/${await keyId(one)}`)
  await endsWith(key.headers, stream, { status: 401, code: 'api_key.invalid' })
})

test('a key of somebody who answers nobody any more', async () => {
  const one = await agent()
  const key = await byKey(one)
  const stream = await followed(key.headers)
  await change('PATCH', `/console/members/${one.id}`, { role: { role: 'billing' } })
  await endsWith(key.headers, stream, { status: 401 })
})

test('rules for keys that have become stricter', async () => {
  const one = await agent()
  const key = await byKey(one)
  const stream = await followed(key.headers)
  try {
    await change('PUT', '/console/policies/api_keys', {
      version: 0,
      value: { scopes: ['members.read'] },
      confirmed: true,
    })
    await endsWith(key.headers, stream, { status: 401, code: 'api_key.invalid' })
  } finally {
    await world.rows('DELETE FROM security_policies WHERE organisation_id = $1', [team])
  }
})

test('the session of somebody who asks for help, once it is taken back', async () => {
  const contact = await world.contact()
  expect((await seenBy(contact.headers, '/widget/conversations')).status).toBe(200)
  const stream = await followed(contact.headers, '/widget/stream')
  await world.rows('DELETE FROM contact_sessions WHERE contact_id = $1', [contact.id])
  await expect
    .poll(() => seenBy(contact.headers, '/widget/conversations'), { timeout: withinMs, interval: 100 })
    .toMatchObject({ status: 401 })
  expect(await stream.isEnded(withinMs)).toBe(true)
})

test('what a role of their own lets people do', async () => {
  const made = await change('POST', '/console/roles', { name: 'Reads', permissions: ['members.read'] })
  const { id } = JSON.parse(made.body) as { id: string }
  const one = await agent('member')
  await change('PATCH', `/console/members/${one.id}`, { role: { role: 'custom', customRoleId: id } })
  await expect
    .poll(() => seenBy(one.headers, '/console/members'), { timeout: withinMs, interval: 100 })
    .toMatchObject({ status: 200 })
  await change('PUT', `/console/roles/${id}`, { name: 'Reads', permissions: ['usage.read'] })
  await expect
    .poll(() => seenBy(one.headers, '/console/members'), { timeout: withinMs, interval: 100 })
    .toMatchObject({ status: 403, code: 'permission.denied' })
})

test('a token of a directory, and what it has brought', async () => {
  const company = await world.organisation()
  const scim = await connect(world, { organisationId: company })
  const url = (id = '') => `${scim.path}/Users${id}`
  const headers = { authorization: `Bearer ${scim.token}` }
  const { id } = await scim.user('ann@halcyon.example')
  expect((await ask(peer.app, { url: url(`/${id}`), headers })).status).toBe(200)
  const [token] = await world.rows('SELECT id FROM scim_tokens WHERE connection_id = $1', [scim.connection.id])
  const answer = await ask(world.app, {
    method: 'DELETE',
    url: `/api/v1/console/provisioning/${scim.connection.id}/tokens/${String(token?.['id'])}`,
    headers: scim.owner.headers,
  })
  expect(answer.status, answer.body).toBeLessThan(300)
  await expect
    .poll(async () => (await ask(peer.app, { url: url(), headers })).status, { timeout: withinMs, interval: 100 })
    .toBe(401)
})

test('sign-in by password, once single sign-on is required', async () => {
  const company = await createCompany(world, 'halcyon.example')
  const connection = await connectSaml(world, company)
  const member = await memberWithPassword(world, company.organisationId, {
    role: 'member',
    email: 'ben@halcyon.example',
  })
  const signIn = () =>
    ask(peer.app, {
      method: 'POST',
      url: '/api/v1/session',
      headers: { origin: 'http://localhost' },
      payload: { email: member.email, password: member.password },
    })
  expect((await signIn()).status).toBe(200)
  await makeRequired(company, connection)
  await pause(100)
  await expect.poll(async () => (await signIn()).status, { timeout: withinMs, interval: 500 }).not.toBe(200)
})

type Company = Awaited<ReturnType<typeof createCompany>>

/** Through the gate: a test that passed, and an owner who can break the glass. */
async function makeRequired(company: Company, connection: Awaited<ReturnType<typeof connectSaml>>): Promise<void> {
  const browser = new SsoBrowser(world)
  browser.take(company.owner.headers.cookie)
  const sent = await browser.get(`/sso/test/${connection.id}`)
  const requestId = requestIn(sent.headers.location ?? '')
  const SAMLResponse = samlResponse(world, connection, { email: `owner@${company.domain}`, requestId })
  await browser.post(connection.own.acsUrl, { SAMLResponse })
  const { id } = company.owner
  await company.api('POST', '/break-glass', { memberId: id })
  await world.rows(`INSERT INTO credentials (member_id, password_hash, changed_at) VALUES ($1, 'x', $2)`, [
    id,
    world.clock.now(),
  ])
  await world.rows(
    `INSERT INTO authenticator_apps (member_id, state, sealed_secret, created_at) VALUES ($1, 'active', $2, now())`,
    [id, Buffer.from('secret')],
  )
  await world.rows('INSERT INTO recovery_codes (member_id, code_hash, created_at) VALUES ($1, $2, now())', [
    id,
    Buffer.from('hash'),
  ])
  const { lockedOut } = (await company.api<SsoOverview>('GET', '')).body.requirement
  const confirm = `lock out ${lockedOut.length}`
  const done = await company.api<SsoOverview>('PUT', '/requirement', { confirm })
  expect(done.body.requirement).toMatchObject({ isRequired: true })
}
