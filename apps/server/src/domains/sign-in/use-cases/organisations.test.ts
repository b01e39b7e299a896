import type { OrganisationId } from '@clew/contract/primitives'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { appCode, browser, codeOf, mailedToken, memberWithPassword, setUpApp } from '../../../testkit/browser.ts'
import { createWorld, type World } from '../../../testkit/world.ts'
import { hashPassword } from '../passwords.ts'
import { setPasswordHash } from '../repository.ts'

let world: World
let [first, second] = ['', ''] as [string, string] as unknown as [OrganisationId, OrganisationId]
let made = 0
let email: string
let ann: Awaited<ReturnType<typeof memberWithPassword>>
let alsoAnn: typeof ann

beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  ;[first, second] = [await world.organisation(), await world.organisation()]
  email = `ann-${++made}@company.example`
  ann = await memberWithPassword(world, first, { email })
  alsoAnn = await memberWithPassword(world, second, { email })
})

type Step = { next: string; organisations: { id: string }[] }

test('of several organisations one chooses, after the password is proved', async () => {
  const one = browser(world)
  expect((await one.signIn({ email, password: 'not this one' })).statusCode).toBe(401)
  const step = await one.signIn(ann)
  expect([step.statusCode, step.json<Step>().next]).toEqual([202, 'choose_organisation'])
  expect(
    step
      .json<Step>()
      .organisations.map(({ id }) => id)
      .sort(),
  ).toEqual([first, second].sort())
  expect((await one.get('/session')).statusCode).toBe(401)
  const chosen = await one.post('/session/organisation', { organisationId: second })
  expect(chosen.json()).toMatchObject({ organisation: { id: second }, otherOrganisations: [{ id: first }] })
})

test('none can be chosen that was not proved, in another browser or twice', async () => {
  const one = browser(world)
  await one.signIn(ann)
  const third = await world.organisation()
  expect(codeOf(await one.post('/session/organisation', { organisationId: third }))).toBe('session.attempt_over')
  expect(codeOf(await browser(world).post('/session/organisation', { organisationId: first }))).toBe(
    'session.attempt_over',
  )
  expect((await one.post('/session/organisation', { organisationId: first })).statusCode).toBe(200)
  expect(codeOf(await one.post('/session/organisation', { organisationId: second }))).toBe('session.attempt_over')
})

test('one changes over to the other, with another session', async () => {
  const one = browser(world)
  await one.signIn(ann)
  await one.post('/session/organisation', { organisationId: first })
  const before = one.sessionToken() ?? ''
  expect((await one.post('/session/switch', { organisationId: second })).json()).toMatchObject({
    organisation: { id: second },
    otherOrganisations: [{ id: first }],
  })
  const old = browser(world, { cookies: { '__Host-clew_session': before } })
  expect((await old.get('/session')).statusCode).toBe(401)
  expect((await one.post('/session/switch', { organisationId: first })).json()).toMatchObject({
    organisation: { id: first },
  })
})

test('that another organisation gave somebody the same address opens nothing', async () => {
  const hash = await hashPassword('olive harbour lantern')
  await world.clew.newCtx('test').transaction((tx) => setPasswordHash(tx, alsoAnn.id, hash))
  const one = browser(world)
  expect((await one.signIn(ann)).json()).toMatchObject({ organisation: { id: first }, otherOrganisations: [] })
  expect(codeOf(await one.post('/session/switch', { organisationId: second }))).toBe('organisation.not_found')
  const two = browser(world)
  expect((await two.signIn({ email, password: 'olive harbour lantern' })).json()).toMatchObject({
    organisation: { id: second },
  })
})

test('the second factor of the other one is asked for when one changes over', async () => {
  const two = browser(world)
  await two.signIn(alsoAnn)
  await two.post('/session/organisation', { organisationId: second })
  const { secret } = await setUpApp(world, two)
  world.clock.advance(60_000)

  const one = browser(world)
  await one.signIn(ann)
  await one.post('/session/organisation', { organisationId: first })
  const step = await one.post('/session/switch', { organisationId: second })
  expect([step.statusCode, step.json<Step>().next]).toEqual([202, 'second_factor'])
  expect((await one.get('/session')).statusCode).toBe(401)
  expect((await one.post('/session/second-factor', { code: appCode(secret, world) })).json()).toMatchObject({
    organisation: { id: second },
  })
})

test('a mailed link proves the address, so all that have it can be chosen', async () => {
  const one = browser(world)
  await one.post('/session/link', { email })
  await expect.poll(() => mailedToken(world, email, 'link')).toBeTruthy()
  const step = await one.post('/session/link/open', { token: await mailedToken(world, email, 'link') })
  expect(step.json<Step>().organisations).toHaveLength(2)
})
