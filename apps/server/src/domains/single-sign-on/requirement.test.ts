import type { SsoConnection, SsoOverview } from '@clew/contract/single-sign-on'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { policyFacts } from '../../policy-facts.ts'
import {
  type Company,
  connectSaml,
  consoleOf,
  createCompany,
  createSsoWorld,
  requestIn,
  SsoBrowser,
  samlResponse,
  setAddress,
  signInBySaml,
} from '../../testkit/sso.ts'
import type { World } from '../../testkit/world.ts'
import { hashPassword } from '../sign-in/passwords.ts'
import { endOldSessions } from './use-cases/require-sso.ts'

let world: World
let halcyon: Company
let entra: SsoConnection
const password = 'correct horse battery staple'

beforeEach(async () => {
  world = await createSsoWorld()
  halcyon = await createCompany(world, 'halcyon.example')
  entra = await connectSaml(world, halcyon)
})
afterEach(() => world.close())

const overview = async (): Promise<SsoOverview> => (await halcyon.api<SsoOverview>('GET', '')).body
const met = async (): Promise<Record<string, boolean>> =>
  Object.fromEntries((await overview()).requirement.rules.map(({ rule, isMet }) => [rule, isMet]))

async function givePassword(memberId: string): Promise<void> {
  await world.rows('INSERT INTO credentials (member_id, password_hash, changed_at) VALUES ($1, $2, $3)', [
    memberId,
    await hashPassword(password),
    world.clock.now(),
  ])
}

async function makeReady(memberId: string): Promise<void> {
  await givePassword(memberId)
  await world.rows(
    `INSERT INTO authenticator_apps (member_id, state, sealed_secret, created_at) VALUES ($1, 'active', $2, now())`,
    [memberId, Buffer.from('secret')],
  )
  await world.rows('INSERT INTO recovery_codes (member_id, code_hash, created_at) VALUES ($1, $2, now())', [
    memberId,
    Buffer.from('hash'),
  ])
}

/** A test by the owner: with their session, to the provider and back. */
async function testSignIn(connection: SsoConnection, email: string) {
  const browser = new SsoBrowser(world)
  browser.take(halcyon.owner.headers.cookie)
  const sent = await browser.get(`/sso/test/${connection.id}`)
  const SAMLResponse = samlResponse(world, connection, { email, requestId: requestIn(sent.headers.location ?? '') })
  return browser.post(connection.own.acsUrl, { SAMLResponse })
}

const signIn = (email: string) =>
  world.app.inject({
    method: 'POST',
    url: '/api/v1/session',
    headers: { host: 'localhost', origin: 'http://localhost' },
    payload: { email, password },
  })

test('a test shows every check and opens no session, on a draft too', async () => {
  const draft = await connectSaml(world, halcyon, { name: 'Draft', isOn: false })
  const sessions = () => world.rows('SELECT count(*)::int AS n FROM agent_sessions')
  const before = await sessions()
  const answer = await testSignIn(draft, 'owner@halcyon.example')
  expect(answer.headers.location).toMatch(/^\/app\/console\/sso\?attempt=/)
  expect(await sessions()).toEqual(before)
  const id = String(answer.headers.location).split('attempt=')[1]
  const attempt = await halcyon.api<Record<string, unknown>>('GET', `/attempts/${id}`)
  expect(attempt.body).toMatchObject({
    purpose: 'test',
    outcome: 'passed',
    observed: { would: 'sign_in', by: 'address', role: 'owner' },
  })
  const failed = await testSignIn(draft, 'nobody@halcyon.example')
  const failedId = String(failed.headers.location).split('attempt=')[1]
  expect((await halcyon.api('GET', `/attempts/${failedId}`)).body).toMatchObject({
    outcome: 'refused',
    reason: 'member_unknown',
  })
})

test('only who manages sign-in tests, and only their own connections', async () => {
  expect((await new SsoBrowser(world).get(`/sso/test/${entra.id}`)).statusCode).toBe(401)
  const member = await world.member(halcyon.organisationId, 'member')
  const browser = new SsoBrowser(world)
  browser.take(member.headers.cookie)
  expect((await browser.get(`/sso/test/${entra.id}`)).statusCode).toBe(403)
  const argo = await createCompany(world, 'argo.example')
  const other = new SsoBrowser(world)
  other.take(argo.owner.headers.cookie)
  expect((await other.get(`/sso/test/${entra.id}`)).statusCode).toBe(404)
})

test('the gate opens with a proof of today and an owner who can break the glass, and asks for the number', async () => {
  const guest = await world.member(halcyon.organisationId, 'member', 'Guest')
  await setAddress(world, guest.id, 'guest@port.example')
  expect(await met()).toMatchObject({ owner_tested: false, break_glass_ready: false, addresses_verified: false })
  const refused = await halcyon.api<{ code: string }>('PUT', '/requirement', { confirm: 'lock out 1' })
  expect([refused.status, refused.body.code]).toEqual([409, 'sso.gate_closed'])

  await testSignIn(entra, 'owner@halcyon.example')
  expect((await met())['owner_tested']).toBe(true)
  const { memberId } = (await overview()).requirement.owners[0] ?? {}
  await halcyon.api('POST', '/break-glass', { memberId })
  expect((await overview()).requirement.rules[1]).toMatchObject({
    isMet: false,
    missing: ['password', 'second_factor', 'recovery_codes'],
  })
  await makeReady(halcyon.owner.id)
  const now = (await overview()).requirement
  expect([now.isOpen, now.lockedOut.map(({ email, why }) => [email, why])]).toEqual([
    true,
    [['guest@port.example', 'domain']],
  ])
  for (const confirm of ['', 'yes', 'lock out', 'lock out 0', 'lock out 2'])
    expect((await halcyon.api<{ code: string }>('PUT', '/requirement', { confirm })).body.code).toBe(
      'sso.confirmation_wrong',
    )
  const done = await halcyon.api<SsoOverview>('PUT', '/requirement', { confirm: 'lock out 1' })
  expect(done.body.requirement).toMatchObject({ isRequired: true })
  expect(await world.rows(`SELECT action FROM audit_events WHERE action = 'sso.enforced'`)).toHaveLength(1)
})

