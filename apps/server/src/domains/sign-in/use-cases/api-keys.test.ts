import { permissions, personalPermissions } from '@clew/contract/permissions'
import type { OrganisationId } from '@clew/contract/primitives'
import type { ApiKeyList } from '@clew/contract/sign-in'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { auditedIn, type Browser, browser, codeOf, memberWithPassword, setPolicy } from '../../../testkit/browser.ts'
import { createWorld, type World } from '../../../testkit/world.ts'
import { newApiKey } from '../api-key-token.ts'

let world: World
let company: OrganisationId
let ann: Awaited<ReturnType<typeof memberWithPassword>>
let one: Browser

beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  company = await world.organisation()
  ann = await memberWithPassword(world, company)
  one = browser(world)
  await one.signIn(ann)
})

type Created = { token: string; key: { id: string; hint: string; owner: { id: string; name: string } } }
type Listed = { keys: { name: string; usedAt?: string; usedAddress?: string }[] }

const asked = { name: 'Nightly export', kind: 'member', scopes: ['api_keys.read'], days: 30 }
const make = async (more: object = {}, by = one) => by.post('/console/api-keys', { ...asked, ...more })
const use = (
  token: string,
  url = '/console/api-keys',
  method: 'GET' | 'POST' | 'DELETE' = 'GET',
  address = '127.0.0.1',
) =>
  world.app.inject({
    method,
    url: `/api/v1${url}`,
    headers: { authorization: `Bearer ${token}` },
    remoteAddress: address,
    ...(method === 'POST' ? { payload: asked } : {}),
  })

test('a key is shown once, kept as a hash, and does what its scopes hold', async () => {
  const made = await make()
  expect(made.statusCode).toBe(201)
  const { token, key } = made.json<Created>()
  expect([token.slice(0, 5), key.hint]).toEqual(['clew_', token.slice(-4)])
  expect(JSON.stringify(await world.rows('SELECT * FROM api_keys'))).not.toContain(token)
  const used = await use(token, '/console/api-keys', 'GET', '203.0.113.7')
  expect(used.statusCode).toBe(200)
  expect(used.body).not.toContain(token)
  const { keys } = (await one.get('/console/api-keys')).json<Listed>()
  expect(keys).toMatchObject([
    { name: 'Nightly export', usedAddress: '203.0.113.7', usedAt: world.clock.now().toISOString() },
  ])
})

test('what the scopes do not hold is refused, although its maker may', async () => {
  const { token } = (await make({ scopes: ['audit.read'] })).json<Created>()
  expect([(await use(token)).statusCode, codeOf(await use(token))]).toEqual([403, 'permission.denied'])
})

test('no key does what takes a person: makes keys, revokes them, has a session', async () => {
  const { token, key } = (await make({ scopes: ['api_keys.read', 'api_keys.manage'] })).json<Created>()
  for (const [method, url] of [
    ['POST', '/console/api-keys'],
    ['DELETE', `/console/api-keys/${key.id}`],
    ['GET', '/session'],
    ['GET', '/console/own-sign-in'],
  ] as const)
    expect(codeOf(await use(token, url, method)), url).toBe('api_key.not_allowed')
})

test('what takes a person is not for a key, also of who may do it and of one that has it from before', async () => {
  const team = await world.supportTeam()
  const boss = await memberWithPassword(world, team, { role: 'owner' })
  const owner = browser(world)
  await owner.signIn(boss)
  for (const scope of personalPermissions)
    expect((await make({ scopes: ['conversations.answer', scope] }, owner)).json()).toMatchObject({
      code: 'api_key.scope_personal',
      params: { scope },
    })
  const { scopes } = (await owner.get('/console/api-keys')).json<ApiKeyList>()
  expect(scopes.filter((scope) => personalPermissions.has(scope))).toEqual([])
  const { token, key } = (await make({ scopes: ['conversations.answer'] }, owner)).json<Created>()
  await world.rows('UPDATE api_keys SET scopes = $2 WHERE id = $1', [key.id, permissions])
  for (const [method, url] of [
    ['GET', '/identity-keys'],
    ['POST', '/connector/test'],
    ['POST', '/flows/refund/publish'],
    ['GET', '/assistant/regressions/file'],
  ] as const)
    expect(codeOf(await use(token, url, method)), url).toBe('api_key.not_allowed')
  expect((await use(token, '/flows')).json()).toMatchObject({ mayEdit: false })
})

test('nobody makes a key that can do more than they, nor without a fresh proof or the permission', async () => {
  const auditor = await memberWithPassword(world, company, { role: 'auditor' })
  const other = browser(world)
  await other.signIn(auditor)
  expect(codeOf(await make({}, other))).toBe('permission.denied')
  expect(codeOf(await make({ scopes: ['conversations.answer'] }))).toBe('api_key.scope_too_wide')
  world.clock.advance(6 * 60_000)
  expect(codeOf(await make())).toBe('session.not_fresh')
})

