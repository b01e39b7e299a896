import type { SsoAttempt, SsoConnection } from '@clew/contract/single-sign-on'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startOidcProvider, type Tamper, type TestProvider } from '../../testkit/oidc-provider.ts'
import { type Company, createCompany, createSsoWorld, SsoBrowser, setAddress } from '../../testkit/sso.ts'
import type { World } from '../../testkit/world.ts'

let world: World
let provider: TestProvider
let halcyon: Company
let google: SsoConnection

beforeAll(async () => {
  provider = await startOidcProvider()
  world = await createSsoWorld([provider.host])
  // The provider's tokens are dated by the real clock.
  world.clock.advance(Date.now() - world.clock.now().getTime())
  halcyon = await createCompany(world, 'halcyon.example')
  google = await connectOidc('Google')
  const dora = await world.member(halcyon.organisationId, 'member')
  await setAddress(world, dora.id, 'dora@halcyon.example')
  provider.people.set('dora@halcyon.example', { email: 'dora@halcyon.example', email_verified: true, name: 'Dora' })
})
afterEach(() => {
  provider.tamper = undefined
})
afterAll(async () => {
  await world.close()
  await provider.close()
})

async function connectOidc(
  name: string,
  secret = 'a secret of the client that is long enough',
): Promise<SsoConnection> {
  const made = await halcyon.api<SsoConnection>('POST', '/connections', { kind: 'oidc', provider: 'google', name })
  provider.register({ id: name, secret, redirectUri: made.body.own.redirectUri })
  const set = await halcyon.api<SsoConnection>('PATCH', `/connections/${made.body.id}`, {
    version: made.body.version,
    setUp: { issuer: provider.issuer, clientId: name, clientSecret: secret },
  })
  expect(set.status).toBe(200)
  expect(JSON.stringify(set.body)).not.toContain(secret)
  return (await halcyon.api<SsoConnection>('PUT', `/connections/${made.body.id}/state`, { state: 'active' })).body
}

/** Goes to the provider and back to the last address before ours. */
async function throughProvider(url: string): Promise<string> {
  const cookies = new Map<string, string>()
  for (let at = url, hops = 0; hops < 12; hops += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(at, { redirect: 'manual', headers: { cookie } })
    for (const set of answer.headers.getSetCookie()) {
      const [pair = ''] = set.split(';')
      const equals = pair.indexOf('=')
      cookies.set(pair.slice(0, equals), pair.slice(equals + 1))
    }
    const location = answer.headers.get('location')
    if (location === null) throw new Error(`the provider stopped at ${at}: ${answer.status} ${await answer.text()}`)
    const next = new URL(location, at)
    if (next.origin !== provider.issuer) return next.href
    at = next.href
  }
  throw new Error('the provider goes round in circles')
}

async function signIn(email: string, connection = google, browser = new SsoBrowser(world)) {
  const sent = await browser.get(`${connection.own.startUrl}?email=${encodeURIComponent(email)}`)
  const back = await throughProvider(sent.headers.location ?? '')
  const answer = await browser.get(back)
  return { browser, back, location: answer.headers.location ?? '', sent: sent.headers.location ?? '' }
}

const latest = async (): Promise<SsoAttempt | undefined> =>
  (await halcyon.api<{ attempts: SsoAttempt[] }>('GET', '/attempts')).body.attempts[0]

test('a member comes in, with the code bound by PKCE, state and nonce', async () => {
  const { browser, location, sent } = await signIn('dora@halcyon.example')
  expect(location).toBe('/app/')
  expect(await browser.me()).toMatchObject({ email: 'dora@halcyon.example' })
  const asked = new URL(sent).searchParams
  expect([asked.get('code_challenge_method'), asked.get('scope'), asked.get('redirect_uri')]).toEqual([
    'S256',
    'openid email profile',
    google.own.redirectUri,
  ])
  for (const proof of ['code_challenge', 'state', 'nonce']) expect(asked.get(proof)?.length).toBeGreaterThan(40)
  expect(await latest()).toMatchObject({ outcome: 'signed_in', assertedEmail: 'dora@halcyon.example' })
})

