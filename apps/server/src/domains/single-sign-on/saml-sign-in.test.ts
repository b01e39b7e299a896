import type { SsoAttempt, SsoConnection } from '@clew/contract/single-sign-on'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Company,
  connectSaml,
  createCompany,
  createSsoWorld,
  requestIn,
  SsoBrowser,
  samlResponse,
  setAddress,
  signInBySaml,
} from '../../testkit/sso.ts'
import type { World } from '../../testkit/world.ts'

let world: World
let halcyon: Company
let entra: SsoConnection

beforeAll(async () => {
  world = await createSsoWorld()
  halcyon = await createCompany(world, 'halcyon.example')
  entra = await connectSaml(world, halcyon)
})
afterAll(() => world.close())

const attempts = async (): Promise<SsoAttempt[]> =>
  (await halcyon.api<{ attempts: SsoAttempt[] }>('GET', '/attempts')).body.attempts

async function memberAt(email: string, company = halcyon) {
  const member = await world.member(company.organisationId, 'member')
  await setAddress(world, member.id, email)
  return member
}

test('a member comes in through their identity provider, with a session that says so', async () => {
  await memberAt('dora@halcyon.example')
  const { browser, location, answer } = await signInBySaml(world, entra, { email: 'Dora@Halcyon.example' })
  expect([answer.statusCode, location]).toEqual([303, '/app/'])
  expect(await browser.me()).toEqual({ status: 200, email: 'dora@halcyon.example' })
  const [session] = await world.rows(
    `SELECT methods FROM agent_sessions s JOIN members m ON m.id = s.member_id WHERE m.email = 'dora@halcyon.example' ORDER BY s.created_at DESC LIMIT 1`,
  )
  expect(session).toMatchObject({ methods: expect.arrayContaining(['sso']) })
  expect((await attempts())[0]).toMatchObject({
    outcome: 'signed_in',
    assertedEmail: 'dora@halcyon.example',
    connectionName: 'Entra ID',
  })
})

