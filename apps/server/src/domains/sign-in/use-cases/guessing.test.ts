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
