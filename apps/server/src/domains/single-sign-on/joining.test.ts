import type { SsoAttempt, SsoConnection, SsoOptions } from '@clew/contract/single-sign-on'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Company,
  connectSaml,
  createCompany,
  createSsoWorld,
  setAddress,
  signInBySaml,
} from '../../testkit/sso.ts'
import type { World } from '../../testkit/world.ts'

let world: World
let halcyon: Company

beforeAll(async () => {
  world = await createSsoWorld()
  halcyon = await createCompany(world, 'halcyon.example')
})
afterAll(() => world.close())

let made = 0
const connect = (options: Partial<SsoOptions>): Promise<SsoConnection> =>
  connectSaml(world, halcyon, { name: `Connection ${++made}`, options })

const latest = async (): Promise<SsoAttempt | undefined> =>
  (await halcyon.api<{ attempts: SsoAttempt[] }>('GET', '/attempts')).body.attempts[0]

const memberRow = async (email: string) =>
  (
    await world.rows(
      `SELECT id, name, role, source, seat_type_id FROM members WHERE email = $1 AND removed_at IS NULL`,
      [email],
    )
  )[0]

const groupsOf = async (email: string): Promise<unknown[]> =>
  (
    await world.rows(
      `SELECT g.name FROM group_members x JOIN member_groups g ON g.id = x.group_id JOIN members m ON m.id = x.member_id
        WHERE m.email = $1 ORDER BY g.name`,
      [email],
    )
  ).map(({ name }) => name)

async function group(name: string, connectionId: string | null = null): Promise<string> {
  const [row] = await world.rows(
    `INSERT INTO member_groups (id, organisation_id, name, connection_id, created_at, updated_at)
     VALUES (gen_random_uuid(), $1, $2, $3, now(), now()) RETURNING id`,
    [halcyon.organisationId, name, connectionId],
  )
  return String(row?.['id'])
}

const claiming = (email: string, groups: string[]) => ({
  email,
  facts: { attributes: { email: [email], name: ['Νίκος Πέτρου'], groups } },
})

test('who is not a member yet becomes one only where the connection lets them', async () => {
  const closed = await connect({ justInTime: false })
  expect((await signInBySaml(world, closed, { email: 'new@halcyon.example' })).reference).toBeDefined()
  expect(await latest()).toMatchObject({ reason: 'member_unknown' })
  expect(await memberRow('new@halcyon.example')).toBeUndefined()

  const open = await connect({ justInTime: true, defaultRole: 'auditor' })
  const { browser } = await signInBySaml(world, open, claiming('new@halcyon.example', []))
  expect(await browser.me()).toMatchObject({ email: 'new@halcyon.example' })
  expect(await memberRow('new@halcyon.example')).toMatchObject({ name: 'Νίκος Πέτρου', role: 'auditor', source: 'sso' })
})

test('two first sign-ins at once make one member', async () => {
  const open = await connect({ justInTime: true })
  const both = await Promise.all([1, 2, 3].map(() => signInBySaml(world, open, { email: 'twin@halcyon.example' })))
  expect(both.some(({ location }) => location === '/app/')).toBe(true)
  expect(await world.rows(`SELECT count(*)::int AS n FROM members WHERE email = 'twin@halcyon.example'`)).toEqual([
    { n: 1 },
  ])
})

test('groups of the provider give roles and groups, and take away only what they gave', async () => {
  const [ops, other] = [await group('Operations'), await group('By hand')]
  const mapped = await connect({
    justInTime: true,
    groupRules: [
      { group: 'Admins', role: 'admin' },
      { group: 'ops', groupId: ops },
      { group: 'billing', role: 'billing' },
    ],
  })
  const email = 'mapped@halcyon.example'
  await signInBySaml(world, mapped, claiming(email, ['OPS', 'billing']))
  expect(await memberRow(email)).toMatchObject({ role: 'billing' })
  expect(await groupsOf(email)).toEqual(['Operations'])
  const id = String((await memberRow(email))?.['id'])
  await world.rows(
    `INSERT INTO group_members (group_id, member_id, organisation_id, added_at) VALUES ($1, $2, $3, now())`,
    [other, id, halcyon.organisationId],
  )
  await signInBySaml(world, mapped, claiming(email, ['admins']))
  expect(await memberRow(email)).toMatchObject({ role: 'admin' })
  expect(await groupsOf(email)).toEqual(['By hand'])
  // Nothing said of groups changes nothing.
  await signInBySaml(world, mapped, { email })
  expect(await memberRow(email)).toMatchObject({ role: 'admin' })
})

test('the attribute names of the organisation are used where it gave some', async () => {
  const odd = await connect({ justInTime: true, mapping: { email: 'work_mail', name: 'full', groups: '' } })
  const facts = {
    attributes: { email: ['private@halcyon.example'], work_mail: ['odd@halcyon.example'], full: ['Odd Name'] },
  }
  await signInBySaml(world, odd, { email: 'private@halcyon.example', facts })
  expect(await memberRow('odd@halcyon.example')).toMatchObject({ name: 'Odd Name' })
  await signInBySaml(world, odd, {
    email: 'x@halcyon.example',
    facts: { attributes: { email: ['x@halcyon.example'] } },
  })
  expect(await latest()).toMatchObject({ reason: 'address_missing' })
})

test('an open invitation says more than the default of the connection', async () => {
  const closed = await connect({ justInTime: false })
  const invited = await world.app.inject({
    method: 'POST',
    url: '/api/v1/console/invitations',
    headers: { host: 'localhost', origin: 'http://localhost', ...halcyon.owner.headers },
    payload: { source: 'paste', text: 'invited@halcyon.example', role: { role: 'auditor' } },
  })
  expect(invited.statusCode).toBeLessThan(300)
  expect((await signInBySaml(world, closed, { email: 'invited@halcyon.example' })).location).toBe('/app/')
  expect(await memberRow('invited@halcyon.example')).toMatchObject({ role: 'auditor' })
  expect(
    await world.rows(`SELECT accepted_at IS NOT NULL AS done FROM invitations WHERE email = 'invited@halcyon.example'`),
  ).toEqual([{ done: true }])
})

