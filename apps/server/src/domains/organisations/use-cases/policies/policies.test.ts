import type { OrganisationId } from '@clew/contract/primitives'
import type { PolicyChangeList, PolicyName, PolicyPreview, SecurityPolicies } from '@clew/contract/security-policies'
import { policyDefaults } from '@clew/contract/security-policies'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createWorld, type World } from '../../../../testkit/world.ts'
import { joiningProblem, joinsByItself } from './joining-problem.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const address = '192.0.2.10'
type Someone = Awaited<ReturnType<World['member']>>

const owner = async (): Promise<Someone> => world.member(await world.organisation())
const call = (who: Someone, method: 'GET' | 'POST' | 'PUT', path: string, payload?: object) =>
  world.app.inject({
    method,
    url: `/api/v1/console/policies${path}`,
    headers: who.headers,
    remoteAddress: address,
    ...(payload === undefined ? {} : { payload }),
  })
const read = async (who: Someone) => (await call(who, 'GET', '')).json<SecurityPolicies>()
const preview = async (who: Someone, name: PolicyName, value: object) =>
  (await call(who, 'POST', `/${name}/preview`, { value })).json<PolicyPreview>()
const save = (who: Someone, name: PolicyName, body: { version?: number; value: object; confirmed?: boolean }) =>
  call(who, 'PUT', `/${name}`, { version: 0, ...body })
const codeOf = (answer: { json<T>(): T }) => answer.json<{ code: string }>().code
const changes = async (who: Someone, name: PolicyName) =>
  (await call(who, 'GET', `/${name}/changes`)).json<PolicyChangeList>().changes
const codes = ({ effects }: PolicyPreview) => effects.map(({ code }) => code)

describe('a rule is saved', () => {
  test('until somebody decides, the defaults hold', async () => {
    const found = await read(await owner())
    expect(found).toMatchObject({ canManage: true, yourAddress: address })
    for (const [name, value] of Object.entries(policyDefaults))
      expect(found[name as PolicyName], name).toMatchObject({ version: 0, value })
  })

  test('with its effect, on record, and with what was before', async () => {
    const who = await owner()
    const answer = await save(who, 'har', { value: { level: 'strict' } })
    expect(answer.json<SecurityPolicies>().har).toMatchObject({
      value: { level: 'strict' },
      version: 1,
      updatedBy: who.name,
    })
    expect(await changes(who, 'har')).toMatchObject([
      {
        version: 1,
        before: { level: 'standard' },
        after: { level: 'strict' },
        effects: [{ code: 'words_go' }],
        by: { name: who.name },
      },
    ])
    const [event] = await world.rows(
      "SELECT body FROM audit_events WHERE organisation_id = $1 AND action = 'policy.changed'",
      [who.organisationId],
    )
    expect(JSON.parse(String(event?.['body']))).toMatchObject({
      targets: [{ type: 'policy', id: 'har' }],
      changes: [{ field: 'level', old: 'standard', new: 'strict' }],
    })
  })

  test('who saves over a change that they have not seen is told; the same once more changes nothing', async () => {
    const who = await owner()
    await save(who, 'har', { value: { level: 'strict' } })
    expect(codeOf(await save(who, 'har', { value: { level: 'standard' } }))).toBe('policy.conflict')
    expect((await save(who, 'har', { value: { level: 'strict' } })).statusCode).toBe(200)
    expect(await changes(who, 'har')).toHaveLength(1)
  })

  test('of two at once one is told of the other', async () => {
    const who = await owner()
    const answers = await Promise.all(
      ['standard', 'strict', 'strict'].map((_, i) => save(who, 'region', { value: { label: `EU ${i}` } })),
    )
    expect(answers.map(({ statusCode }) => statusCode).sort((a, b) => a - b)).toEqual([200, 409, 409])
    expect(await changes(who, 'region')).toHaveLength(1)
  })

  test('a value that is none is refused', async () => {
    const who = await owner()
    for (const [name, value] of [
      ['sessions', { idleMinutes: 1 }],
      ['passwords', { ways: [] }],
      ['ip_allow_list', { ranges: [{ range: '10.0.0.0/33' }] }],
      ['ip_allow_list', { ranges: [{ range: 'halcyon.example' }] }],
      ['model', { allowed: true, more: 1 }],
    ] as const)
      expect((await save(who, name, { value })).statusCode, name).toBe(400)
  })

  test('who may only read reads; who may not, does not', async () => {
    const who = await owner()
    const auditor = await world.member(who.organisationId, 'auditor')
    const member = await world.member(who.organisationId, 'member')
    expect((await read(auditor)).canManage).toBe(false)
    expect((await save(auditor, 'har', { value: { level: 'strict' } })).statusCode).toBe(403)
    expect((await call(auditor, 'POST', '/har/preview', { value: { level: 'strict' } })).statusCode).toBe(403)
    expect((await call(member, 'GET', '')).statusCode).toBe(403)
  })

  test("one organisation's rule is not another's", async () => {
    const [mine, theirs] = [await owner(), await owner()]
    await save(mine, 'har', { value: { level: 'strict' } })
    expect((await read(theirs)).har).toMatchObject({ value: { level: 'standard' }, version: 0 })
    expect(await changes(theirs, 'har')).toEqual([])
    await save(theirs, 'har', { value: { level: 'strict' } })
    expect(await changes(mine, 'har')).toHaveLength(1)
  })
})

