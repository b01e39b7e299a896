import type { OrganisationId } from '@clew/contract/primitives'
import { hash } from '@node-rs/argon2'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { browser, codeOf, memberWithPassword } from '../../../testkit/browser.ts'
import { createWorld, type World } from '../../../testkit/world.ts'
import { isWeak } from '../passwords.ts'
import { setPasswordHash } from '../repository.ts'

let world: World
let company: OrganisationId
let ann: Awaited<ReturnType<typeof memberWithPassword>>

beforeAll(async () => {
  world = await createWorld()
  company = await world.organisation()
})
afterAll(() => world.close())
beforeEach(async () => {
  ann = await memberWithPassword(world, company)
  world.clock.advance(3_600_000)
})

/** One address for each, so that it is the account that is slowed. */
const from = (i: number) => `198.51.${Math.floor(i / 250)}.${(i % 250) + 1}`

test('of a thousand guesses on one account, from as many addresses at once, a handful is looked at', async () => {
  const guesses = Array.from({ length: 1000 }, (_, i) => i)
  const statuses = new Map<number, number>()
  for (let at = 0; at < guesses.length; at += 50) {
    const answers = await Promise.all(
      guesses
        .slice(at, at + 50)
        .map((i) => browser(world, { address: from(i) }).signIn({ ...ann, password: `guess ${i}` })),
    )
    for (const { statusCode } of answers) statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1)
  }
  expect(statuses.get(401)).toBe(8)
  expect(statuses.get(429)).toBe(992)
})

test('of one guess on each of a thousand accounts from one address, a few dozen are looked at', async () => {
  let seen = 0
  for (let i = 0; i < 1000; i += 20) {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, k) =>
        browser(world, { address: '203.0.113.99' }).signIn({
          email: `victim-${i + k}@company.example`,
          password: 'Summer2026!!',
        }),
      ),
    )
    seen += answers.filter(({ statusCode }) => statusCode === 401).length
    expect(answers.every(({ statusCode }) => statusCode === 401 || statusCode === 429)).toBe(true)
  }
  expect(seen).toBeLessThanOrEqual(60)
})

test('an owner who is attacked from elsewhere gets in where they have signed in before, and anywhere in a while', async () => {
  const home = browser(world, { address: '203.0.113.1' })
  await home.signIn(ann)
  await home.send('DELETE', '/session')
  for (let i = 0; i < 20; i += 1) await browser(world, { address: from(i) }).signIn({ ...ann, password: `guess ${i}` })
  const away = browser(world, { address: '203.0.113.2' })
  expect(codeOf(await away.signIn(ann))).toBe('session.too_many_attempts')
  expect((await home.signIn(ann)).statusCode).toBe(200)
  world.clock.advance(301_000)
  expect((await away.signIn(ann)).statusCode).toBe(200)
})

test('the cookie of a browser that is known does not make guessing there free, nor is it good for another account', async () => {
  const home = browser(world, { address: '203.0.113.3' })
  await home.signIn(ann)
  for (let i = 0; i < 8; i += 1) await home.signIn({ ...ann, password: `guess ${i}` })
  expect(codeOf(await home.signIn(ann))).toBe('session.too_many_attempts')
  const bob = await memberWithPassword(world, company)
  for (let i = 0; i < 8; i += 1) await browser(world, { address: from(i) }).signIn({ ...bob, password: `guess ${i}` })
  expect(codeOf(await home.signIn(bob))).toBe('session.too_many_attempts')
})

test('a hash that is weaker than today asks for is made anew when its password is right', async () => {
  const weak = await hash(ann.password, { memoryCost: 8192, timeCost: 2, parallelism: 1 })
  await world.clew.newCtx('test').transaction((tx) => setPasswordHash(tx, ann.id, weak))
  const stored = async () =>
    String(
      (await world.rows('SELECT password_hash FROM credentials WHERE member_id = $1', [ann.id]))[0]?.['password_hash'],
    )
  await browser(world).signIn({ ...ann, password: 'not this one' })
  expect(await stored()).toBe(weak)
  expect((await browser(world).signIn(ann)).statusCode).toBe(200)
  expect(isWeak(await stored())).toBe(false)
  expect((await browser(world).signIn(ann)).statusCode).toBe(200)
})

