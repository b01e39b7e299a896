import { createHmac, randomUUID } from 'node:crypto'
import type { CreatedIdentityKey } from '@clew/contract/identity'
import type { ConversationId } from '@clew/contract/primitives'
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sqlOf } from '../../../platform/sql.ts'
import { createWorld, type World } from '../../../testkit/world.ts'
import { openSession } from '../../sign-in/use-cases/open-session.ts'

const audience = 'https://help.northlight.example'
let world: World
let owner: Record<string, string>
let shared: CreatedIdentityKey
let signer: CryptoKey
let publicPem: string

const cookieOf = async (role: 'owner' | 'agent'): Promise<Record<string, string>> => {
  const member = await world.agent(undefined, role)
  const session = await world.clew.newCtx('test').transaction((tx) => openSession(tx, member))
  return { cookie: `__Host-clew_session=${session.token}` }
}
const makeKey = (payload: object, headers = owner) =>
  world.app.inject({ method: 'POST', url: '/api/v1/identity-keys', headers, payload })

beforeAll(async () => {
  world = await createWorld({ config: { baseUrl: audience } })
  owner = await cookieOf('owner')
  shared = (await makeKey({ algorithm: 'HS256', name: 'Web app' })).json()
  const pair = await generateKeyPair('ES256', { extractable: true })
  signer = pair.privateKey
  publicPem = await exportSPKI(pair.publicKey)
  const added = await makeKey({ algorithm: 'ES256', name: 'Mobile', publicKey: publicPem })
  expect(added.statusCode).toBe(201)
})
afterAll(() => world.close())

const seconds = (): number => Math.floor(world.clock.now().getTime() / 1000)
type Made = { claims?: JWTPayload; aud?: string; exp?: number; header?: object }

const tokenFor = (sub: string, { claims = {}, aud = audience, exp = seconds() + 600, header = {} }: Made = {}) =>
  new SignJWT({ jti: randomUUID(), ...claims })
    .setProtectedHeader({ alg: 'HS256', ...header })
    .setSubject(sub)
    .setAudience(aud)
    .setExpirationTime(exp)
    .sign(Buffer.from(shared.secret ?? ''))

const prove = (identity: string, token?: string) =>
  world.app.inject({
    method: 'POST',
    url: '/api/v1/widget/identity',
    payload: { identity },
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  })
const session = async (sub: string, more: Made = {}, token?: string) => {
  const answer = await prove(await tokenFor(sub, more), token)
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json<{ token: string; contactId: string; expiresAt: string }>()
}
const refusal = async (identity: string) => (await prove(identity)).json<{ code: string }>().code
const own = async (token: string): Promise<{ id: ConversationId; subject: string }[]> => {
  const headers = { authorization: `Bearer ${token}` }
  const answer = await world.app.inject({ url: '/api/v1/widget/conversations', headers })
  return answer.json<{ conversations: { id: ConversationId; subject: string }[] }>().conversations
}
const say = (token: string, body: string) =>
  world.app.inject({
    method: 'POST',
    url: '/api/v1/widget/conversations',
    headers: { authorization: `Bearer ${token}` },
    payload: { clientConversationId: randomUUID(), clientMessageId: randomUUID(), body, locale: 'en' },
  })