describe('what a rule would do is said before it is saved', () => {
  test('an address list that would shut you out is never saved, confirmed or not', async () => {
    const who = await owner()
    const value = { ranges: [{ range: '198.51.100.0/24' }] }
    expect(await preview(who, 'ip_allow_list', value)).toMatchObject({
      isRefused: true,
      effects: [{ code: 'locks_you_out', address }],
    })
    expect(codeOf(await save(who, 'ip_allow_list', { value, confirmed: true }))).toBe('policy.locks_you_out')
    expect((await read(who)).ip_allow_list.version).toBe(0)
  })

  test('one that shuts out others is saved by who has read it', async () => {
    const who = await owner()
    const other = await world.member(who.organisationId, 'member', 'Far Away')
    await world.rows('UPDATE agent_sessions SET address = $2 WHERE member_id = $1', [other.id, '203.0.113.5'])
    const value = { ranges: [{ range: '192.0.2.0/24', note: 'office' }] }
    expect((await preview(who, 'ip_allow_list', value)).effects[0]).toMatchObject({
      code: 'signs_out',
      count: 1,
      names: ['Far Away'],
    })
    expect(codeOf(await save(who, 'ip_allow_list', { value }))).toBe('policy.not_confirmed')
    expect((await save(who, 'ip_allow_list', { value, confirmed: true })).statusCode).toBe(200)
  })

  test('shorter sessions sign out those who were away longer', async () => {
    const who = await owner()
    await world.member(who.organisationId, 'member', 'Asleep')
    world.clock.advance(2 * 3_600_000)
    await read(who)
    const value = { idleMinutes: 60, absoluteHours: 720 }
    const told = await preview(who, 'sessions', value)
    expect(told.effects).toMatchObject([{ code: 'signs_out', count: 1, names: ['Asleep'] }])
    expect(codes(await preview(who, 'sessions', { ...value, absoluteHours: 1 }))).toContain('signs_you_out')
    expect(codes(await preview(who, 'sessions', { idleMinutes: 10_080, absoluteHours: 900 }))).toEqual(['from_now_on'])
  })

  test('a second factor has to be set up by those who have none, until a day', async () => {
    const who = await owner()
    const other = await world.member(who.organisationId, 'member', 'With A Key')
    await world.rows(
      `INSERT INTO authenticator_apps (member_id, state, sealed_secret, created_at) VALUES ($1, 'active', '\\x00', now())`,
      [other.id],
    )
    const told = await preview(who, 'mfa', { mode: 'required', graceDays: 3 })
    expect(told).toMatchObject({
      isDangerous: false,
      effects: [{ code: 'must_enrol', count: 1, of: 2, names: [who.name] }],
    })
    expect(Date.parse(told.effects[0]?.until ?? '') - world.clock.now().getTime()).toBe(3 * 86_400_000)
    expect((await preview(who, 'mfa', { mode: 'required', graceDays: 0 })).isDangerous).toBe(true)
  })

  test('who would have no way to sign in is counted, and if it is you, it is refused', async () => {
    const who = await owner()
    const told = await preview(who, 'passwords', { minLength: 12, ways: ['passkey'] })
    expect(told.isRefused).toBe(true)
    expect(told.effects).toMatchObject([{ code: 'locks_you_out' }, { code: 'cannot_sign_in', count: 1, of: 1 }])
    expect(codes(await preview(who, 'passwords', { minLength: 16, ways: ['password', 'magic_link'] }))).toEqual([
      'passwords_stay',
    ])
  })

  test('keys that would end are counted', async () => {
    const who = await owner()
    await key(who, 'member', 10)
    await key(who, 'service', 100)
    world.clock.advance(86_400_000 * 2)
    const again = await world.member(who.organisationId)
    const rule = policyDefaults.api_keys
    expect((await preview(again, 'api_keys', { ...rule, serviceAccountsOnly: true })).effects).toEqual([
      { code: 'keys_end', count: 1, of: 2 },
    ])
    expect((await preview(again, 'api_keys', { ...rule, maxDays: 1 })).effects).toEqual([
      { code: 'keys_end', count: 2, of: 2 },
    ])
    expect(codes(await preview(again, 'api_keys', { ...rule, maxDays: 30 }))).toEqual(['from_now_on'])
  })

  test('foreign members stay, foreign invitations end', async () => {
    const who = await owner()
    await verifiedDomain(who.organisationId, 'company.example', { joins: true })
    await world.rows(
      `INSERT INTO invitations (id, organisation_id, email, role, token_hash, created_at, expires_at)
       VALUES (gen_random_uuid(), $1, 'guest@port.example', 'member', $2, $3, $4)`,
      [who.organisationId, Buffer.from(who.id), world.clock.now(), new Date(world.clock.now().getTime() + 1e9)],
    )
    await world.rows("UPDATE members SET email = 'guest@elsewhere.example' WHERE id = $1", [
      (await world.member(who.organisationId, 'member', 'Guest')).id,
    ])
    const rule = policyDefaults.joining
    expect((await preview(who, 'joining', { ...rule, foreignDomains: 'blocked' })).effects).toEqual([
      { code: 'foreign_members_stay', count: 1, names: ['Guest'] },
      { code: 'invitations_void', count: 1 },
    ])
    expect((await preview(who, 'joining', { ...rule, autoJoin: false })).effects).toEqual([
      { code: 'joining_stops', names: ['company.example'] },
    ])
  })

  test('the same value changes nothing', async () => {
    expect(codes(await preview(await owner(), 'sessions', policyDefaults.sessions))).toEqual(['nothing_changes'])
  })
})

