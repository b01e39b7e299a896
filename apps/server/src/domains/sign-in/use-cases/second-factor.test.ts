import type { OrganisationId } from '@clew/contract/primitives'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  appCode,
  auditedIn,
  browser,
  codeOf,
  memberWithPassword,
  setPolicy,
  setUpApp,
} from '../../../testkit/browser.ts'
import { createWorld, type World } from '../../../testkit/world.ts'

let world: World
let company: OrganisationId
let ann: Awaited<ReturnType<typeof memberWithPassword>>

beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  company = await world.organisation()
  ann = await memberWithPassword(world, company)
  world.clock.advance(60 * 60_000)
})

async function withApp() {
  const one = browser(world)
  await one.signIn(ann)
  const app = await setUpApp(world, one)
  world.clock.advance(60_000)
  return { one, ...app }
}

test('an authenticator app counts only once a code of it has come back', async () => {
  const one = browser(world)
  await one.signIn(ann)
  const { secret } = (await one.post('/console/own-sign-in/app')).json<{ secret: string }>()
  expect((await browser(world).signIn(ann)).statusCode).toBe(200)
  const wrong = await one.post('/console/own-sign-in/app/confirmation', { code: '000000' })
  expect([wrong.statusCode, codeOf(wrong)]).toEqual([422, 'factor.code_wrong'])
  const right = await one.post('/console/own-sign-in/app/confirmation', { code: appCode(secret, world) })
  expect(right.json<{ recoveryCodes: string[] }>().recoveryCodes).toHaveLength(10)
  const next = await browser(world).signIn(ann)
  expect([next.statusCode, next.json()]).toEqual([202, { next: 'second_factor', factors: ['code', 'recovery_code'] }])
})

test('the password alone opens nothing when there is a second factor', async () => {
  await withApp()
  const two = browser(world)
  await two.signIn(ann)
  expect(two.sessionToken()).toBeUndefined()
  expect((await two.get('/session')).statusCode).toBe(401)
})

test('a code lets in once; the same code again, or an older one, does not', async () => {
  const { secret } = await withApp()
  const code = appCode(secret, world)
  const two = browser(world)
  await two.signIn(ann)
  expect((await two.post('/session/second-factor', { code })).statusCode).toBe(200)
  expect((await two.get('/session')).statusCode).toBe(200)
  const three = browser(world)
  await three.signIn(ann)
  const again = await three.post('/session/second-factor', { code })
  expect([again.statusCode, codeOf(again)]).toEqual([401, 'session.code_wrong'])
  world.clock.advance(30_000)
  expect((await three.post('/session/second-factor', { code: appCode(secret, world) })).statusCode).toBe(200)
})

test('of two who send the same code at once, one is let in', async () => {
  const { secret } = await withApp()
  const browsers = [browser(world), browser(world)]
  for (const each of browsers) await each.signIn(ann)
  const code = appCode(secret, world)
  const answers = await Promise.all(browsers.map((each) => each.post('/session/second-factor', { code })))
  expect(answers.map(({ statusCode }) => statusCode).sort((a, b) => a - b)).toEqual([200, 401])
})

test('a recovery code works once, and new ones end the old ones', async () => {
  const { one, recoveryCodes } = await withApp()
  const [first = '', second = ''] = recoveryCodes
  const enter = async (recoveryCode: string) => {
    const each = browser(world)
    await each.signIn(ann)
    return each.post('/session/second-factor', { recoveryCode })
  }
  expect((await enter(first.toLowerCase().replaceAll('-', ' '))).statusCode).toBe(200)
  expect(codeOf(await enter(first))).toBe('session.code_wrong')
  expect((await one.get('/console/own-sign-in')).json<{ recoveryCodesLeft: number }>().recoveryCodesLeft).toBe(9)
  expect(
    (await one.post('/console/own-sign-in/recovery-codes')).json<{ recoveryCodes: string[] }>().recoveryCodes,
  ).toHaveLength(10)
  expect(codeOf(await enter(second))).toBe('session.code_wrong')
})

