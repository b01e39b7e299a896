import type {
  DomainChangeList,
  DomainChangePreview,
  DomainMovePreview,
  OrganisationDomain,
} from '@clew/contract/domains'
import type { MemberRole } from '@clew/contract/permissions'
import type { OrganisationId } from '@clew/contract/primitives'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type DnsServer, startDnsServer } from '../../../../testkit/dns-server.ts'
import { createWorld, type World } from '../../../../testkit/world.ts'
import { findMemberByAlias } from '../../repository.membership.ts'
import { addMember } from '../add-member.ts'

const dayMs = 86_400_000
let dns: DnsServer
let world: World
beforeAll(async () => {
  dns = await startDnsServer()
  world = await createWorld({ config: { dnsServers: [dns.address] } })
})
afterAll(async () => {
  await world.close()
  await dns.stop()
})

let organisationId: OrganisationId
let boss: { headers: Record<string, string> }
let names = { from: '', to: '' }
let made = 0
beforeEach(async () => {
  made += 1
  names = { from: `old-${made}.example`, to: `new-${made}.example` }
  organisationId = await world.organisation()
  boss = await world.member(organisationId)
})

const call = (who: { headers: Record<string, string> }, path: string, payload?: object) =>
  world.app.inject({
    method: payload === undefined ? 'GET' : 'POST',
    url: `/api/v1/console/${path}`,
    headers: who.headers,
    ...(payload === undefined ? {} : { payload }),
  })
const system = () => world.clew.newCtx('test')

const join = (local: string, name: string, more: { role?: MemberRole; source?: 'scim' } = {}) =>
  system().transaction((tx) =>
    addMember(tx, { organisationId, name, email: `${local}@${names.from}`, role: 'member', ...more }),
  )

async function verifyNew(): Promise<void> {
  const domain = (await call(boss, 'domains', { name: names.to })).json<OrganisationDomain>()
  dns.zone(names.to)
  dns.set(domain.record.at, { TXT: [domain.record.says] })
  await call(boss, `domains/${domain.id}/check`, {})
}

const preview = async (moves: object[] = []) =>
  (await call(boss, 'domain-changes/preview', { ...names, moves })).json<DomainChangePreview>()
const movesOf = (rows: readonly DomainMovePreview[]) =>
  rows.map(({ memberId, action, after }) => ({ memberId, action, email: after }))
const apply = (rows: readonly DomainMovePreview[]) => call(boss, 'domain-changes', { ...names, moves: movesOf(rows) })
const emails = async () =>
  (
    await world.rows('SELECT email FROM members WHERE organisation_id = $1 AND email NOT LIKE $2 ORDER BY email', [
      organisationId,
      '%@company.example',
    ])
  ).map((row) => row['email'])
const byAlias = (local: string) =>
  system().transaction((tx) => findMemberByAlias(tx, organisationId, `${local}@${names.from}`))

test('everybody moves at once, and for thirty days the old address finds them', async () => {
  const dora = await join('d.pappa', 'Dora Pappa')
  await join('ilias', 'Ilias Dimou')
  await verifyNew()
  const { rows, isVerified, counts } = await preview()
  expect([isVerified, counts]).toEqual([true, { move: 2, invite: 0, leave: 0, problems: 0 }])
  const answer = await apply(rows)
  expect(answer.statusCode).toBe(201)
  expect(answer.json<DomainChangeList>().changes[0]).toMatchObject({ ...names, moved: 2, invited: 0 })
  expect(await emails()).toEqual([`d.pappa@${names.to}`, `ilias@${names.to}`])
  expect((await byAlias('D.Pappa'))?.id).toBe(dora.id)
  world.clock.advance(30 * dayMs)
  expect(await byAlias('d.pappa')).toBeUndefined()
})

test('it is on record for each person, with the addresses beside the chain', async () => {
  await join('d.pappa', 'Dora Pappa')
  await verifyNew()
  await apply((await preview()).rows)
  const events = await world.rows(
    "SELECT action, body FROM audit_events WHERE organisation_id = $1 AND action IN ('user.address_changed', 'domain.change_completed') ORDER BY seq",
    [organisationId],
  )
  expect(events.map((row) => row['action'])).toEqual(
    expect.arrayContaining(['user.address_changed', 'domain.change_completed']),
  )
  expect(JSON.stringify(events)).not.toContain('d.pappa')
})

test('to a domain that is not verified nobody moves', async () => {
  await join('a', 'A')
  const { rows, isVerified } = await preview()
  expect(isVerified).toBe(false)
  const answer = await apply(rows)
  expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([409, 'domain.not_verified'])
  expect(await emails()).toEqual([`a@${names.from}`])
})

