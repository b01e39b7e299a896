import { setTimeout as pause } from 'node:timers/promises'
import type { OrganisationId } from '@clew/contract/primitives'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { auditedIn, browser, codeOf, memberWithPassword, setPolicy, setUpApp } from '../../../testkit/browser.ts'
import { createWorld, type World } from '../../../testkit/world.ts'

let world: World
let company: OrganisationId
let ann: Awaited<ReturnType<typeof memberWithPassword>>
let address: string

beforeAll(async () => {
  world = await createWorld()
  address = await world.clew.listen()
})
afterAll(() => world.close())
beforeEach(async () => {
  company = await world.organisation()
  ann = await memberWithPassword(world, company)
})

async function signedIn(from: Parameters<typeof browser>[1] = {}, who = ann) {
  const one = browser(world, from)
  expect((await one.signIn(who)).statusCode).toBe(200)
  return one
}

type Listed = {
  sessions: { id: string; isThisOne: boolean; address?: string; userAgent?: string; methods: string[] }[]
}

test('somebody sees where they are signed in, how and from where', async () => {
  const one = await signedIn({ address: '203.0.113.7' })
  await signedIn({ address: '198.51.100.4' })
  const { sessions } = (await one.get('/console/own-sign-in/sessions')).json<Listed>()
  expect(sessions).toHaveLength(2)
  expect(sessions.find(({ isThisOne }) => isThisOne)).toMatchObject({
    address: '203.0.113.7',
    userAgent: 'Test browser',
    methods: ['password'],
  })
  expect(JSON.stringify(sessions)).not.toContain(one.sessionToken())
})

test('a session can be ended from another, one or all others, and is dead at once', async () => {
  const [one, two, three] = [await signedIn(), await signedIn(), await signedIn()]
  const { sessions } = (await two.get('/console/own-sign-in/sessions')).json<Listed>()
  const its = sessions.find(({ isThisOne }) => isThisOne)?.id
  expect((await one.send('DELETE', `/console/own-sign-in/sessions/${its}`)).statusCode).toBe(204)
  expect((await two.get('/session')).statusCode).toBe(401)
  expect(codeOf(await one.send('DELETE', `/console/own-sign-in/sessions/${its}`))).toBe('session.not_found')
  expect((await one.send('DELETE', '/console/own-sign-in/sessions')).json()).toEqual({ ended: 1 })
  expect([(await one.get('/session')).statusCode, (await three.get('/session')).statusCode]).toEqual([200, 401])
})

test('nobody ends a session of another, of the same organisation neither', async () => {
  const one = await signedIn()
  const { sessions } = (await one.get('/console/own-sign-in/sessions')).json<Listed>()
  const other = await signedIn({}, await memberWithPassword(world, company))
  expect(codeOf(await other.send('DELETE', `/console/own-sign-in/sessions/${sessions[0]?.id}`))).toBe(
    'session.not_found',
  )
  expect((await one.get('/session')).statusCode).toBe(200)
})

test('only a hash of the token is kept', async () => {
  const one = await signedIn()
  const rows = await world.rows(`SELECT encode(token_hash, 'base64') AS hash, agent_sessions.* FROM agent_sessions`)
  expect(JSON.stringify(rows)).not.toContain(one.sessionToken())
})

test('signing in gives a new token, and none that was brought along is taken over', async () => {
  const planted = 'x'.repeat(43)
  const one = browser(world, { cookies: { '__Host-clew_session': planted } })
  await one.signIn(ann)
  expect(one.sessionToken()).not.toBe(planted)
  const again = one.sessionToken()
  await one.signIn(ann)
  expect(one.sessionToken()).not.toBe(again)
})

test('another role is another token: the one before goes on for a moment, and proves nothing', async () => {
  const one = await signedIn()
  const old = one.sessionToken() ?? ''
  await world.rows(`UPDATE members SET role = 'admin' WHERE id = $1`, [ann.id])
  expect((await one.get('/session')).json()).toMatchObject({ member: { role: 'admin' } })
  expect(one.sessionToken()).not.toBe(old)
  const before = browser(world, { cookies: { '__Host-clew_session': old } })
  expect((await before.get('/session')).statusCode).toBe(200)
  expect(codeOf(await before.post('/console/own-sign-in/app'))).toBe('session.not_fresh')
  world.clock.advance(10_000)
  expect((await before.get('/session')).statusCode).toBe(401)
  expect((await one.get('/session')).statusCode).toBe(200)
})

test('the organisation says how long a session may be left alone, and how long it lasts at most', async () => {
  await setPolicy(world, company, { sessions: { idleMinutes: 30, absoluteHours: 2 } })
  const [left, used] = [await signedIn(), await signedIn()]
  for (let i = 0; i < 5; i += 1) {
    world.clock.advance(20 * 60_000)
    expect((await used.get('/session')).statusCode, `${i}`).toBe(200)
  }
  expect((await left.get('/session')).statusCode).toBe(401)
  world.clock.advance(20 * 60_000)
  expect((await used.get('/session')).statusCode).toBe(401)
})