test('a proof of the day before yesterday does not open the gate', async () => {
  await testSignIn(entra, 'owner@halcyon.example')
  expect((await met())['owner_tested']).toBe(true)
  world.clock.advance(25 * 3_600_000)
  const fresh = await world.member(halcyon.organisationId, 'owner')
  const api = consoleOf(world, fresh.headers)
  const rules = (await api<SsoOverview>('GET', '')).body.requirement.rules
  expect(rules.find(({ rule }) => rule === 'owner_tested')?.isMet).toBe(false)
})

async function requireIt(): Promise<void> {
  await testSignIn(entra, 'owner@halcyon.example')
  await halcyon.api('POST', '/break-glass', { memberId: halcyon.owner.id })
  await makeReady(halcyon.owner.id)
  const { lockedOut } = (await overview()).requirement
  const done = await halcyon.api('PUT', '/requirement', { confirm: `lock out ${lockedOut.length}` })
  expect(done.status).toBe(200)
}

test('once required, a password opens nothing but for those who break the glass, which everybody is told of', async () => {
  const dora = await world.member(halcyon.organisationId, 'member', 'Dora')
  await setAddress(world, dora.id, 'dora@halcyon.example')
  await givePassword(dora.id)
  expect((await signIn('dora@halcyon.example')).statusCode).toBe(200)
  await requireIt()
  const refused = await signIn('dora@halcyon.example')
  expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([403, 'session.method_not_allowed'])
  expect((await signInBySaml(world, entra, { email: 'dora@halcyon.example' })).location).toBe('/app/')

  const started = await world.app.inject({
    method: 'POST',
    url: '/api/v1/session/start',
    headers: { host: 'localhost', origin: 'http://localhost' },
    payload: { email: 'dora@halcyon.example' },
  })
  expect(started.json()).toMatchObject({ next: 'sso', sso: { name: 'Entra ID', isRequired: true } })
  const same = await world.app.inject({
    method: 'POST',
    url: '/api/v1/session/start',
    headers: { host: 'localhost', origin: 'http://localhost' },
    payload: { email: 'nobody-at-all@halcyon.example' },
  })
  expect(same.json<{ next: string }>().next).toBe('sso')

  await world.rows('DELETE FROM authenticator_apps')
  expect((await signIn('owner@halcyon.example')).statusCode).toBe(200)
  await world.settle()
  expect(await world.rows(`SELECT action FROM audit_events WHERE action = 'sso.break_glass_used'`)).toHaveLength(1)
  expect(await world.rows(`SELECT recipient FROM mails WHERE idempotency_key LIKE 'sso-break-glass:%'`)).toEqual([
    { recipient: 'owner@halcyon.example' },
  ])
})

test('what was opened before ends within the hour, and the last door stays open', async () => {
  const dora = await world.member(halcyon.organisationId, 'member', 'Dora')
  await setAddress(world, dora.id, 'dora@halcyon.example')
  await requireIt()
  const me = (headers: Record<string, string>) => world.app.inject({ url: '/api/v1/session', headers })
  await endOldSessions(world.clew.newCtx('test'))
  expect((await me(dora.headers)).statusCode).toBe(200)
  const off = await halcyon.api<{ code: string }>('PUT', `/connections/${entra.id}/state`, { state: 'off' })
  expect([off.status, off.body.code]).toEqual([409, 'sso.last_connection'])
  const kept = await halcyon.api<{ code: string }>('DELETE', `/break-glass/${halcyon.owner.id}`)
  expect([kept.status, kept.body.code]).toEqual([409, 'sso.last_break_glass'])
  world.clock.advance(61 * 60_000)
  await endOldSessions(world.clew.newCtx('test'))
  expect((await me(dora.headers)).statusCode).toBe(401)
  expect((await me(halcyon.owner.headers)).statusCode).toBe(200)
})

test('relaxing it lets passwords in again', async () => {
  const dora = await world.member(halcyon.organisationId, 'member', 'Dora')
  await setAddress(world, dora.id, 'dora@halcyon.example')
  await givePassword(dora.id)
  await requireIt()
  expect((await signIn('dora@halcyon.example')).statusCode).toBe(403)
  expect((await halcyon.api('DELETE', '/requirement')).status).toBe(200)
  expect((await signIn('dora@halcyon.example')).statusCode).toBe(200)
})

test('an administrator who is no owner keeps nobody out', async () => {
  const admin = await world.member(halcyon.organisationId, 'admin')
  const answer = await consoleOf(world, admin.headers)<{ code: string }>('PUT', '/requirement', {
    confirm: 'lock out 0',
  })
  expect([answer.status, answer.body.code]).toEqual([403, 'sso.owners_only'])
})

test('what a security policy would do reckons with who comes by SSO, while their connection is on', async () => {
  const { id } = halcyon.owner
  const standing = async () =>
    (await world.clew.newCtx('test').transaction((tx) => policyFacts.listStanding(tx, [id]))).get(id)
  expect(await standing()).toMatchObject({ hasSso: false })
  await signInBySaml(world, entra, { email: 'owner@halcyon.example' })
  expect(await standing()).toMatchObject({ hasSso: true, hasPassword: false })
  await halcyon.api('PUT', `/connections/${entra.id}/state`, { state: 'off' })
  expect(await standing()).toMatchObject({ hasSso: false })
})