const tampered: readonly [name: string, reason: string, tamper: Tamper][] = [
  [
    'another nonce',
    'oidc.wrong_nonce',
    async (t, f) => ({ ...t, id_token: await f.sign({ ...f.claims, nonce: 'other' }) }),
  ],
  [
    'no nonce',
    'oidc.wrong_nonce',
    async (t, f) => {
      const { nonce: _none, ...rest } = f.claims
      return { ...t, id_token: await f.sign(rest) }
    },
  ],
  [
    'another issuer',
    'oidc.wrong_issuer',
    async (t, f) => ({ ...t, id_token: await f.sign({ ...f.claims, iss: 'https://evil.example' }) }),
  ],
  [
    'another audience',
    'oidc.wrong_audience',
    async (t, f) => ({ ...t, id_token: await f.sign({ ...f.claims, aud: 'other' }) }),
  ],
  [
    'two audiences without a word on who asked',
    'oidc.wrong_audience',
    async (t, f) => ({ ...t, id_token: await f.sign({ ...f.claims, aud: ['Google', 'other'] }) }),
  ],
  [
    'an hour too old',
    'oidc.expired',
    async (t, f) => ({ ...t, id_token: await f.sign({ ...f.claims, exp: Math.floor(Date.now() / 1000) - 3600 }) }),
  ],
  ['alg none', 'oidc.algorithm_refused', (t, f) => ({ ...t, id_token: f.unsigned(f.claims) })],
  [
    'HS256 with the public key as secret',
    'oidc.algorithm_refused',
    async (t, f) => ({ ...t, id_token: await f.signByHmac(f.claims, new TextEncoder().encode(f.publicKeyPem)) }),
  ],
  [
    'HS256 with the client secret',
    'oidc.algorithm_refused',
    async (t, f) => ({
      ...t,
      id_token: await f.signByHmac(f.claims, new TextEncoder().encode('a secret of the client that is long enough')),
    }),
  ],
  [
    'the signature cut off',
    'oidc.signature_invalid',
    (t) => ({ ...t, id_token: `${String(t['id_token']).split('.').slice(0, 2).join('.')}.` }),
  ],
  [
    'a key that is not theirs',
    'oidc.signature_invalid',
    async (t, f) => ({ ...t, id_token: await f.signWithOther(f.claims) }),
  ],
  [
    'claims changed under the old signature',
    'oidc.signature_invalid',
    (t, f) => {
      const [head, , signature] = String(t['id_token']).split('.')
      const body = Buffer.from(JSON.stringify({ ...f.claims, email: 'owner@halcyon.example' })).toString('base64url')
      return { ...t, id_token: `${head}.${body}.${signature}` }
    },
  ],
  [
    'no ID token at all',
    'oidc.token_malformed',
    (t) => {
      const { id_token: _none, ...rest } = t
      return rest
    },
  ],
]

test.each(tampered)('%s is refused (%s)', async (_name, reason, tamper) => {
  provider.tamper = tamper
  const { browser, location } = await signIn('dora@halcyon.example')
  expect(location).toMatch(/^\/sso\/refused\?reference=SSO-/)
  expect(browser.hasSession).toBe(false)
  expect(await latest()).toMatchObject({ outcome: 'refused', reason })
})

test('the address that was typed reaches the provider as a hint, once, and stands in no address of ours', async () => {
  const browser = new SsoBrowser(world)
  const start = async (url: string) =>
    new URL((await browser.get(url)).headers.location ?? '').searchParams.get('login_hint')
  const asked = await browser.postJson('/api/v1/session/start', { email: 'dora@halcyon.example' })
  const { sso } = asked.json<{ sso: { url: string } }>()
  expect(new URL(sso.url).search).toBe('')
  expect(await start(sso.url)).toBe('dora@halcyon.example')
  expect(await start(sso.url)).toBeNull()
  await browser.postJson('/api/v1/session/start', { email: 'dora@halcyon.example' })
  const other = await connectOidc('Third')
  expect(await start(other.own.startUrl)).toBeNull()
})

test('a state that this browser was not given is refused, and so is the answer in another browser', async () => {
  const browser = new SsoBrowser(world)
  const sent = await browser.get(`${google.own.startUrl}?email=dora@halcyon.example`)
  const back = new URL(await throughProvider(sent.headers.location ?? ''))
  const forged = new URL(back)
  forged.searchParams.set('state', 'another-state-that-nobody-was-given')
  expect((await browser.get(forged.href)).headers.location).toMatch(/^\/sso\/refused/)
  expect(await latest()).toMatchObject({ reason: 'request_unknown', isStranger: true })
  expect((await new SsoBrowser(world).get(back.href)).headers.location).toMatch(/^\/sso\/refused/)
  expect((await browser.get(back.href)).headers.location).toBe('/app/')
  // The code and the state are used up.
  expect((await browser.get(back.href)).headers.location).toMatch(/^\/sso\/refused/)
})