describe('a signed identity', () => {
  test('is the same contact on every device', async () => {
    const [desk, phone] = [await session('user-1'), await session('user-1')]
    expect(phone.contactId).toBe(desk.contactId)
    await say(desk.token, 'The export is empty')
    expect(await own(phone.token)).toMatchObject([{ subject: 'The export is empty' }])
  })

  test('by a public key on P-256 does the same', async () => {
    const identity = await new SignJWT({ jti: randomUUID() })
      .setProtectedHeader({ alg: 'ES256' })
      .setSubject('user-1')
      .setAudience(audience)
      .setExpirationTime(seconds() + 600)
      .sign(signer)
    expect((await prove(identity)).json()).toMatchObject({ contactId: (await session('user-1')).contactId })
  })

  test('opens a session that ends when it does', async () => {
    const opened = await session('user-2')
    expect(opened.expiresAt).toBe(new Date((seconds() + 600) * 1000).toISOString())
    await own(opened.token)
    world.clock.advance(601_000)
    const answer = await world.app.inject({
      url: '/api/v1/widget/conversations',
      headers: { authorization: `Bearer ${opened.token}` },
    })
    expect(answer.statusCode).toBe(401)
  })

  test('puts address, plan and workspace on the case, as what the host page said', async () => {
    const claims = {
      email: 'maria@kyma.example',
      name: 'Maria',
      plan: 'Business',
      workspace: { id: 'ws-41', name: 'Kyma' },
    }
    const { token } = await session('user-3', { claims })
    const { conversation } = (await say(token, 'Nothing loads')).json<{ conversation: { id: string } }>()
    await world.settle()
    const facts = await world.rows('SELECT field, value, source FROM facts WHERE conversation_id = $1', [
      conversation.id,
    ])
    expect(facts).toContainEqual({
      field: 'account',
      value: { email: 'maria@kyma.example', plan: 'business' },
      source: 'host_page',
    })
    expect(facts).toContainEqual({
      field: 'workspace',
      value: { workspaceId: 'ws-41', name: 'Kyma' },
      source: 'host_page',
    })
    const headers = { authorization: `Bearer ${token}` }
    await world.app.inject({
      method: 'PATCH',
      url: '/api/v1/widget/contact',
      headers,
      payload: { email: 'other@evil.example', name: 'Mallory' },
    })
    expect(await world.rows('SELECT name, email FROM contacts WHERE subject = $1', ['user-3'])).toEqual([
      { name: 'Maria', email: 'maria@kyma.example' },
    ])
  })

  test('of an address that the host page itself has not proved is no proof of it', async () => {
    await session('user-4', { claims: { email: 'someone@else.example', email_verified: false } })
    expect(await world.rows('SELECT email, verified_email FROM contacts WHERE subject = $1', ['user-4'])).toEqual([
      { email: null, verified_email: null },
    ])
  })
})

describe('what is refused', () => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = () => ({ sub: 'victim', aud: audience, exp: seconds() + 600, jti: randomUUID() })

  test.each([
    ['no signature', 'identity.algorithm_refused', () => `${part({ alg: 'none' })}.${part(claims())}.`],
    ['another spelling of none', 'identity.algorithm_refused', () => `${part({ alg: 'nOnE' })}.${part(claims())}.`],
    [
      'a public key used as a secret',
      'identity.signature_invalid',
      () => {
        const body = `${part({ alg: 'HS256' })}.${part(claims())}`
        return `${body}.${createHmac('sha256', publicPem).update(body).digest('base64url')}`
      },
    ],
    [
      'a key that the token brings along',
      'identity.signature_invalid',
      () => {
        const jwk = { kty: 'oct', k: Buffer.from('a secret of my own').toString('base64url') }
        const at = 'https://evil.example/keys.json'
        const body = `${part({ alg: 'HS256', jwk, jku: at, x5u: at, x5c: ['MIIB'] })}.${part(claims())}`
        return `${body}.${createHmac('sha256', 'a secret of my own').update(body).digest('base64url')}`
      },
    ],
    ['the wrong audience', 'identity.audience_wrong', () => tokenFor('victim', { aud: 'https://other.example' })],
    ['one that has expired', 'identity.expired', () => tokenFor('victim', { exp: seconds() - 31 })],
    ['one that lasts for two hours', 'identity.too_long_lived', () => tokenFor('victim', { exp: seconds() + 7200 })],
    ['no jti', 'identity.claims_invalid', () => tokenFor('victim', { claims: { jti: undefined } as never })],
    ['an unknown key', 'identity.key_unknown', () => tokenFor('victim', { header: { kid: randomUUID() } })],
    ['nonsense', 'identity.malformed', () => 'a.b.c'],
    [
      'an altered body',
      'identity.signature_invalid',
      async () => {
        const [header, , signature] = (await tokenFor('me')).split('.')
        return `${header}.${part(claims())}.${signature}`
      },
    ],
  ])('%s', async (_name, code, make) => {
    expect(await refusal(await make())).toBe(code)
    expect(await world.rows(`SELECT 1 FROM contacts WHERE subject = 'victim'`)).toEqual([])
  })

  test('a second use of the same identity', async () => {
    const identity = await tokenFor('user-5')
    const answers = await Promise.all([prove(identity), prove(identity), prove(identity)])
    expect(answers.map(({ statusCode }) => statusCode).sort((a, b) => a - b)).toEqual([201, 401, 401])
    expect(await refusal(identity)).toBe('identity.replayed')
  })
})

