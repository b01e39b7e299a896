import type { OrganisationId } from '@clew/contract/primitives'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Browser, browser, codeOf, memberWithPassword, setPolicy } from '../../../testkit/browser.ts'
import { SoftAuthenticator } from '../../../testkit/soft-authenticator.ts'
import { createWorld, type World } from '../../../testkit/world.ts'

const origin = 'http://localhost:3000'

let world: World
let company: OrganisationId
let ann: Awaited<ReturnType<typeof memberWithPassword>>
let one: Browser

beforeAll(async () => {
  world = await createWorld({ config: { baseUrl: origin } })
})
afterAll(() => world.close())
beforeEach(async () => {
  company = await world.organisation()
  ann = await memberWithPassword(world, company)
  one = browser(world)
  await one.signIn(ann)
})

type Options = { publicKey: Record<string, unknown> }

async function register(device: SoftAuthenticator, name = 'Laptop') {
  const { publicKey } = (await one.post('/console/own-sign-in/passkeys/options')).json<Options>()
  return one.post('/console/own-sign-in/passkeys', { name, passkey: device.create(publicKey) })
}

async function signInWith(device: SoftAuthenticator, each = browser(world)) {
  const { publicKey } = (await each.post('/session/passkey/options')).json<Options>()
  return { each, publicKey, answer: await each.post('/session/passkey', device.get(publicKey)) }
}