test('one address that is taken stops everything, until it is decided', async () => {
  await join('a', 'A')
  const b = await join('b', 'B')
  await verifyNew()
  await system().transaction((tx) =>
    addMember(tx, { organisationId, name: 'Other B', email: `b@${names.to}`, role: 'member' }),
  )
  const { rows } = await preview()
  expect(rows.find(({ memberId }) => memberId === b.id)).toMatchObject({ problem: 'taken', takenBy: 'Other B' })
  expect((await apply(rows)).json<{ code: string }>().code).toBe('domain.change_conflict')
  expect(await emails()).toContain(`a@${names.from}`)
  const decided = await preview([{ memberId: b.id, action: 'move', email: `b2@${names.to}` }])
  expect((await apply(decided.rows)).statusCode).toBe(201)
  expect(await emails()).toEqual([`a@${names.to}`, `b2@${names.to}`, `b@${names.to}`])
})

test('what changed since the table was looked at stops everything', async () => {
  const a = await join('a', 'A')
  await verifyNew()
  const { rows } = await preview()
  await world.rows('UPDATE members SET email = $2 WHERE id = $1', [a.id, `renamed@elsewhere.example`])
  expect((await apply(rows)).json<{ code: string }>().code).toBe('domain.change_outdated')
})

test('who cannot be matched is invited, with the same role, and stays until then', async () => {
  await join('known', 'Known')
  const other = await join('unknown', 'Unknown', { role: 'admin' })
  await verifyNew()
  await world.rows(
    `INSERT INTO join_requests (id, organisation_id, email, name, locale, state, created_at)
     VALUES (gen_random_uuid(), $1, $2, 'Known', 'en', 'waiting', now())`,
    [organisationId, `known@${names.to}`],
  )
  const { rows, counts } = await preview()
  expect(counts).toMatchObject({ move: 1, invite: 1 })
  expect((await apply(rows)).statusCode).toBe(201)
  expect(await emails()).toEqual([`known@${names.to}`, other.email])
  const invited = await world.rows('SELECT email, role FROM invitations WHERE organisation_id = $1', [organisationId])
  expect(invited).toEqual([{ email: `unknown@${names.to}`, role: 'admin' }])
})

test('whom a directory looks after is left to it', async () => {
  await join('m', 'Managed', { source: 'scim' })
  await verifyNew()
  expect((await preview()).rows[0]).toMatchObject({ action: 'leave', basis: 'managed' })
})

test('who may less moves nobody who may more', async () => {
  const owner = await join('owner', 'Owner', { role: 'owner' })
  await verifyNew()
  const admin = await world.member(organisationId, 'admin')
  const moves = [{ memberId: owner.id, action: 'move', email: `mine@${names.to}` }]
  const seen = (await call(admin, 'domain-changes/preview', { ...names, moves })).json<DomainChangePreview>()
  expect(seen.rows[0]).toMatchObject({ action: 'leave', basis: 'managed' })
  expect((await call(admin, 'domain-changes', { ...names, moves })).statusCode).toBe(409)
  expect(await emails()).toEqual([owner.email])
})

test('it is undone, and done twice it changes nothing more', async () => {
  const a = await join('a', 'A')
  const b = await join('b', 'B')
  await verifyNew()
  const applied = (await apply((await preview()).rows)).json<DomainChangeList>()
  // B has married meanwhile.
  await world.rows('UPDATE members SET email = $2 WHERE id = $1', [b.id, `bb@${names.to}`])
  const id = applied.changes[0]?.id
  const undone = await call(boss, `domain-changes/${id}/undo`, {})
  expect(undone.json<DomainChangeList>().changes[0]?.undoneAt).toBeDefined()
  expect(await emails()).toEqual([a.email, `bb@${names.to}`])
  expect(await byAlias('a')).toBeUndefined()
  expect((await byAlias('b'))?.id).toBe(b.id)
  expect((await call(boss, `domain-changes/${id}/undo`, {})).statusCode).toBe(200)
})

test('after thirty days it stays done', async () => {
  await join('a', 'A')
  await verifyNew()
  const applied = (await apply((await preview()).rows)).json<DomainChangeList>()
  world.clock.advance(30 * dayMs)
  boss = await world.member(organisationId)
  const answer = await call(boss, `domain-changes/${applied.changes[0]?.id}/undo`, {})
  expect(answer.json<{ code: string }>().code).toBe('domain.change_over')
})

test("another organisation sees nothing of it, and moves nobody of another's", async () => {
  const a = await join('a', 'A')
  await verifyNew()
  const applied = (await apply((await preview()).rows)).json<DomainChangeList>()
  const stranger = await world.member(await world.organisation())
  expect((await call(stranger, 'domain-changes')).json<DomainChangeList>().changes).toEqual([])
  expect((await call(stranger, `domain-changes/${applied.changes[0]?.id}/undo`, {})).statusCode).toBe(404)
  const back = { from: names.to, to: names.from, moves: [{ memberId: a.id, action: 'move', email: a.email }] }
  expect((await call(stranger, 'domain-changes', back)).statusCode).toBe(409)
  expect((await call(stranger, 'domain-changes/preview', back)).json<DomainChangePreview>().rows).toEqual([])
})