test.each([
  ['deactivated_at = now(), deactivated_via = $2', 'scim', 'member_deactivated'],
  ['deactivated_at = now(), deactivated_via = $2', 'console', 'member_deactivated'],
  [`expires_at = '2026-01-01', title = $2`, 'guest', 'member_ended'],
  [`removed_at = now(), source = $2`, 'scim', 'member_deprovisioned'],
])('nobody is revived by signing in (%s, %s)', async (change, value, reason) => {
  const open = await connect({ justInTime: true })
  const email = `gone-${made}@halcyon.example`
  const member = await world.member(halcyon.organisationId, 'member')
  await setAddress(world, member.id, email)
  await world.rows(`UPDATE members SET ${change} WHERE id = $1`, [member.id, value])
  const { reference, browser } = await signInBySaml(world, open, { email })
  expect([reference !== undefined, browser.hasSession]).toEqual([true, false])
  expect(await latest()).toMatchObject({ reason })
  expect(await world.rows(`SELECT count(*)::int AS n FROM members WHERE email = $1`, [email])).toEqual([{ n: 1 }])
})

test('what provisioning says of roles and groups outranks what an assertion says', async () => {
  const mapped = await connect({ groupRules: [{ group: 'admins', role: 'admin' }] })
  const member = await world.member(halcyon.organisationId, 'billing')
  await setAddress(world, member.id, 'pushed@halcyon.example')
  await world.rows(`UPDATE members SET source = 'scim', connection_id = gen_random_uuid() WHERE id = $1`, [member.id])
  expect((await signInBySaml(world, mapped, claiming('pushed@halcyon.example', ['admins']))).location).toBe('/app/')
  expect(await memberRow('pushed@halcyon.example')).toMatchObject({ role: 'billing' })
})

test('the last owner stays one, whatever their groups say', async () => {
  const mapped = await connect({ groupRules: [{ group: 'staff', role: 'member' }] })
  expect((await signInBySaml(world, mapped, claiming('owner@halcyon.example', ['staff']))).location).toBe('/app/')
  expect(await memberRow('owner@halcyon.example')).toMatchObject({ role: 'owner' })
  const second = await world.member(halcyon.organisationId, 'owner')
  await setAddress(world, second.id, 'second@halcyon.example')
  await signInBySaml(world, mapped, claiming('second@halcyon.example', ['staff']))
  expect(await memberRow('second@halcyon.example')).toMatchObject({ role: 'member' })
})

test('an administrator who is no owner cannot make owners by a group', async () => {
  const admin = await world.member(halcyon.organisationId, 'admin')
  const connection = await connect({})
  const answer = await world.app.inject({
    method: 'PATCH',
    url: `/api/v1/console/sso/connections/${connection.id}`,
    headers: { host: 'localhost', origin: 'http://localhost', ...admin.headers },
    payload: {
      version: connection.version,
      options: { ...connection.options, groupRules: [{ group: 'all', role: 'owner' }] },
    },
  })
  expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([403, 'sso.owners_only'])
})

test('whoever finds no seat of the chosen kind waits outside', async () => {
  const [seat] = await world.rows(
    `INSERT INTO seat_types (id, organisation_id, name, seat_limit, is_default, created_at)
     VALUES (gen_random_uuid(), $1, 'Desk', 1, false, now()) RETURNING id`,
    [halcyon.organisationId],
  )
  const seated = await connect({ justInTime: true, seatTypeId: String(seat?.['id']) })
  expect((await signInBySaml(world, seated, { email: 'first@halcyon.example' })).location).toBe('/app/')
  expect(await memberRow('first@halcyon.example')).toMatchObject({ seat_type_id: seat?.['id'] })
  expect((await signInBySaml(world, seated, { email: 'late@halcyon.example' })).reference).toBeDefined()
  expect(await latest()).toMatchObject({ reason: 'no_seat' })
})

test('a member is found by a former address for as long as it stands', async () => {
  const connection = await connect({})
  const member = await world.member(halcyon.organisationId, 'member')
  await setAddress(world, member.id, 'present@halcyon.example')
  await world.rows(
    `INSERT INTO member_aliases (id, organisation_id, member_id, email, created_at, expires_at)
     VALUES (gen_random_uuid(), $1, $2, 'former@halcyon.example', now(), '2027-01-01')`,
    [halcyon.organisationId, member.id],
  )
  const { browser } = await signInBySaml(world, connection, { email: 'former@halcyon.example' })
  expect(await browser.me()).toMatchObject({ email: 'present@halcyon.example' })
})

test('the allow-list of addresses holds for SSO too, and the refusal is written down', async () => {
  const argo = await createCompany(world, 'argo.example')
  const connection = await connectSaml(world, argo, {})
  await world.rows(
    `INSERT INTO security_policies (organisation_id, name, version, value, updated_at)
     VALUES ($1, 'ip_allow_list', 1, $2, now())`,
    [argo.organisationId, JSON.stringify({ ranges: [{ range: '10.9.8.0/24', note: '' }] })],
  )
  const { reference, browser } = await signInBySaml(world, connection, { email: 'owner@argo.example' })
  expect([reference !== undefined, browser.hasSession]).toEqual([true, false])
  const [attempt] = await world.rows(`SELECT reason FROM sso_attempts WHERE connection_id = $1`, [connection.id])
  expect(attempt).toEqual({ reason: 'session.address_not_allowed' })
})