describe('what a visitor said before they were known', () => {
  test('becomes theirs, and the token from before opens nothing any more', async () => {
    const visitor = await world.contact()
    await say(visitor.token, 'My upload stops')
    const known = await session('user-6', {}, visitor.token)
    expect(await own(known.token)).toMatchObject([{ subject: 'My upload stops' }])
    expect(await world.rows('SELECT 1 FROM contact_sessions WHERE contact_id = $1', [known.contactId])).toHaveLength(1)

    const again = await world.contact()
    await say(again.token, 'And now the export')
    const joined = await session('user-6', {}, again.token)
    await world.settle()
    expect((await own(joined.token)).map(({ subject }) => subject).sort()).toEqual([
      'And now the export',
      'My upload stops',
    ])
    expect(await world.rows('SELECT 1 FROM contacts WHERE id = $1', [again.id])).toEqual([])
    expect(await world.rows('SELECT 1 FROM events WHERE contact_id = $1', [again.id])).toEqual([])
  })

  test('stays with the first of two who are both known', async () => {
    const [one, two] = [await session('user-7'), await session('user-8')]
    await say(one.token, 'Mine')
    const switched = await session('user-8', {}, one.token)
    expect(switched.contactId).toBe(two.contactId)
    expect(await own(switched.token)).toEqual([])
    expect(await own(one.token)).toHaveLength(1)
  })

  test('is not opened by an address that nobody has signed for', async () => {
    const known = await session('user-9', { claims: { email: 'nina@kyma.example' } })
    await say(known.token, 'Private')
    const visitor = await world.contact()
    await world.app.inject({
      method: 'PATCH',
      url: '/api/v1/widget/contact',
      headers: visitor.headers,
      payload: { email: 'nina@kyma.example' },
    })
    expect(await own(visitor.token)).toEqual([])
  })
})

describe('behind the second wall', () => {
  test.each(['identity_keys', 'identity_uses', 'mail_links', 'case_sessions', 'erasures'] as const)(
    'nobody in the scope of a contact reaches %s',
    async (table) => {
      const ann = await world.contact()
      const looking = ann.ctx.transaction((tx) => sqlOf(tx).selectFrom(table).selectAll().execute())
      await expect(looking).rejects.toThrow(/permission denied/)
    },
  )

  test('a contact cannot prove anything about themselves', async () => {
    const ann = await world.contact()
    for (const set of [{ subject: 'user-1' }, { verified_email: 'x@y.example' }]) {
      const forging = ann.ctx.transaction((tx) =>
        sqlOf(tx).updateTable('contacts').set(set).where('id', '=', ann.id).execute(),
      )
      await expect(forging).rejects.toThrow(/permission denied/)
    }
  })
})

describe('keys', () => {
  test('are made by owners alone, at most two at a time, and their secret is shown once', async () => {
    const agent = await cookieOf('agent')
    for (const headers of [agent, {}])
      expect((await makeKey({ algorithm: 'HS256', name: 'x' }, headers as never)).statusCode).toBeGreaterThan(400)
    expect((await makeKey({ algorithm: 'HS256', name: 'Third' })).json()).toMatchObject({ code: 'identity.key_limit' })
    const list = await world.app.inject({ url: '/api/v1/identity-keys', headers: owner })
    expect(list.json()).toMatchObject({ audience, mostKeys: 2 })
    const names = list.json<{ keys: { name: string }[] }>().keys.map(({ name }) => name)
    expect(names.sort()).toEqual(['Mobile', 'Web app'])
    expect(list.body).not.toContain(shared.secret)
    const [row] = await world.rows('SELECT sealed_secret FROM identity_keys WHERE id = $1', [shared.key.id])
    expect(String(row?.['sealed_secret'])).not.toContain(shared.secret)
    expect(await world.rows(`SELECT 1 FROM events WHERE payload::text LIKE '%' || $1 || '%'`, [shared.secret])).toEqual(
      [],
    )
  })

  test('that are private, or on another curve, are refused', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true })
    const other = await generateKeyPair('ES384', { extractable: true })
    for (const publicKey of [
      JSON.stringify(await exportJWK(privateKey)),
      await exportSPKI(other.publicKey),
      'nonsense',
    ]) {
      expect((await makeKey({ algorithm: 'ES256', name: 'x', publicKey })).json()).toMatchObject({
        code: 'identity.key_invalid',
      })
    }
  })

  test('prove nothing from the moment that they are revoked', async () => {
    const other = await createWorld({ config: { baseUrl: audience } })
    try {
      const identity = await tokenFor('user-10')
      const answer = await other.app.inject({ method: 'POST', url: '/api/v1/widget/identity', payload: { identity } })
      expect(answer.json()).toMatchObject({ code: 'identity.not_configured' })
    } finally {
      await other.close()
    }
    const revoke = () =>
      world.app.inject({ method: 'DELETE', url: `/api/v1/identity-keys/${shared.key.id}`, headers: owner })
    expect((await revoke()).statusCode).toBe(204)
    expect((await revoke()).statusCode).toBe(404)
    expect(await refusal(await tokenFor('user-10'))).toBe('identity.key_unknown')
  })
})
