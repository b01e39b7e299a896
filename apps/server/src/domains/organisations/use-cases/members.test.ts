import { randomUUID } from 'node:crypto'
import type { ConsoleMember, ConsoleMemberList, MemberFigures, RemovalPreview } from '@clew/contract/members'
import type { MemberRole } from '@clew/contract/permissions'
import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createWorld, type World } from '../../../testkit/world.ts'
import { assignConversation } from '../../conversations/use-cases/assign-conversation.ts'
import { expireMembers } from './expire-members.ts'

let world: World
let organisationId: OrganisationId
let owner: Person
type Person = Awaited<ReturnType<World['member']>>
beforeEach(async () => {
  world = await createWorld()
  organisationId = await world.organisation('halcyon')
  owner = await world.member(organisationId, 'owner', 'Petros Dimou')
})
afterEach(() => world.close())

type Who = { headers: Record<string, string> }
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
const call = async <T = unknown>(who: Who, method: Method, path: string, payload?: object) => {
  const url = `/api/v1/console${path}`
  const answer = await world.app.inject({ method, url, headers: who.headers, ...(payload ? { payload } : {}) })
  const isJson = String(answer.headers['content-type']).includes('json')
  return {
    status: answer.statusCode,
    text: answer.body,
    body: (isJson ? answer.json() : undefined) as T & { code: string },
  }
}

const someone = (role: MemberRole = 'member', name?: string) => world.member(organisationId, role, name)
const list = async (query = '', who: Who = owner) =>
  (await call<ConsoleMemberList>(who, 'GET', `/members${query}`)).body
const change = (who: Who, id: string, payload: object) => call<ConsoleMember>(who, 'PATCH', `/members/${id}`, payload)
const roleOf = async (id: string) => (await world.rows('SELECT role FROM members WHERE id = $1', [id]))[0]?.['role']
const audited = async (action: string) =>
  (await world.rows('SELECT count(*)::int AS n FROM audit_events WHERE action = $1', [action]))[0]?.['n']
const owners = async () =>
  (
    await world.rows(
      `SELECT count(*)::int AS n FROM members WHERE organisation_id = $1 AND role = 'owner'
        AND removed_at IS NULL AND deactivated_at IS NULL`,
      [organisationId],
    )
  )[0]?.['n']

describe('the list', () => {
  test('is of the own organisation, and found by parts of name and address without accents', async () => {
    await someone('member', 'Δώρα Παππά')
    const elsewhere = await world.member(await world.organisation('kyma'), 'owner', 'Dora Elsewhere')
    expect((await list('?q=ΠΑΠΠΑ')).members.map(({ name }) => name)).toEqual(['Δώρα Παππά'])
    expect((await list(`?q=${encodeURIComponent('%')}`)).members).toEqual([])
    expect((await list()).members.map(({ name }) => name)).not.toContain('Dora Elsewhere')
    expect((await list('', elsewhere)).members).toHaveLength(1)
  })

  test('comes in pages that leave nobody out and show nobody twice', async () => {
    for (let i = 0; i < 7; i += 1) await someone('member', `Person ${i}`)
    await world.rows(`UPDATE members SET seen_at = now() - (random() * interval '3 days') WHERE name LIKE 'Person%'`)
    await world.rows(`UPDATE members SET seen_at = date_trunc('milliseconds', seen_at)`)
    const names: string[] = []
    let cursor: string | null = null
    do {
      const page: ConsoleMemberList = await list(`?limit=3${cursor ? `&cursor=${cursor}` : ''}`)
      names.push(...page.members.map(({ name }) => name))
      cursor = page.next
    } while (cursor)
    expect(new Set(names).size).toBe(8)
    expect(names).toHaveLength(8)
    expect((await call(owner, 'GET', '/members?cursor=nonsense')).body.code).toBe('input.invalid')
  })

  test('filters by seat and by what other rooms know of signing in', async () => {
    await call(owner, 'POST', '/seat-types', { name: 'Full', limit: null })
    const [seated] = [await someone()]
    const types = (await call<{ seatTypes: { id: string }[] }>(owner, 'GET', '/seat-types')).body.seatTypes
    await change(owner, seated.id, { seatTypeId: types[0]?.id })
    expect((await list('?show=seat')).members.map(({ id }) => id)).toEqual([seated.id])
    expect((await list('?show=without_sso')).total).toBe(2)
    expect((await list('?show=cannot_sign_in')).total).toBe(0)
    const figures = (await call<MemberFigures>(owner, 'GET', '/members/figures')).body
    expect(figures).toMatchObject({ members: 2, withSeat: 1, seats: { used: 1, limit: null }, cannotSignIn: 0 })
  })

  test('is exported without a cell that a spreadsheet would calculate, and the export is audited', async () => {
    await someone('member', '=HYPERLINK("https://evil.example")')
    await someone('member', 'Δώρα')
    const answer = await call(owner, 'GET', '/members/export')
    expect(answer.text.startsWith('\uFEFFemail,name')).toBe(true)
    expect(answer.text).toContain(`"'=HYPERLINK(""https://evil.example"")"`)
    expect(answer.text).toContain('Δώρα')
    expect(await audited('user.members_listed')).toBe(1)
    expect((await call(await someone('auditor'), 'GET', '/members/export')).status).toBe(403)
  })
})