test('a password that many have, or that is about whoever has it, does not come in by an invitation either', async () => {
  const owner = browser(world)
  await owner.signIn(await memberWithPassword(world, await world.supportTeam()))
  const invited = await owner.post('/invitations', { email: 'petros@team.example' })
  const token = invited.json<{ link: string }>().link.split('#token=')[1] ?? ''
  const join = (password: string) => browser(world).post('/invitations/accept', { token, name: 'Petros', password })
  expect(codeOf(await join('short'))).toBe('input.invalid')
  expect(codeOf(await join('password1234'))).toBe('password.common')
  expect(codeOf(await join('petros@team.example'))).toBe('password.about_you')
  expect((await join('olive harbour lantern')).statusCode).toBe(201)
})

test('who was told to wait is in the audit log when the ten minutes are over, however many tries there were', {
  timeout: 120_000,
}, async () => {
  const { organisationId } = await world.member(await world.organisation(), 'owner')
  const victim = await memberWithPassword(world, organisationId)
  const other = await memberWithPassword(world, organisationId)
  const look = () =>
    world.clew.house.jobs
      .find(({ name }) => name === 'sign-in.note_refusals')
      ?.run(world.clew.newCtx('sign-in.note_refusals'), {} as never)
  const told = async () => {
    const rows = await world.rows(
      `SELECT body FROM audit_events WHERE action = 'auth.rate_limited' AND organisation_id = $1 ORDER BY seq`,
      [organisationId],
    )
    return rows.map(
      ({ body }) =>
        JSON.parse(String(body)) as {
          metadata: { attempts: number; addresses: number; accounts: number }
          targets: object[]
        },
    )
  }
  let refused = 0
  // One address that hammers, and two hundred that try once each.
  for (let at = 0; at < 300; at += 50) {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => {
        const address = at < 100 ? '203.0.113.200' : from(at + i)
        return browser(world, { address }).signIn({ email: i % 2 ? victim.email : other.email, password: `guess ${i}` })
      }),
    )
    refused += answers.filter(({ statusCode }) => statusCode === 429).length
  }
  expect(refused).toBeGreaterThan(250)
  await look()
  expect(await told()).toEqual([])
  world.clock.advance(11 * 60_000)
  await Promise.all([look(), look()])
  const events = await told()
  expect(events.length).toBeLessThanOrEqual(11)
  expect(events.reduce((sum, { metadata }) => sum + metadata.attempts, 0)).toBe(refused)
  expect(events.reduce((sum, { metadata }) => sum + metadata.addresses, 0)).toBeGreaterThan(150)
  expect(events[0]?.metadata).toMatchObject({ accounts: 2, addresses: 1, minutes: 10 })
  expect(events[0]?.targets).toHaveLength(2)
  await look()
  expect(await told()).toHaveLength(events.length)
  expect(await world.rows('SELECT 1 FROM sign_in_refusals')).toEqual([])
})

test('an address that nobody has is told of to nobody', async () => {
  for (let i = 0; i < 30; i += 1)
    await browser(world, { address: from(i) }).signIn({ email: 'nobody@nowhere.example', password: `guess ${i}` })
  const before = await world.rows(`SELECT count(*)::int AS n FROM audit_events WHERE action = 'auth.rate_limited'`)
  world.clock.advance(11 * 60_000)
  await world.clew.house.jobs
    .find(({ name }) => name === 'sign-in.note_refusals')
    ?.run(world.clew.newCtx('sign-in.note_refusals'), {} as never)
  expect(await world.rows(`SELECT count(*)::int AS n FROM audit_events WHERE action = 'auth.rate_limited'`)).toEqual(
    before,
  )
})