test('a passkey is made to find its owner by itself and to ask who holds it', async () => {
  const { publicKey } = (await one.post('/console/own-sign-in/passkeys/options')).json<Options>()
  expect(publicKey).toMatchObject({
    rp: { id: 'localhost' },
    attestation: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
})

test('with a passkey one signs in without a name, and it is two factors at once', async () => {
  const device = new SoftAuthenticator({ origin, isSynced: true })
  const added = await register(device)
  expect([added.statusCode, added.json<{ recoveryCodes: string[] }>().recoveryCodes.length]).toEqual([201, 10])
  await setPolicy(world, company, { mfa: { mode: 'required', graceDays: 0 } })
  const { each, publicKey, answer } = await signInWith(device)
  expect(publicKey).not.toHaveProperty('allowCredentials')
  expect([answer.statusCode, answer.json<{ member: { id: string } }>().member.id]).toEqual([200, ann.id])
  expect((await each.get('/session')).json()).not.toHaveProperty('needs')
  const { passkeys } = (await each.get('/console/own-sign-in')).json<{ passkeys: object[] }>()
  expect(passkeys).toMatchObject([{ name: 'Laptop', isSynced: true }])
  expect(
    await world.rows('SELECT counter, device_type, is_backed_up FROM passkeys WHERE member_id = $1', [ann.id]),
  ).toEqual([{ counter: '2', device_type: 'multiDevice', is_backed_up: true }])
})

test('several can be added, named, renamed and removed; the same one not twice', async () => {
  const device = new SoftAuthenticator({ origin })
  await register(device, 'Laptop')
  expect(codeOf(await register(device, 'Laptop again'))).toBe('factor.passkey_known')
  expect((await register(new SoftAuthenticator({ origin }), 'Phone')).json()).toEqual({})
  const list = async () =>
    (await one.get('/console/own-sign-in')).json<{ passkeys: { id: string; name: string }[] }>().passkeys
  const [first] = await list()
  await one.send('PATCH', `/console/own-sign-in/passkeys/${first?.id}`, { name: 'Old laptop' })
  expect((await list()).map(({ name }) => name)).toEqual(['Old laptop', 'Phone'])
  expect((await one.send('DELETE', `/console/own-sign-in/passkeys/${first?.id}`)).statusCode).toBe(204)
  expect((await list()).map(({ name }) => name)).toEqual(['Phone'])
  expect(codeOf((await signInWith(device)).answer)).toBe('session.passkey_wrong')
})

test('after the password the passkey is asked for, and one of another member is none', async () => {
  const device = new SoftAuthenticator({ origin })
  await register(device)
  const two = browser(world)
  expect((await two.signIn(ann)).json()).toEqual({ next: 'second_factor', factors: ['passkey', 'recovery_code'] })
  const bob = await memberWithPassword(world, company)
  const his = new SoftAuthenticator({ origin })
  one = browser(world)
  await one.signIn(bob)
  await register(his)
  const ask = async () => (await two.post('/session/second-factor/passkey')).json<Options>().publicKey
  expect(codeOf(await two.post('/session/second-factor', { passkey: his.get(await ask()) }))).toBe(
    'session.passkey_wrong',
  )
  const options = await ask()
  expect(options['allowCredentials']).toMatchObject([{ id: device.id }])
  expect((await two.post('/session/second-factor', { passkey: device.get(options) })).statusCode).toBe(200)
})

test.each([
  ['that another site asked for', { origin: 'https://evil.example' }],
  ['that did not ask who holds it', { origin, verifies: false }],
])('a passkey %s is refused, new or known', async (_, behaviour) => {
  expect(codeOf(await register(new SoftAuthenticator(behaviour)))).toBe('factor.passkey_refused')
})

test('an assertion for another site, without verification, for another challenge or signed by nobody is refused', async () => {
  const device = new SoftAuthenticator({ origin })
  await register(device)
  const each = browser(world)
  const ask = async () => (await each.post('/session/passkey/options')).json<Options>().publicKey
  const send = async (passkey: object) => codeOf(await each.post('/session/passkey', passkey))

  const options = await ask()
  expect(await send(device.get({ ...options, challenge: 'AAAA' }))).toBe('session.passkey_wrong')
  expect(await send(device.get({ ...(await ask()), rpId: 'evil.example' }))).toBe('session.passkey_wrong')
  const stolen = device.get(await ask())
  const forged = { ...stolen, response: { ...stolen.response, signature: 'MEUCIQ' } }
  expect(await send(forged)).toBe('session.passkey_wrong')
  expect(await send(new SoftAuthenticator({ origin }).get(await ask()))).toBe('session.passkey_wrong')
})

test('what was signed once does not sign in again, nor in another browser', async () => {
  const device = new SoftAuthenticator({ origin })
  await register(device)
  const each = browser(world)
  const { publicKey } = (await each.post('/session/passkey/options')).json<Options>()
  const signed = device.get(publicKey)
  expect(codeOf(await browser(world).post('/session/passkey', signed))).toBe('session.attempt_over')
  expect((await each.post('/session/passkey', signed)).statusCode).toBe(200)
  expect(codeOf(await each.post('/session/passkey', signed))).toBe('session.attempt_over')
})

test('a copy of a passkey is noticed by its counter', async () => {
  const device = new SoftAuthenticator({ origin })
  await register(device)
  expect((await signInWith(device)).answer.statusCode).toBe(200)
  device.rewind()
  expect(codeOf((await signInWith(device)).answer)).toBe('session.passkey_wrong')
})

test('the last way in is not taken away', async () => {
  await register(new SoftAuthenticator({ origin }))
  await world.rows('DELETE FROM credentials WHERE member_id = $1', [ann.id])
  const { passkeys } = (await one.get('/console/own-sign-in')).json<{ passkeys: { id: string }[] }>()
  expect(codeOf(await one.send('DELETE', `/console/own-sign-in/passkeys/${passkeys[0]?.id}`))).toBe(
    'factor.last_way_in',
  )
})

test('nobody renames or removes a passkey of another', async () => {
  await register(new SoftAuthenticator({ origin }))
  const { passkeys } = (await one.get('/console/own-sign-in')).json<{ passkeys: { id: string }[] }>()
  const other = browser(world)
  await other.signIn(await memberWithPassword(world, company))
  const path = `/console/own-sign-in/passkeys/${passkeys[0]?.id}`
  expect(codeOf(await other.send('PATCH', path, { name: 'Mine' }))).toBe('factor.not_found')
  expect(codeOf(await other.send('DELETE', path))).toBe('factor.not_found')
})

test('an organisation can do without passkeys', async () => {
  const device = new SoftAuthenticator({ origin })
  await register(device)
  await setPolicy(world, company, { passwords: { ways: ['password'] } })
  expect(codeOf((await signInWith(device)).answer)).toBe('session.method_not_allowed')
})

test('a member who was stopped does not get in by a passkey either', async () => {
  const device = new SoftAuthenticator({ origin })
  await register(device)
  await world.rows(`UPDATE members SET deactivated_at = now(), deactivated_via = 'console' WHERE id = $1`, [ann.id])
  expect(codeOf((await signInWith(device)).answer)).toBe('session.passkey_wrong')
})