describe('roles', () => {
  test('are given by those who may, and never more than they have', async () => {
    const [admin, member, billing] = [await someone('admin'), await someone('member'), await someone('billing')]
    expect((await change(admin, member.id, { role: { role: 'billing' } })).body.role).toBe('billing')
    expect((await change(member, admin.id, { role: { role: 'member' } })).body.code).toBe('permission.denied')
    expect((await change(admin, member.id, { role: { role: 'owner' } })).body.code).toBe('role.owners_only')
    expect((await change(admin, owner.id, { role: { role: 'member' } })).body.code).toBe('role.owners_only')
    expect((await change(owner, member.id, { role: { role: 'agent' } })).body.code).toBe('role.team_only')
    const clerk = (
      await call<{ id: string }>(owner, 'POST', '/roles', {
        name: 'Clerk',
        permissions: ['members.read', 'members.manage'],
      })
    ).body.id
    await change(owner, billing.id, { role: { role: 'custom', customRoleId: clerk } })
    expect((await change(billing, admin.id, { role: { role: 'custom', customRoleId: clerk } })).body.code).toBe(
      'member.outranks',
    )
    expect((await change(billing, billing.id, { role: { role: 'admin' } })).body.code).toBe('role.beyond_own')
    expect(await audited('role.granted')).toBe(2)
  })

  test('of another organisation are out of reach', async () => {
    const elsewhere = await world.member(await world.organisation('kyma'))
    expect((await change(elsewhere, owner.id, { role: { role: 'member' } })).body.code).toBe('member.not_found')
    expect(await roleOf(owner.id)).toBe('owner')
  })

  test('given again change nothing', async () => {
    const member = await someone('billing')
    expect((await change(owner, member.id, { role: { role: 'billing' } })).status).toBe(200)
    expect(await audited('role.granted')).toBe(0)
  })
})

describe('the last owner', () => {
  test('cannot be demoted, stopped, removed, given an end, or leave', async () => {
    const second = await someone('owner')
    await change(owner, second.id, { expiresAt: '2027-01-01T00:00:00.000Z' })
    const codes = [
      (await change(owner, owner.id, { role: { role: 'admin' } })).body.code,
      (await change(owner, owner.id, { expiresAt: '2027-01-01T00:00:00.000Z' })).body.code,
      (await call(second, 'POST', `/members/${owner.id}/deactivate`, {})).body.code,
      (await call(second, 'POST', `/members/${owner.id}/removal`, {})).body.code,
      (await call(owner, 'POST', '/me/leave', {})).body.code,
    ]
    expect(codes).toEqual(Array.from({ length: 5 }, () => 'member.last_owner'))
  })

  test('stays when two owners demote each other at once', async () => {
    for (let round = 0; round < 3; round += 1) {
      const [one, two] = [owner, await someone('owner')]
      const answers = await Promise.all([
        change(one, two.id, { role: { role: 'member' } }),
        change(two, one.id, { role: { role: 'member' } }),
      ])
      expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1)
      expect(await owners()).toBe(1)
      await world.rows(`UPDATE members SET role = 'owner' WHERE id = $1`, [owner.id])
      await world.rows(`UPDATE members SET role = 'member' WHERE id = $1`, [two.id])
    }
  })

  test('stays when everything happens to both at once', async () => {
    const second = await someone('owner')
    const answers = await Promise.all([
      call(owner, 'POST', `/members/${second.id}/removal`, {}),
      call(second, 'POST', `/members/${owner.id}/deactivate`, {}),
      call(owner, 'POST', '/me/leave', {}),
      call(second, 'POST', '/me/leave', {}),
    ])
    expect(answers.some(({ body }) => body?.code === 'member.last_owner')).toBe(true)
    expect(await owners()).toBe(1)
  })
})