test('after five wrong codes one begins again, and after more the member rests, not for ever', async () => {
  const { secret } = await withApp()
  const two = browser(world)
  await two.signIn(ann)
  for (let i = 0; i < 5; i += 1) await two.post('/session/second-factor', { code: '000000' })
  expect(codeOf(await two.post('/session/second-factor', { code: appCode(secret, world) }))).toBe(
    'session.attempt_over',
  )
  const three = browser(world)
  await three.signIn(ann)
  for (let i = 0; i < 3; i += 1) await three.post('/session/second-factor', { code: '000000' })
  const resting = await three.post('/session/second-factor', { code: appCode(secret, world) })
  expect([resting.statusCode, codeOf(resting)]).toEqual([429, 'session.too_many_attempts'])
  world.clock.advance(20_000)
  expect((await three.post('/session/second-factor', { code: appCode(secret, world) })).statusCode).toBe(200)
})

test('the second step takes no longer than a quarter of an hour, and only in the same browser', async () => {
  const { secret } = await withApp()
  const two = browser(world)
  await two.signIn(ann)
  const other = browser(world)
  expect(codeOf(await other.post('/session/second-factor', { code: appCode(secret, world) }))).toBe(
    'session.attempt_over',
  )
  world.clock.advance(16 * 60_000)
  expect(codeOf(await two.post('/session/second-factor', { code: appCode(secret, world) }))).toBe(
    'session.attempt_over',
  )
})

test('where a second factor is required, whoever has none can do nothing but set one up', async () => {
  await setPolicy(world, company, { mfa: { mode: 'required', graceDays: 0 } })
  const one = browser(world)
  expect((await one.signIn(ann)).json()).toMatchObject({ needs: 'second_factor' })
  const routes = world.clew.house.domains.flatMap(({ routes: each = [] }) => [...each])
  const closed = routes.filter(({ audience, beforeSecondFactor }) => audience === 'member' && !beforeSecondFactor)
  expect(closed.length).toBeGreaterThan(10)
  for (const { method, path } of closed) {
    const url = path.replaceAll(/:\w+/g, '0190a0a0-0000-7000-8000-000000000000')
    const answer = await world.app.inject({
      method,
      url: `/api/v1${url}`,
      headers: { cookie: `__Host-clew_session=${one.sessionToken()}` },
      ...(method === 'GET' ? {} : { payload: {} }),
    })
    expect([answer.statusCode, codeOf(answer)], `${method} ${path}`).toEqual([403, 'session.second_factor_required'])
  }
  expect(
    routes.filter(({ beforeSecondFactor }) => beforeSecondFactor).map(({ method, path }) => `${method} ${path}`),
  ).toEqual([
    'GET /session',
    'DELETE /session',
    'GET /session/proof',
    'POST /session/proof/passkey',
    'POST /session/proof',
    'GET /console/own-sign-in',
    'POST /console/own-sign-in/passkeys/options',
    'POST /console/own-sign-in/passkeys',
    'POST /console/own-sign-in/app',
    'POST /console/own-sign-in/app/confirmation',
  ])
  const before = one.sessionToken()
  await setUpApp(world, one)
  expect(one.sessionToken()).not.toBe(before)
  expect((await one.get('/session')).json()).not.toHaveProperty('needs')
  expect((await one.get('/console/own-sign-in/sessions')).statusCode).toBe(200)
})

test('a second factor that is asked for is asked of sessions that are open, too', async () => {
  const one = browser(world)
  await one.signIn(ann)
  await setPolicy(world, company, { mfa: { mode: 'required', graceDays: 0 } })
  expect((await one.get('/session')).json()).toMatchObject({ needs: 'second_factor' })
  expect(codeOf(await one.get('/console/own-sign-in/sessions'))).toBe('session.second_factor_required')
  const two = browser(world)
  await two.signIn(ann)
  await setUpApp(world, two)
  expect((await two.get('/console/own-sign-in/sessions')).statusCode).toBe(200)
  // Now there is one, which this session has not shown.
  expect((await one.get('/session')).statusCode).toBe(401)
})