test('who may be brought in, and who joins by themselves, goes by the verified domains and the rule', async () => {
  const who = await owner()
  const { organisationId } = who
  await verifiedDomain(organisationId, 'joining.example', { joins: true })
  const ask = (email: string) =>
    who.ctx.transaction(async (tx) => [
      await joiningProblem(tx, { organisationId, email }),
      await joinsByItself(tx, { organisationId, email }),
    ])
  expect(await ask('a@joining.example')).toEqual([undefined, true])
  expect(await ask('a@other.example')).toEqual([undefined, false])
  const value = { foreignDomains: 'blocked', autoJoin: false, requests: true }
  expect((await save(who, 'joining', { value, confirmed: true })).statusCode).toBe(200)
  expect(await ask('a@joining.example')).toEqual([undefined, false])
  expect(await ask('a@other.example')).toEqual(['policy.foreign_domain', false])
})

test('the label of the region is what the team sees of the organisation', async () => {
  const who = await owner()
  await save(who, 'region', { value: { label: 'EU, Frankfurt' } })
  expect(await world.rows('SELECT region FROM organisations WHERE id = $1', [who.organisationId])).toEqual([
    { region: 'EU, Frankfurt' },
  ])
})

const key = (who: Someone, kind: 'member' | 'service', days: number) =>
  world.rows(
    `INSERT INTO api_keys (id, organisation_id, member_id, kind, name, token_hash, hint, scopes, created_by, created_at, expires_at)
     VALUES (gen_random_uuid(), $1, $2, $3, $3, $4, 'abcd', '{members.read}', $2, $5, $6)`,
    [
      who.organisationId,
      who.id,
      kind,
      Buffer.from(`${who.id}${kind}`),
      world.clock.now(),
      new Date(world.clock.now().getTime() + days * 86_400_000),
    ],
  )

const verifiedDomain = (organisationId: OrganisationId, name: string, { joins }: { joins: boolean }) =>
  world.rows(
    `INSERT INTO domains (id, organisation_id, name, token, state, joins_by_itself, created_at, offer_ends_at, verified_at)
     VALUES (gen_random_uuid(), $1, $2, 't', 'verified', $3, $4, $4, $4)`,
    [organisationId, name, joins, world.clock.now()],
  )