describe('access', () => {
  test('ends at once when it is stopped, and old sessions do not come back with it', async () => {
    const member = await someone()
    expect((await call(member, 'GET', '/me')).status).toBe(200)
    const stopped = await call<ConsoleMember>(owner, 'POST', `/members/${member.id}/deactivate`, {})
    expect(stopped.body.deactivated?.via).toBe('console')
    expect((await call(member, 'GET', '/me')).status).toBe(401)
    await call(owner, 'POST', `/members/${member.id}/deactivate`, {})
    expect(await audited('user.deactivated')).toBe(1)
    await world.settle()
    expect(
      (await call<ConsoleMember>(owner, 'POST', `/members/${member.id}/reactivate`, {})).body.deactivated,
    ).toBeNull()
    expect((await call(member, 'GET', '/me')).status).toBe(401)
  })

  test('is not stopped by oneself, nor of somebody whom a directory looks after', async () => {
    const member = await someone()
    await world.rows(`UPDATE members SET source = 'scim', connection_id = gen_random_uuid() WHERE id = $1`, [member.id])
    expect((await call(owner, 'POST', `/members/${owner.id}/deactivate`, {})).body.code).toBe('member.oneself')
    expect((await call(owner, 'POST', `/members/${member.id}/deactivate`, {})).body.code).toBe('member.provisioned')
    expect((await call(owner, 'POST', `/members/${member.id}/removal`, {})).body.code).toBe('member.provisioned')
  })

  test('of a guest ends with their time, which frees the seat', async () => {
    const seat = (await call<{ id: string }>(owner, 'POST', '/seat-types', { name: 'Full', limit: 1 })).body.id
    const guest = await someone()
    await change(owner, guest.id, { expiresAt: '2026-11-24T09:00:00.000Z', seatTypeId: seat })
    const expire = () => expireMembers(world.as({ type: 'system', job: 'test' }))
    await expire()
    expect((await call(guest, 'GET', '/me')).status).toBe(200)
    world.clock.advance(3_600_000)
    expect((await call(guest, 'GET', '/me')).status).toBe(401)
    await expire()
    await expire()
    const [row] = await world.rows('SELECT deactivated_via, seat_type_id FROM members WHERE id = $1', [guest.id])
    expect(row).toEqual({ deactivated_via: 'expiry', seat_type_id: null })
    expect(await audited('user.deactivated')).toBe(1)
    expect((await change(owner, guest.id, { expiresAt: '2026-11-24T08:00:00.000Z' })).body.code).toBe('input.invalid')
    expect((await call<ConsoleMember>(owner, 'POST', `/members/${guest.id}/reactivate`, {})).body.expiresAt).toBeNull()
  })
})