test('a rule that becomes stricter holds for sessions that are open', async () => {
  const one = await signedIn()
  world.clock.advance(3 * 3_600_000)
  expect((await one.get('/session')).statusCode).toBe(200)
  await setPolicy(world, company, { sessions: { idleMinutes: 10_080, absoluteHours: 2 } })
  expect((await one.get('/session')).statusCode).toBe(401)
})

test('from an address that the organisation does not list, nobody gets in and nobody goes on', async () => {
  const [inside, outside] = [{ address: '203.0.113.7' }, { address: '198.51.100.4' }]
  const one = await signedIn(outside)
  await setPolicy(world, company, {
    ip_allow_list: { ranges: [{ range: '203.0.113.0/24' }, { range: '2001:db8::/32' }] },
  })
  expect(codeOf(await one.get('/session'))).toBe('session.address_not_allowed')
  expect(codeOf(await browser(world, outside).signIn(ann))).toBe('session.address_not_allowed')
  expect((await browser(world, outside).signIn({ ...ann, password: 'not this one' })).statusCode).toBe(401)
  await signedIn(inside)
  await signedIn({ address: '2001:db8::7' })
})

test('an address that the caller says of itself is not believed', async () => {
  await setPolicy(world, company, { ip_allow_list: { ranges: [{ range: '203.0.113.0/24' }] } })
  const answer = await world.app.inject({
    method: 'POST',
    url: '/api/v1/session',
    headers: { host: 'localhost:3000', 'x-forwarded-for': '203.0.113.7' },
    payload: { email: ann.email, password: ann.password },
    remoteAddress: '198.51.100.4',
  })
  expect(codeOf(answer)).toBe('session.address_not_allowed')
})

test('whoever is stopped does not come back to a session that was open', async () => {
  const one = await signedIn()
  await world.rows(`UPDATE members SET deactivated_at = now(), deactivated_via = 'console' WHERE id = $1`, [ann.id])
  expect((await one.get('/session')).statusCode).toBe(401)
  await world.clew.newCtx('test').transaction(async (tx) => {
    tx.emit('member.deactivated', { organisationId: company, memberId: ann.id, via: 'console' })
  })
  await world.settle()
  await world.rows('UPDATE members SET deactivated_at = NULL, deactivated_via = NULL WHERE id = $1', [ann.id])
  expect((await one.get('/session')).statusCode).toBe(401)
})

/** Follows the team's changes over a real connection; answers when the server has ended it. */
async function follow(token: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${address}/api/v1/stream`, {
    headers: { cookie: `__Host-clew_session=${token}`, ...headers },
  })
  expect(answer.status).toBe(200)
  const reader = answer.body?.getReader()
  await reader?.read()
  const ended = (async () => {
    for (;;) if ((await reader?.read())?.done !== false) return true
  })()
  return { isEnded: (withinMs: number) => Promise.race([ended, pause(withinMs).then(() => false)]) }
}

test.each([
  ['signed out', async (one: Awaited<ReturnType<typeof signedIn>>) => void (await one.send('DELETE', '/session'))],
  [
    'whose member was stopped',
    async (_: unknown, id: string) =>
      void (await world.rows(`UPDATE members SET deactivated_at = now(), deactivated_via = 'scim' WHERE id = $1`, [
        id,
      ])),
  ],
  [
    'whose time is over',
    async (_: unknown, id: string) =>
      void (await world.rows('UPDATE agent_sessions SET expires_at = $2 WHERE member_id = $1', [
        id,
        world.clock.now(),
      ])),
  ],
])('an open stream of a session that was %s ends within five seconds', async (_, end) => {
  const olga = await memberWithPassword(world, await world.supportTeam())
  const one = await signedIn({}, olga)
  const stream = await follow(one.sessionToken() ?? '')
  expect(await stream.isEnded(2500)).toBe(false)
  await end(one, olga.id)
  expect(await stream.isEnded(5000)).toBe(true)
})

test('a stream goes on when its session gets another token', async () => {
  const olga = await memberWithPassword(world, await world.supportTeam())
  const one = await signedIn({}, olga)
  const stream = await follow(one.sessionToken() ?? '')
  await setUpApp(world, one)
  expect(await stream.isEnded(3000)).toBe(false)
})

test('signing in, out and in vain stands in the audit log of the organisation, with the session', async () => {
  const one = await signedIn({ address: '203.0.113.7' })
  await one.send('DELETE', '/session')
  await browser(world).signIn({ ...ann, password: 'not this one' })
  await expect.poll(() => auditedIn(world, company)).toContain('auth.failed: failure')
  expect((await auditedIn(world, company)).filter((action) => /^(auth|session)/.test(action))).toEqual([
    'session.created',
    'auth.succeeded',
    'session.created',
    'session.revoked',
    'auth.failed: failure',
  ])
  const [{ body } = { body: '{}' }] = await world.rows(
    `SELECT body FROM audit_events WHERE organisation_id = $1 AND action = 'session.revoked'`,
    [company],
  )
  expect(JSON.parse(String(body))).toMatchObject({
    actor: { type: 'member', id: ann.id, via: 'session' },
    context: { session_id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    reason: 'signed_out',
  })
  expect(String(body)).not.toContain('203.0.113.7')
})
