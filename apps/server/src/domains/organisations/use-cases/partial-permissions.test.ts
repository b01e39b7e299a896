import { randomUUID } from 'node:crypto'
import type { Permission } from '@clew/contract/permissions'
import { type PolicyName, policyDefaults, policyNames } from '@clew/contract/security-policies'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createWorld, type World } from '../../../testkit/world.ts'

type Member = Awaited<ReturnType<World['member']>>

let world: World
let owner: Member
beforeAll(async () => {
  world = await createWorld({ limitFactor: 1_000_000 })
})
afterAll(() => world.close())
beforeEach(async () => {
  owner = await world.member(await world.organisation(), 'owner')
})

async function newRole(permissions: readonly Permission[]): Promise<string> {
  const [id, now] = [randomUUID(), world.clock.now()]
  const row = [id, owner.organisationId, id, permissions, now]
  await world.rows('INSERT INTO custom_roles VALUES ($1, $2, $3, $4, $5, $5)', row)
  return id
}

async function memberWith(permissions: readonly Permission[]): Promise<Member> {
  const member = await world.member(owner.organisationId, 'member')
  const role = permissions.length === 0 ? await newRole(['usage.read']) : await newRole(permissions)
  await world.rows(`UPDATE members SET role = 'custom', custom_role_id = $1 WHERE id = $2`, [role, member.id])
  return member
}

const subsets = (all: readonly Permission[]): Permission[][] =>
  all.reduce<Permission[][]>((found, each) => [...found, ...found.map((some) => [...some, each])], [[]])

const call = async (who: Member, ...[method, path, payload]: ['PATCH' | 'PUT' | 'POST', string, object]) => {
  const answer = await world.app.inject({ method, url: `/api/v1/console${path}`, headers: who.headers, payload })
  return { status: answer.statusCode, body: answer.json<{ code?: string; detail?: string; params?: object }>() }
}

/** All that a change could have left: the rows themselves, and what was said of them. */
const kept = (tables: readonly string[]) =>
  Promise.all(
    [...tables, 'audit_events'].map((table) =>
      world.rows(`SELECT to_jsonb(t)::text AS row FROM ${table} t WHERE organisation_id = $1 ORDER BY 1`, [
        owner.organisationId,
      ]),
    ),
  )

describe('each part of a member', () => {
  const inAYear = '2027-11-24T08:00:00.000Z'
  const parts: Record<string, { body(role: string, seat: string): object; takes: Permission[] }> = {
    'the role': {
      body: (customRoleId) => ({ role: { role: 'custom', customRoleId } }),
      takes: ['members.read', 'members.manage'],
    },
    'the end date': { body: () => ({ expiresAt: inAYear }), takes: ['members.read', 'members.manage'] },
    'the title': { body: () => ({ title: 'Bosun' }), takes: ['members.read', 'members.manage'] },
    'the seat': { body: (_role, seatTypeId) => ({ seatTypeId }), takes: ['members.read', 'seats.manage'] },
    'title and seat': {
      body: (_role, seatTypeId) => ({ title: 'Bosun', seatTypeId }),
      takes: ['members.read', 'members.manage', 'seats.manage'],
    },
    nothing: { body: () => ({}), takes: ['members.read', 'members.manage'] },
  }

  test.each(Object.entries(parts))('%s', async (_name, { body, takes }) => {
    const given = await newRole(['members.read'])
    const seat = await call(owner, 'POST', '/seat-types', { name: 'Crew', limit: 50 })
    const payload = body(given, (seat.body as { id: string }).id)
    for (const some of subsets(['members.read', 'members.manage', 'seats.manage'])) {
      const actor = await memberWith(some)
      const member = await world.member(owner.organisationId, 'member')
      const before = await kept(['members', 'seat_changes'])
      const { status, body: answer } = await call(actor, 'PATCH', `/members/${member.id}`, payload)
      const missing = takes.filter((each) => !some.includes(each))
      if (missing.length === 0) {
        // A plain member may read members, so who may not cannot outrank one.
        expect(status, some.join()).toBe(200)
        continue
      }
      expect(answer, some.join()).toMatchObject({ code: 'permission.denied', params: { permission: missing[0] } })
      expect(answer.detail).toContain(missing[0])
      expect(await kept(['members', 'seat_changes'])).toEqual(before)
    }
  })

  test.each(['deactivate', 'reactivate'])('to %s them', async (verb) => {
    const [half, whole] = [await memberWith(['members.manage']), await memberWith(['members.read', 'members.manage'])]
    const member = await world.member(owner.organisationId, 'member')
    if (verb === 'reactivate') await call(owner, 'POST', `/members/${member.id}/deactivate`, {})
    // What follows of it, such as sessions that end, is no part of what is refused.
    await world.settle()
    const before = await kept(['members'])
    const refused = await call(half, 'POST', `/members/${member.id}/${verb}`, {})
    expect(refused.body).toMatchObject({ code: 'permission.denied', params: { permission: 'members.read' } })
    expect(await kept(['members'])).toEqual(before)
    expect((await call(whole, 'POST', `/members/${member.id}/${verb}`, {})).status).toBe(200)
  })
})

describe('each rule', () => {
  const others: { [N in PolicyName]: object } = {
    mfa: { ...policyDefaults.mfa, graceDays: 8 },
    sessions: { ...policyDefaults.sessions, idleMinutes: 10_081 },
    ip_allow_list: { ranges: [{ range: '0.0.0.0/0', note: '' }] },
    attachments: { ...policyDefaults.attachments, maxMb: 999 },
    har: { level: 'strict' },
    model: { ...policyDefaults.model, zeroRetention: true },
    public_links: { ...policyDefaults.public_links, maxDays: 89 },
    api_keys: { ...policyDefaults.api_keys, maxDays: 364 },
    joining: { ...policyDefaults.joining, requests: false },
    passwords: { ...policyDefaults.passwords, minLength: 13 },
    support: { mayRepairSignIns: true },
    region: { label: 'EU' },
  }

  test.each(policyNames)('%s', async (name) => {
    const takes: Permission[] = ['policies.read', 'policies.manage']
    for (const some of subsets(takes)) {
      const actor = await memberWith(some)
      const before = await kept(['security_policies', 'security_policy_changes'])
      const { status, body } = await call(actor, 'PUT', `/policies/${name}`, {
        version: 0,
        value: others[name],
        confirmed: true,
      })
      const missing = takes.filter((each) => !some.includes(each))
      if (missing.length === 0) {
        expect(status, JSON.stringify(body)).toBe(200)
        continue
      }
      expect(body, some.join()).toMatchObject({ code: 'permission.denied', params: { permission: missing[0] } })
      expect(await kept(['security_policies', 'security_policy_changes'])).toEqual(before)
    }
  })
})

test('a connection for SSO is not made by who could not see it', async () => {
  const half = await memberWith(['sign_in.manage'])
  const before = await kept(['sso_connections'])
  const asked = { name: 'Okta', kind: 'oidc', provider: 'okta' }
  const refused = await call(half, 'POST', '/sso/connections', asked)
  expect(refused.body).toMatchObject({ code: 'permission.denied', params: { permission: 'sign_in.read' } })
  expect(await kept(['sso_connections'])).toEqual(before)
  const whole = await memberWith(['sign_in.read', 'sign_in.manage'])
  expect((await call(whole, 'POST', '/sso/connections', asked)).status).toBe(201)
})
