import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../../../testkit/world.ts'
import { issueSetupToken } from './set-up-owner.ts'

let world: World
const owner = { name: 'Olga', email: 'Olga@Team.example', password: 'correct horse battery' }
let cookie: string

const post = (url: string, payload: object, headers: Record<string, string> = {}) =>
  world.app.inject({ method: 'POST', url: `/api/v1${url}`, payload, headers: { host: 'localhost:3000', ...headers } })
const cookieOf = (answer: { headers: Record<string, unknown> }): string =>
  String(answer.headers['set-cookie']).split(';')[0] ?? ''
const me = (withCookie: string) => world.app.inject({ url: '/api/v1/session', headers: { cookie: withCookie } })

beforeAll(async () => {
  world = await createWorld()
  const first = await issueSetupToken(world.clew.newCtx('setup'))
  const token = (await issueSetupToken(world.clew.newCtx('setup'))) ?? ''
  expect((await post('/setup', { ...owner, token: first ?? '' })).json()).toMatchObject({ code: 'setup.token_invalid' })
  const made = await post('/setup', { ...owner, token })
  expect(made.statusCode).toBe(201)
  cookie = cookieOf(made)
  expect((await post('/setup', { ...owner, email: 'b@team.example', token })).statusCode).toBe(403)
})
afterAll(() => world.close())

test('the first owner is made once, and no token is given out after that', async () => {
  expect(await issueSetupToken(world.clew.newCtx('setup'))).toBeUndefined()
  expect((await world.app.inject('/api/v1/setup')).json()).toEqual({ needed: false })
})

test('the session cookie is out of reach of scripts, other sites and plain http', async () => {
  const answer = await post('/session', { email: owner.email, password: owner.password })
  expect(answer.statusCode).toBe(200)
  expect(String(answer.headers['set-cookie'])).toMatch(
    /^__Host-clew_session=[\w-]{43}; Path=\/; Expires=.*; HttpOnly; Secure; SameSite=Lax$/,
  )
  expect(answer.body).not.toContain(cookieOf(answer).split('=')[1])
})

test('each sign-in is a new session, and signing out ends only its own, at once', async () => {
  const one = cookieOf(await post('/session', { email: 'olga@team.example', password: owner.password }))
  const two = cookieOf(await post('/session', { email: 'OLGA@team.example', password: owner.password }))
  expect(one).not.toBe(two)
  await world.app.inject({ method: 'DELETE', url: '/api/v1/session', headers: { cookie: one } })
  expect([(await me(one)).statusCode, (await me(two)).statusCode]).toEqual([401, 200])
})

test('a wrong password and an unknown address are told apart by nobody', async () => {
  const wrong = await post('/session', { email: owner.email, password: 'wrong' })
  const unknown = await post('/session', { email: 'nobody@team.example', password: 'wrong' })
  expect([wrong.statusCode, wrong.json<{ detail: string }>().detail]).toEqual([
    unknown.statusCode,
    unknown.json<{ detail: string }>().detail,
  ])
})

test('guessing makes an account rest, and the rest ends', async () => {
  for (let i = 0; i < 8; i += 1) await post('/session', { email: 'guessed@team.example', password: `guess ${i}` })
  const resting = await post('/session', { email: 'guessed@team.example', password: 'once more' })
  expect([resting.statusCode, Number(resting.headers['retry-after'])]).toEqual([429, 15])
  world.clock.advance(16_000)
  expect((await post('/session', { email: 'guessed@team.example', password: 'once more' })).statusCode).toBe(401)
})

test('over plain http on another address signing in says why it cannot work', async () => {
  const answer = await post('/session', { email: owner.email, password: owner.password }, { host: '10.0.0.5:3000' })
  expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([400, 'session.insecure_origin'])
})

test('a change from a page of another site is refused', async () => {
  const forged = await post('/invitations', { email: 'eve@evil.example' }, { cookie, origin: 'https://evil.example' })
  expect([forged.statusCode, forged.json<{ code: string }>().code]).toEqual([403, 'permission.foreign_origin'])
  const crossSite = await post(
    '/invitations',
    { email: 'eve@evil.example' },
    { cookie, 'sec-fetch-site': 'cross-site' },
  )
  expect(crossSite.statusCode).toBe(403)
})

test('a session ends when it was left alone for a week, and in any case after a month', async () => {
  const left = cookieOf(await post('/session', { email: owner.email, password: owner.password }))
  world.clock.advance(8 * 86_400_000)
  expect((await me(left)).statusCode).toBe(401)
  const used = cookieOf(await post('/session', { email: owner.email, password: owner.password }))
  for (let day = 0; day < 29; day += 1) {
    world.clock.advance(86_400_000)
    expect((await me(used)).statusCode).toBe(200)
  }
  world.clock.advance(2 * 86_400_000)
  expect((await me(used)).statusCode).toBe(401)
})

test('an invitation makes one member, once, and its mail waits for the operator', async () => {
  const signedIn = cookieOf(await post('/session', { email: owner.email, password: owner.password }))
  const invited = await post('/invitations', { email: 'Ben@team.example' }, { cookie: signedIn })
  expect(invited.json()).toMatchObject({ email: 'ben@team.example', mail: 'kept' })
  const token = invited.json<{ link: string }>().link.split('#token=')[1] ?? ''
  const joined = await post('/invitations/accept', { token, name: 'Ben', password: 'another long one' })
  expect(joined.json()).toMatchObject({ member: { name: 'Ben', role: 'agent' } })
  expect((await post('/invitations/accept', { token, name: 'Eve', password: 'another long one' })).statusCode).toBe(410)
  expect((await post('/invitations', { email: 'ben@team.example' }, { cookie: signedIn })).statusCode).toBe(409)
  const asAgent = await post('/invitations', { email: 'c@team.example' }, { cookie: cookieOf(joined) })
  expect([asAgent.statusCode, asAgent.json<{ code: string }>().code]).toEqual([403, 'permission.denied'])
  await expect
    .poll(() => world.rows(`SELECT state FROM mails WHERE recipient = 'ben@team.example'`))
    .toEqual([{ state: 'kept' }])
})
