import type { OrganisationId } from '@clew/contract/primitives'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { appCode, type Browser, browser, codeOf, memberWithPassword, setUpApp } from '../../../testkit/browser.ts'
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

/** Something that is dangerous. */
const dangerous = () => one.post('/console/own-sign-in/app')

test('what is dangerous goes for five minutes after signing in, then only after a new proof', async () => {
  world.clock.advance(5 * 60_000)
  expect((await dangerous()).statusCode).toBe(200)
  world.clock.advance(1000)
  const refused = await dangerous()
  expect([refused.statusCode, codeOf(refused)]).toEqual([403, 'session.not_fresh'])
  expect((await one.get('/session/proof')).json()).toEqual({ password: true, code: false, passkey: false })
  const before = one.sessionToken()
  expect((await one.post('/session/proof', { password: ann.password })).statusCode).toBe(204)
  expect(one.sessionToken()).not.toBe(before)
  expect((await dangerous()).statusCode).toBe(200)
})

test('a wrong proof is told, counted and does not sign out', async () => {
  world.clock.advance(10 * 60_000)
  const wrong = await one.post('/session/proof', { password: 'not this one' })
  expect([wrong.statusCode, codeOf(wrong)]).toEqual([403, 'password.wrong'])
  expect(codeOf(await dangerous())).toBe('session.not_fresh')
  expect((await one.get('/session')).statusCode).toBe(200)
  for (let i = 0; i < 7; i += 1) await one.post('/session/proof', { password: `guess ${i}` })
  expect(codeOf(await one.post('/session/proof', { password: ann.password }))).toBe('session.too_many_attempts')
})

test('the token before a proof proves nothing and is gone in a moment', async () => {
  world.clock.advance(10 * 60_000)
  const old = one.sessionToken() ?? ''
  await one.post('/session/proof', { password: ann.password })
  const before = browser(world, { cookies: { '__Host-clew_session': old } })
  expect(codeOf(await before.post('/console/own-sign-in/app'))).toBe('session.not_fresh')
  world.clock.advance(10_000)
  expect((await before.get('/session')).statusCode).toBe(401)
})

test('a code of the app, or a passkey, is a proof too', async () => {
  const { secret } = await setUpApp(world, one)
  world.clock.advance(10 * 60_000)
  expect(codeOf(await one.post('/session/proof', { code: '000000' }))).toBe('session.code_wrong')
  expect((await one.post('/session/proof', { code: appCode(secret, world) })).statusCode).toBe(204)

  const device = new SoftAuthenticator({ origin })
  const ask = async (path: string) => (await one.post(path)).json<{ publicKey: object }>().publicKey
  const passkey = device.create(await ask('/console/own-sign-in/passkeys/options'))
  await one.post('/console/own-sign-in/passkeys', { name: 'Laptop', passkey })
  world.clock.advance(10 * 60_000)
  expect((await one.get('/session/proof')).json()).toEqual({ password: true, code: true, passkey: true })
  const signed = device.get(await ask('/session/proof/passkey'))
  expect((await one.post('/session/proof', { passkey: signed })).statusCode).toBe(204)
  expect((await dangerous()).statusCode).toBe(200)
  expect(codeOf(await one.post('/session/proof', { passkey: signed }))).toBe('session.passkey_wrong')
})

test('a password is changed with the old one or after a fresh proof, and ends the other sessions', async () => {
  const two = browser(world)
  await two.signIn(ann)
  world.clock.advance(10 * 60_000)
  const next = 'olive harbour lantern'
  const change = (body: object) => one.send('PUT', '/console/own-sign-in/password', body)
  expect(codeOf(await change({ password: next }))).toBe('session.not_fresh')
  expect(codeOf(await change({ old: 'not this one', password: next }))).toBe('password.wrong')
  expect(codeOf(await change({ old: ann.password, password: 'qwertyuiop123' }))).toBe('password.common')
  expect(codeOf(await change({ old: ann.password, password: `${ann.email}!` }))).toBe('password.about_you')
  expect((await change({ old: ann.password, password: next })).json()).toEqual({ ended: 1 })
  expect([(await one.get('/session')).statusCode, (await two.get('/session')).statusCode]).toEqual([200, 401])
  await one.post('/session/proof', { password: next })
  expect((await change({ password: 'violet engine sundown' })).statusCode).toBe(200)
})

test('every dangerous route refuses a session that was proved too long ago', async () => {
  world.clock.advance(6 * 60_000)
  const routes = world.clew.house.domains.flatMap(({ routes: each = [] }) => [...each]).filter(({ fresh }) => fresh)
  expect(routes.length).toBeGreaterThan(6)
  for (const { method, path, audience } of routes.filter((each) => each.audience === 'member')) {
    const url = path.replaceAll(/:\w+/g, '0190a0a0-0000-7000-8000-000000000000')
    const answer = await one.send(method as 'POST', url, {})
    expect([answer.statusCode, codeOf(answer)], `${audience} ${method} ${path}`).toEqual([403, 'session.not_fresh'])
  }
})