describe('removing somebody', () => {
  test('shows what they leave behind, and passes their open conversations on', async () => {
    const team = await world.supportTeam()
    const [boss, leaver, heir] = [
      await world.member(team, 'owner', 'Boss'),
      await world.member(team, 'agent', 'Leaver'),
      await world.member(team, 'agent', 'Heir'),
    ]
    const conversations = [await conversationOf(leaver.id), await conversationOf(leaver.id)]
    const shown = (await call<RemovalPreview>(boss, 'GET', `/members/${leaver.id}/removal`)).body
    expect(shown).toMatchObject({ openConversations: 2, sessions: 1, member: { name: 'Leaver' } })
    expect(shown.successors.map(({ name }) => name)).toEqual(expect.arrayContaining(['Boss', 'Heir']))
    expect(shown.successors.map(({ id }) => id)).not.toContain(leaver.id)
    const unfit = await call(boss, 'POST', `/members/${leaver.id}/removal`, { successorId: owner.id })
    expect(unfit.body.code).toBe('member.successor_invalid')
    expect((await call(boss, 'POST', `/members/${leaver.id}/removal`, { successorId: heir.id })).status).toBe(204)
    await world.settle()
    const assignees = await world.rows('SELECT DISTINCT assignee_id FROM conversations')
    expect(assignees).toEqual([{ assignee_id: heir.id }])
    expect(conversations).toHaveLength(2)
    expect((await call(leaver, 'GET', '/me')).status).toBe(401)
    expect((await call(boss, 'POST', `/members/${leaver.id}/removal`, {})).body.code).toBe('member.not_found')
    expect((await list('', boss)).members.map(({ name }) => name)).not.toContain('Leaver')
  })

  test('who may come back later by a new invitation', async () => {
    const member = await someone()
    await call(owner, 'POST', `/members/${member.id}/removal`, {})
    const again = await call<{ sends: number }>(owner, 'POST', '/invitations', { source: 'paste', text: member.email })
    expect(again.body.sends).toBe(1)
  })

  test('is refused without the permission and to other organisations', async () => {
    const [member, other] = [await someone(), await someone()]
    const elsewhere = await world.member(await world.organisation('kyma'))
    expect((await call(member, 'POST', `/members/${other.id}/removal`, {})).body.code).toBe('permission.denied')
    expect((await call(elsewhere, 'POST', `/members/${other.id}/removal`, {})).body.code).toBe('member.not_found')
    expect((await call(elsewhere, 'GET', `/members/${other.id}/removal`)).body.code).toBe('member.not_found')
  })

  test('leaving by oneself ends everything just so', async () => {
    const member = await someone()
    expect((await call(member, 'POST', '/me/leave', {})).status).toBe(204)
    expect((await call(member, 'GET', '/me')).status).toBe(401)
    expect(await audited('user.left')).toBe(1)
  })
})

test('everyone changes their own name, title, language and time zone, and nothing else', async () => {
  const member = await someone('member', 'Ada')
  const changed = await call(member, 'PATCH', '/me', {
    name: 'Ada L.',
    title: 'Clerk',
    locale: 'el',
    timeZone: 'Europe/Athens',
  })
  expect(changed.body).toMatchObject({ name: 'Ada L.', title: 'Clerk', locale: 'el', timeZone: 'Europe/Athens' })
  expect((await call(member, 'PATCH', '/me', { role: 'owner' })).status).toBe(400)
  expect((await call(member, 'PATCH', '/me', { timeZone: 'Mars/Base' })).status).toBe(400)
  expect((await list('?q=ada%20l')).members).toHaveLength(1)
  await world.rows(`UPDATE members SET source = 'scim', connection_id = gen_random_uuid() WHERE id = $1`, [member.id])
  expect((await call(member, 'PATCH', '/me', { name: 'Other' })).body.code).toBe('member.provisioned')
  expect((await call(member, 'PATCH', '/me', { title: null })).body).toMatchObject({ title: null })
})

async function conversationOf(assigneeId: MemberId): Promise<string> {
  const contact = await world.contact()
  const answer = await world.app.inject({
    method: 'POST',
    url: '/api/v1/widget/conversations',
    headers: contact.headers,
    payload: { clientConversationId: randomUUID(), clientMessageId: randomUUID(), body: 'hello', locale: 'en' },
  })
  const { conversation } = answer.json<{ conversation: { id: string } }>()
  await assignConversation((await world.agent()).ctx, conversation.id as never, assigneeId)
  return conversation.id
}