test('the address of whoever is vouched for may change, once the provider has named them for good', async () => {
  const member = await memberAt('old@halcyon.example')
  const facts = { nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent', nameId: 'person-7' }
  expect((await signInBySaml(world, entra, { email: 'old@halcyon.example', facts })).location).toBe('/app/')
  const later = await signInBySaml(world, entra, { email: 'new@halcyon.example', facts })
  expect(await later.browser.me()).toMatchObject({ email: 'old@halcyon.example' })
  const other = { ...facts, nameId: 'person-8' }
  const taken = await signInBySaml(world, entra, { email: 'old@halcyon.example', facts: other })
  expect(taken.reference).toBeDefined()
  expect((await attempts())[0]).toMatchObject({ reason: 'subject_differs', memberId: member.id })
})

test.each(['/app/console/members?q=a', '/app/c/1#m', '/app'])('after signing in it goes on at %s', async (next) => {
  await memberAt(`to${next.length}@halcyon.example`)
  const start = `?next=${encodeURIComponent(next)}`
  const { location } = await signInBySaml(world, entra, { email: `to${next.length}@halcyon.example`, start })
  expect(location).toBe(next)
})

test.each([
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/app\\..\\..\\evil',
  '/app/../../evil',
  '/application',
  'javascript:alert(1)',
  '/app/\n//evil.example',
  '/%2f%2fevil.example',
  'app/',
  'http:evil.example',
  '/.evil.example',
  '@evil.example',
  `/app/${'a'.repeat(3000)}`,
])('nobody is sent to %j', async (next) => {
  const email = 'open-redirect@halcyon.example'
  if ((await world.rows(`SELECT 1 FROM members WHERE email = $1`, [email])).length === 0) await memberAt(email)
  const { location } = await signInBySaml(world, entra, { email, start: `?next=${encodeURIComponent(next)}` })
  expect(location).toBe('/app/')
})

test('an answer serves once, and in no other browser', async () => {
  await memberAt('once@halcyon.example')
  const email = 'once@halcyon.example'
  const browser = new SsoBrowser(world)
  const sent = await browser.get(entra.own.startUrl)
  const SAMLResponse = samlResponse(world, entra, { email, requestId: requestIn(sent.headers.location ?? '') })
  const stolen = await new SsoBrowser(world).post(entra.own.acsUrl, { SAMLResponse })
  expect(stolen.headers.location).toMatch(/^\/sso\/refused\?reference=SSO-/)
  expect((await attempts())[0]).toMatchObject({ reason: 'saml.unknown_request', isStranger: false })

  expect((await browser.post(entra.own.acsUrl, { SAMLResponse })).headers.location).toBe('/app/')
  const again = await browser.post(entra.own.acsUrl, { SAMLResponse })
  expect(again.headers.location).toMatch(/^\/sso\/refused/)
  expect((await attempts())[0]).toMatchObject({ reason: 'saml.unknown_request' })
})

test('of two at once with the same answer, one gets in', async () => {
  await memberAt('race@halcyon.example')
  const browser = new SsoBrowser(world)
  const sent = await browser.get(entra.own.startUrl)
  const requestId = requestIn(sent.headers.location ?? '')
  const SAMLResponse = samlResponse(world, entra, { email: 'race@halcyon.example', requestId })
  const answers = await Promise.all(Array.from({ length: 6 }, () => browser.post(entra.own.acsUrl, { SAMLResponse })))
  expect(answers.filter(({ headers }) => headers.location === '/app/')).toHaveLength(1)
})

test('what nobody asked for is refused, unless the connection lets the provider begin', async () => {
  await memberAt('tile@halcyon.example')
  const unasked = { email: 'tile@halcyon.example', requestId: undefined }
  const refused = await new SsoBrowser(world).post(entra.own.acsUrl, {
    SAMLResponse: samlResponse(world, entra, unasked),
  })
  expect(refused.headers.location).toMatch(/^\/sso\/refused/)
  expect((await attempts())[0]).toMatchObject({ reason: 'saml.unsolicited' })

  const tiles = await connectSaml(world, halcyon, { name: 'Tiles', options: { allowIdpInitiated: true } })
  const SAMLResponse = samlResponse(world, tiles, unasked)
  const body = { SAMLResponse, RelayState: '/app/console/members' }
  const first = await new SsoBrowser(world).post(tiles.own.acsUrl, body)
  expect(first.headers.location).toBe('/app/console/members')
  // Without a request to use up, the assertion itself is remembered.
  const second = await new SsoBrowser(world).post(tiles.own.acsUrl, body)
  expect(second.headers.location).toMatch(/^\/sso\/refused/)
  expect((await attempts())[0]).toMatchObject({ reason: 'replayed' })
})

test('an assertion for one connection opens no other', async () => {
  await memberAt('cross@halcyon.example')
  const other = await connectSaml(world, halcyon, { name: 'Other', options: { allowIdpInitiated: true } })
  const SAMLResponse = samlResponse(world, entra, { email: 'cross@halcyon.example', requestId: undefined })
  const answer = await new SsoBrowser(world).post(other.own.acsUrl, { SAMLResponse })
  expect(answer.headers.location).toMatch(/^\/sso\/refused/)
  expect((await attempts())[0]).toMatchObject({ reason: 'saml.wrong_destination' })
})

test('the provider of one organisation opens no account of another, whatever it asserts', async () => {
  const argo = await createCompany(world, 'argo.example')
  await memberAt('admin@argo.example', argo)
  for (const email of ['admin@argo.example', 'owner@argo.example']) {
    const { reference, browser } = await signInBySaml(world, entra, { email })
    expect(reference).toBeDefined()
    expect(browser.hasSession).toBe(false)
  }
  expect((await attempts())[0]).toMatchObject({ reason: 'domain_not_verified', assertedEmail: 'owner@argo.example' })
  const seen = (await argo.api<{ attempts: SsoAttempt[] }>('GET', '/attempts')).body.attempts
  expect(seen).toEqual([])
  expect((await argo.api('PATCH', `/connections/${entra.id}`, { version: 1 })).status).toBe(404)
  expect((await argo.api('DELETE', `/connections/${entra.id}`)).status).toBe(404)
})

test('what is noise keeps apart, and does not push out what counts', async () => {
  const before = (await attempts()).filter(({ isStranger }) => !isStranger).length
  for (let i = 0; i < 14; i += 1)
    await new SsoBrowser(world).post(entra.own.acsUrl, { SAMLResponse: Buffer.from('<a/>').toString('base64') })
  const all = await attempts()
  expect(all.filter(({ isStranger }) => isStranger)).toHaveLength(10)
  expect(all.filter(({ isStranger }) => !isStranger).length).toBe(before)
})

test('the person hears a reference and nothing else, the same for whatever was the matter', async () => {
  const unknown = await signInBySaml(world, entra, { email: 'nobody@halcyon.example' })
  const foreign = await signInBySaml(world, entra, { email: 'nobody@elsewhere.example' })
  const shape = (location: string) => location.replace(/SSO-[\w-]+/, 'REFERENCE')
  expect(shape(unknown.location)).toBe(shape(foreign.location))
  expect(unknown.answer.body).toBe('')
})

test('claims are shown as far as they decide, and blotted out where they are only personal', async () => {
  await signInBySaml(world, entra, {
    email: 'claims@halcyon.example',
    facts: { attributes: { email: ['claims@halcyon.example'], groups: ['ops'], phone: ['+30 210 0000000'] } },
  })
  const [attempt] = await attempts()
  expect(attempt?.claims).toContainEqual({ name: 'groups', values: ['ops'], isRedacted: false })
  expect(attempt?.claims).toContainEqual({ name: 'phone', values: ['+••••••••'], isRedacted: true })
  expect(attempt?.checks.at(-1)).toEqual({ check: 'member-known', outcome: 'refused' })
})

test('a connection that is off lets nobody in, and says so to nobody but its administrators', async () => {
  const off = await connectSaml(world, halcyon, { name: 'Off', isOn: false })
  const answer = await new SsoBrowser(world).get(off.own.startUrl)
  expect(answer.headers.location).toMatch(/^\/sso\/refused/)
  expect((await attempts())[0]).toMatchObject({ reason: 'connection_off' })
})

test('the provider reads who we are at an address of the connection', async () => {
  const answer = await world.app.inject(new URL(entra.own.metadataUrl).pathname)
  expect(answer.headers['content-type']).toContain('application/samlmetadata+xml')
  expect(answer.body).toContain(`entityID="${entra.own.entityId}"`)
  expect(answer.body).toContain(entra.own.acsUrl)
})