test('a key loses what whoever it acts for may no longer do, and ends with them', async () => {
  const { token } = (await make()).json<Created>()
  await world.rows(`UPDATE members SET role = 'member' WHERE id = $1`, [ann.id])
  expect(codeOf(await use(token))).toBe('permission.denied')
  await world.rows(
    `UPDATE members SET role = 'owner', deactivated_at = now(), deactivated_via = 'console' WHERE id = $1`,
    [ann.id],
  )
  expect(codeOf(await use(token))).toBe('api_key.invalid')
})

test('a key of a service account outlives its maker, and acts under its own name', async () => {
  const { token, key } = (await make({ kind: 'service', name: 'Sync robot' })).json<Created>()
  await world.rows(`UPDATE members SET deactivated_at = now(), deactivated_via = 'console' WHERE id = $1`, [ann.id])
  expect((await use(token)).statusCode).toBe(200)
  expect((await use(token)).json<{ keys: Created['key'][] }>().keys[0]).toMatchObject({ owner: { name: 'Sync robot' } })
  const { members } = (await use((await make2()).token, '/console/members')).json<{ members?: { name: string }[] }>()
  expect(JSON.stringify(members ?? [])).not.toContain('Sync robot')
  expect(key.owner.id).not.toBe(ann.id)
})

/** Another key, by an owner who is still there. */
async function make2() {
  const owner = await memberWithPassword(world, company)
  const each = browser(world)
  await each.signIn(owner)
  return (await make({ scopes: ['members.read'] }, each)).json<Created>()
}

test('a revoked key is dead at once, an expired one in time, and another organisation revokes neither', async () => {
  const { token, key } = (await make()).json<Created>()
  const stranger = browser(world)
  await stranger.signIn(await memberWithPassword(world, await world.organisation()))
  expect(codeOf(await stranger.send('DELETE', `/console/api-keys/${key.id}`))).toBe('api_key.not_found')
  expect((await one.send('DELETE', `/console/api-keys/${key.id}`)).statusCode).toBe(204)
  expect([(await use(token)).statusCode, codeOf(await use(token))]).toEqual([401, 'api_key.invalid'])
  expect(codeOf(await one.send('DELETE', `/console/api-keys/${key.id}`))).toBe('api_key.not_found')

  const short = (await make({ days: 1 })).json<Created>()
  world.clock.advance(86_400_000)
  expect(codeOf(await use(short.token))).toBe('api_key.invalid')
})

test('what is mistyped, made up or of another kind is no key', async () => {
  const { token } = (await make()).json<Created>()
  for (const wrong of [`${token}x`, token.slice(0, -1), newApiKey(), 'clew_', 'clew_x'])
    expect(codeOf(await use(wrong)), wrong).toMatch(/^(api_key\.invalid|session\.required)$/)
})

test('the organisation says how long keys last, what for, and whether people have any; also of those that exist', async () => {
  const { token } = (await make()).json<Created>()
  await setPolicy(world, company, { api_keys: { maxDays: 7 } })
  expect(codeOf(await make())).toBe('api_key.too_long')
  expect(codeOf(await use(token))).toBe('api_key.invalid')
  await setPolicy(world, company, { api_keys: { scopes: ['audit.read'] } })
  expect(codeOf(await make())).toBe('policy.key_scope_refused')
  await setPolicy(world, company, { api_keys: { serviceAccountsOnly: true } })
  expect(codeOf(await make())).toBe('policy.key_personal')
  expect(codeOf(await use(token))).toBe('api_key.invalid')
  expect((await make({ kind: 'service' })).statusCode).toBe(201)
})

test('a key comes only from where its organisation lets anybody come from', async () => {
  const { token } = (await make()).json<Created>()
  await setPolicy(world, company, { ip_allow_list: { ranges: [{ range: '203.0.113.0/24' }] } })
  expect(codeOf(await use(token, '/console/api-keys', 'GET', '198.51.100.4'))).toBe('session.address_not_allowed')
  expect((await use(token, '/console/api-keys', 'GET', '203.0.113.9')).statusCode).toBe(200)
})

test('an agent’s key that may answer people reaches the routes of the team; one that may not does not', async () => {
  const team = await world.supportTeam()
  const olga = browser(world)
  await olga.signIn(await memberWithPassword(world, team))
  const { token } = (await make({ scopes: ['conversations.answer'] }, olga)).json<Created>()
  expect((await use(token, '/conversations?view=open')).statusCode).toBe(200)
  const narrow = (await make({ scopes: ['audit.read'] }, olga)).json<Created>()
  expect(codeOf(await use(narrow.token, '/conversations?view=open'))).toBe('session.required')
})

test('a service account of the team can answer people under its own name', async () => {
  const team = await world.supportTeam()
  const olga = browser(world)
  await olga.signIn(await memberWithPassword(world, team))
  const { token } = (
    await make({ kind: 'service', name: 'Answering robot', scopes: ['conversations.answer'] }, olga)
  ).json<Created>()
  expect((await use(token, '/conversations?view=open')).statusCode).toBe(200)
})

test('making and revoking stand in the audit log, and what a key did says so', async () => {
  const { key } = (await make()).json<Created>()
  await one.send('DELETE', `/console/api-keys/${key.id}`)
  expect((await auditedIn(world, company)).filter((action) => action.startsWith('api_key'))).toEqual([
    'api_key.created',
    'api_key.revoked',
  ])
})