test('no route of the team is open to an agent who still has to set one up', async () => {
  const team = await world.supportTeam()
  await setPolicy(world, team, { mfa: { mode: 'required', graceDays: 0 } })
  const olga = await memberWithPassword(world, team, { role: 'agent' })
  const one = browser(world)
  await one.signIn(olga)
  expect(codeOf(await one.get('/conversations?view=open'))).toBe('session.second_factor_required')
  expect(codeOf(await one.get('/stream'))).toBe('session.second_factor_required')
  await setPolicy(world, team, { mfa: { mode: 'off' } })
})

test('with days of grace one gets in without, is told until when, and then no more', async () => {
  await setPolicy(world, company, { mfa: { mode: 'required', graceDays: 7 } })
  const one = browser(world)
  const due = new Date(world.clock.now().getTime() + 7 * 86_400_000).toISOString()
  expect((await one.signIn(ann)).json()).toMatchObject({ secondFactorDueAt: due })
  expect((await one.get('/console/own-sign-in')).json()).toMatchObject({ isSecondFactorRequired: true })
  world.clock.advance(7 * 86_400_000)
  expect((await browser(world).signIn(ann)).json()).toMatchObject({ needs: 'second_factor' })
})

test('the last second factor stays where one is required; without that it can go, and the codes with it', async () => {
  const { one } = await withApp()
  await setPolicy(world, company, { mfa: { mode: 'required', graceDays: 0 } })
  expect(codeOf(await one.send('DELETE', '/console/own-sign-in/app'))).toBe('factor.required')
  await setPolicy(world, company, { mfa: { mode: 'off' } })
  expect((await one.send('DELETE', '/console/own-sign-in/app')).statusCode).toBe(204)
  expect((await one.get('/console/own-sign-in')).json()).toMatchObject({ recoveryCodesLeft: 0 })
  expect((await browser(world).signIn(ann)).statusCode).toBe(200)
})

test('an administrator takes the factors of somebody who lost them, but nobody those of an owner', async () => {
  await withApp()
  const admin = await memberWithPassword(world, company, { role: 'admin' })
  const owner = await memberWithPassword(world, company)
  const plain = await memberWithPassword(world, company, { role: 'member' })
  const remove = async (who: typeof ann, whose: typeof ann) => {
    const each = browser(world)
    await each.signIn(who)
    return each.send('DELETE', `/console/members/${whose.id}/second-factors`)
  }
  expect((await remove(plain, ann)).statusCode).toBe(403)
  expect((await remove(admin, ann)).statusCode).toBe(403)
  const stranger = await memberWithPassword(world, await world.organisation())
  expect(codeOf(await remove(stranger, ann))).toBe('member.not_found')
  expect((await remove(owner, ann)).statusCode).toBe(204)
  expect((await browser(world).signIn(ann)).statusCode).toBe(200)
})

test('what was set up and used stands in the audit log, and no secret does', async () => {
  const { secret, recoveryCodes } = await withApp()
  const two = browser(world)
  await two.signIn(ann)
  await two.post('/session/second-factor', { code: '000000' })
  await two.post('/session/second-factor', { recoveryCode: recoveryCodes[0] })
  expect((await auditedIn(world, company)).filter((action) => !action.startsWith('organisation.'))).toEqual([
    'session.created',
    'auth.succeeded',
    'session.created',
    'mfa.recovery_codes_created',
    'mfa.enrolled',
    'mfa.challenge_failed: failure',
    'mfa.recovery_code_used',
    'auth.succeeded',
    'session.created',
  ])
  const whole = JSON.stringify(await world.rows('SELECT * FROM audit_events, audit_personal'))
  expect(whole).not.toContain(secret)
  expect(whole).not.toContain(recoveryCodes[0])
  const kept = JSON.stringify(
    await world.rows(`SELECT encode(sealed_secret, 'escape') AS sealed FROM authenticator_apps`),
  )
  expect(kept).not.toContain(secret)
})