test('an answer of one provider at the address of another connection is refused', async () => {
  const second = await connectOidc('Second')
  const browser = new SsoBrowser(world)
  const sent = await browser.get(`${google.own.startUrl}?email=dora@halcyon.example`)
  const back = new URL(await throughProvider(sent.headers.location ?? ''))
  const mixed = await browser.get(`${second.own.redirectUri}${back.search}`)
  expect(mixed.headers.location).toMatch(/^\/sso\/refused/)
  // And where the provider names itself in the answer, it has to be the one that was asked.
  back.searchParams.set('iss', 'https://evil.example')
  expect((await browser.get(back.href)).headers.location).toMatch(/^\/sso\/refused/)
  expect(await latest()).toMatchObject({ reason: 'oidc.wrong_issuer' })
})

test.each([
  ['that is not proved', { email: 'dora@halcyon.example', email_verified: false }, 'address_not_verified'],
  ['that nothing is said of', { email: 'dora@halcyon.example' }, 'address_not_verified'],
  ['that is missing', { email_verified: true }, 'address_missing'],
  ['of nobody here', { email: 'dora@gmail.example', email_verified: true }, 'domain_not_verified'],
] as const)('an address %s lets nobody in', async (_name, person, reason) => {
  provider.people.set('somebody', person)
  const { location } = await signInAs('somebody')
  expect(location).toMatch(/^\/sso\/refused/)
  expect(await latest()).toMatchObject({ reason })
})

/** The hint of the test provider is who comes; ours is only ever an address. */
async function signInAs(account: string) {
  const browser = new SsoBrowser(world)
  const sent = new URL((await browser.get(google.own.startUrl)).headers.location ?? '')
  sent.searchParams.set('login_hint', account)
  const answer = await browser.get(await throughProvider(sent.href))
  return { browser, location: answer.headers.location ?? '' }
}

test('who says no at the provider is told how to go on, and it is written down', async () => {
  const { location } = await signIn('declines@halcyon.example')
  expect(location).toMatch(/^\/sso\/refused/)
  expect(await latest()).toMatchObject({ reason: 'oidc.denied', observed: { error: 'access_denied' } })
})

test('a wrong client secret is told to the administrator as what it is', async () => {
  const made = await connectOidc('Wrong secret')
  const changed = await halcyon.api<SsoConnection>('PATCH', `/connections/${made.id}`, {
    version: made.version,
    setUp: { clientSecret: 'not the right one' },
  })
  const { location } = await signIn('dora@halcyon.example', changed.body)
  expect(location).toMatch(/^\/sso\/refused/)
  expect(await latest()).toMatchObject({ reason: 'oidc.code_refused', observed: { error: 'invalid_client' } })
})

test.each([
  ['https://169.254.169.254/', 400, 'sso.address_refused'],
  ['http://10.0.0.1/', 400, 'sso.address_refused'],
  ['https://localhost/', 400, 'sso.address_refused'],
  ['http://idp.example/', 400, 'sso.address_refused'],
  ['file:///etc/passwd', 400, 'sso.address_refused'],
])('no connection leads to %s', async (issuer, status, code) => {
  const made = await halcyon.api<SsoConnection>('POST', '/connections', {
    kind: 'oidc',
    provider: 'other',
    name: issuer,
  })
  const answer = await halcyon.api<{ code: string }>('PATCH', `/connections/${made.body.id}`, {
    version: made.body.version,
    setUp: { issuer },
  })
  expect([answer.status, answer.body.code]).toEqual([status, code])
  await halcyon.api('DELETE', `/connections/${made.body.id}`)
})

test('what answers at an address has to be the issuer that was named', async () => {
  const made = await halcyon.api<SsoConnection>('POST', '/connections', {
    kind: 'oidc',
    provider: 'other',
    name: 'Other name',
  })
  const answer = await halcyon.api<{ code: string }>('PATCH', `/connections/${made.body.id}`, {
    version: made.body.version,
    setUp: { issuer: `${provider.issuer}/somewhere/else` },
  })
  expect([answer.status, answer.body.code]).toEqual([422, 'sso.provider_unusable'])
})
