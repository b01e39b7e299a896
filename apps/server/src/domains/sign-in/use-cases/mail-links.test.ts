import type { OrganisationId } from '@clew/contract/primitives'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  auditedIn,
  browser,
  codeOf,
  mailedToken,
  memberWithPassword,
  password,
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
})

/** The job that writes the mail runs by itself. */
const tokenFor = async (email: string, page: 'link' | 'new-password'): Promise<string> => {
  await expect.poll(() => mailedToken(world, email, page)).toBeTruthy()
  return (await mailedToken(world, email, page)) ?? ''
}

const mailsTo = async (email: string) => (await world.rows('SELECT id FROM mails WHERE recipient = $1', [email])).length

/** Everything that was asked for has been dealt with. */
const jobsDone = () =>
  expect
    .poll(() =>
      world.rows(`SELECT id FROM pgboss.job WHERE name LIKE 'sign-in.%' AND state IN ('created', 'active', 'retry')`),
    )
    .toEqual([])

test('a mailed link signs in once, in the browser that asked', async () => {
  const one = browser(world)
  const asked = await one.post('/session/link', { email: ` ${ann.email.toUpperCase()} `.trim() })
  expect([asked.statusCode, asked.json()]).toEqual([202, {}])
  const token = await tokenFor(ann.email, 'link')
  expect(codeOf(await browser(world).post('/session/link/open', { token }))).toBe('session.link_invalid')
  expect((await one.post('/session/link/open', { token })).statusCode).toBe(200)
  expect((await one.get('/session')).statusCode).toBe(200)
  expect(codeOf(await one.post('/session/link/open', { token }))).toBe('session.link_invalid')
})

test('a link is over after a quarter of an hour', async () => {
  const one = browser(world)
  await one.post('/session/link', { email: ann.email })
  const token = await tokenFor(ann.email, 'link')
  world.clock.advance(15 * 60_000)
  expect(codeOf(await one.post('/session/link/open', { token }))).toBe('session.link_invalid')
})

test('a link is a first factor only', async () => {
  const one = browser(world)
  await one.signIn(ann)
  await setUpApp(world, one)
  const two = browser(world)
  await two.post('/session/link', { email: ann.email })
  const answer = await two.post('/session/link/open', { token: await tokenFor(ann.email, 'link') })
  expect([answer.statusCode, answer.json<{ next: string }>().next]).toEqual([202, 'second_factor'])
})

test('an address that nobody has is answered in the same way, and gets no mail', async () => {
  const unknown = 'nobody@company.example'
  for (const path of ['/session/link', '/session/password/forgotten', '/session/start']) {
    const [known, not] = [
      await browser(world).post(path, { email: ann.email }),
      await browser(world).post(path, { email: unknown }),
    ]
    expect([known.statusCode, known.body]).toEqual([not.statusCode, not.body])
    expect(known.cookies.map(({ name }) => name)).toEqual(not.cookies.map(({ name }) => name))
  }
  await jobsDone()
  expect(await mailsTo(unknown)).toBe(0)
  expect(await mailsTo(ann.email)).toBe(2)
})

test('where the organisation does not allow links, or has stopped the member, none is sent', async () => {
  await setPolicy(world, company, { passwords: { ways: ['password', 'passkey'] } })
  await browser(world).post('/session/link', { email: ann.email })
  const stopped = await memberWithPassword(world, await world.organisation())
  await world.rows(`UPDATE members SET deactivated_at = now(), deactivated_via = 'console' WHERE id = $1`, [stopped.id])
  await browser(world).post('/session/link', { email: stopped.email })
  await browser(world).post('/session/password/forgotten', { email: stopped.email })
  await jobsDone()
  expect([await mailsTo(ann.email), await mailsTo(stopped.email)]).toEqual([0, 0])
})

test('nobody fills the letter box of another', async () => {
  const codes: number[] = []
  for (let i = 0; i < 10; i += 1)
    codes.push((await browser(world).post('/session/link', { email: 'full@company.example' })).statusCode)
  expect(codes).toEqual([202, 202, 202, 202, 202, 202, 202, 202, 429, 429])
})

test('a forgotten password is chosen anew by mail: the old one and every session end, and the owner is told', async () => {
  const one = browser(world)
  await one.signIn(ann)
  await browser(world).post('/session/password/forgotten', { email: ann.email })
  const token = await tokenFor(ann.email, 'new-password')
  const two = browser(world)
  const common = await two.post('/session/password/reset', { token, password: 'passwordpassword' })
  expect([common.statusCode, codeOf(common)]).toEqual([422, 'password.common'])
  const chosen = { token, password: 'olive harbour lantern' }
  expect((await two.post('/session/password/reset', chosen)).statusCode).toBe(204)
  expect(two.sessionToken()).toBeUndefined()
  expect((await one.get('/session')).statusCode).toBe(401)
  expect((await browser(world).signIn({ ...ann, password })).statusCode).toBe(401)
  expect((await browser(world).signIn({ ...ann, password: chosen.password })).statusCode).toBe(200)
  expect(codeOf(await two.post('/session/password/reset', chosen))).toBe('session.link_invalid')
  expect(
    await world.rows(`SELECT subject FROM mails WHERE recipient = $1 AND subject LIKE '%was changed'`, [ann.email]),
  ).toHaveLength(1)
  expect(await auditedIn(world, company)).toEqual(
    expect.arrayContaining(['auth.link_sent', 'auth.password_reset', 'session.revoked']),
  )
})

test('a link for a new password is over after half an hour, and signs nobody in', async () => {
  await browser(world).post('/session/password/forgotten', { email: ann.email })
  const token = await tokenFor(ann.email, 'new-password')
  const one = browser(world)
  expect(codeOf(await one.post('/session/link/open', { token }))).toBe('session.link_invalid')
  world.clock.advance(30 * 60_000)
  expect(codeOf(await one.post('/session/password/reset', { token, password: 'olive harbour lantern' }))).toBe(
    'session.link_invalid',
  )
})

test('a new password leaves the second factor in its place', async () => {
  const one = browser(world)
  await one.signIn(ann)
  await setUpApp(world, one)
  await browser(world).post('/session/password/forgotten', { email: ann.email })
  const token = await tokenFor(ann.email, 'new-password')
  await one.post('/session/password/reset', { token, password: 'olive harbour lantern' })
  expect((await browser(world).signIn({ ...ann, password: 'olive harbour lantern' })).statusCode).toBe(202)
})

test('no address and no token of a link stands in a job, and only hashes in the table', async () => {
  const one = browser(world)
  await one.post('/session/link', { email: ann.email })
  const token = await tokenFor(ann.email, 'link')
  const jobs = JSON.stringify(await world.rows(`SELECT data FROM pgboss.job WHERE name LIKE 'sign-in.%'`))
  expect(jobs).not.toContain(ann.email)
  expect(jobs).not.toContain(token)
  const kept = JSON.stringify(await world.rows('SELECT * FROM sign_in_attempts'))
  expect(kept).not.toContain(token)
})
