import type { InvitePreview, OpenInvitationList } from '@clew/contract/members'
import type { OrganisationId } from '@clew/contract/primitives'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createWorld, type World } from '../../../testkit/world.ts'

let world: World
let organisationId: OrganisationId
let owner: Awaited<ReturnType<World['member']>>
beforeEach(async () => {
  world = await createWorld()
  organisationId = await world.organisation('halcyon')
  owner = await world.member(organisationId, 'owner', 'Petros')
})
afterEach(() => world.close())

type Who = { headers: Record<string, string> }
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

const call = async <T>(who: Who, method: Method, path: string, payload?: object) => {
  const url = `/api/v1/console${path}`
  const answer = await world.app.inject({ method, url, headers: who.headers, ...(payload ? { payload } : {}) })
  return { status: answer.statusCode, body: (answer.body === '' ? undefined : answer.json()) as T & { code: string } }
}

const paste = (text: string, more: object = {}) => ({ source: 'paste', text, ...more })
const preview = async (text: string, more: object = {}, who: Who = owner) =>
  (await call<InvitePreview>(who, 'POST', '/invitations/preview', paste(text, more))).body
const invite = async (text: string, more: object = {}, who: Who = owner) =>
  (await call<InvitePreview>(who, 'POST', '/invitations', paste(text, more))).body
const open = async (who: Who = owner) => (await call<OpenInvitationList>(who, 'GET', '/invitations')).body.invitations
const outcomes = ({ rows }: InvitePreview) => rows.map(({ email, outcome }) => `${email} ${outcome}`)
const seatType = async (limit: number | null, name = 'Full') =>
  (await call<{ id: string }>(owner, 'POST', '/seat-types', { name, limit })).body.id

const tokenIn = (link: string | null | undefined): string => link?.split('#token=')[1] ?? ''
const accept = async (link: string | null | undefined, name = 'Somebody') => {
  const answer = await world.app.inject({
    method: 'POST',
    url: '/api/v1/invitations/accept',
    payload: { token: tokenIn(link), name, password: 'a long enough password 7' },
    headers: { host: 'localhost' },
  })
  return { status: answer.statusCode, body: answer.json<{ code: string; member: { role: string } }>() }
}
const audit = async (action: string) => world.rows('SELECT body FROM audit_events WHERE action = $1', [action])

describe('a preview', () => {
  test('says of each what will happen, and writes nothing', async () => {
    await invite('waiting@halcyon.example')
    const before = await world.rows('SELECT count(*) FROM invitations UNION ALL SELECT count(*) FROM mails')
    const shown = await preview(
      `new@halcyon.example, NEW@halcyon.example, waiting@halcyon.example, ${owner.email}, nonsense, "Ann" <ann@x.example>`,
    )
    expect(outcomes(shown)).toEqual([
      'new@halcyon.example sends',
      'new@halcyon.example duplicate',
      'waiting@halcyon.example renews',
      `${owner.email} member_already`,
      'nonsense invalid',
      'ann@x.example sends',
    ])
    expect(shown).toMatchObject({ sends: 3, waits: 0, refused: 3 })
    expect(await world.rows('SELECT count(*) FROM invitations UNION ALL SELECT count(*) FROM mails')).toEqual(before)
  })

  test('counts the seats that are left, in the order of the list', async () => {
    await seatType(2)
    const { rows } = await preview('a@x.example, b@x.example, c@x.example')
    expect(rows.map(({ outcome, seat }) => [outcome, seat?.number, seat?.limit])).toEqual([
      ['sends', 1, 2],
      ['sends', 2, 2],
      ['waits_for_seat', 0, 2],
    ])
  })

  test('of a table knows its roles, groups and seats, and names what it does not know', async () => {
    await call(owner, 'POST', '/groups', { name: 'Claims' })
    await call(owner, 'POST', '/roles', { name: 'Clerk', permissions: ['members.read'] })
    const text = [
      'email,name,role,groups,seat',
      'a@x.example,Άννα,clerk,claims,none',
      'b@x.example,Ben,pilot,,',
      'c@x.example,Cyd,,Crew,',
      'd@x.example,Dan,,,Box',
      'e@x.example,Eve,agent,,',
    ].join('\n')
    const { rows } = await preview(text, { source: 'csv' })
    expect(rows.map(({ outcome, role, groups, detail }) => ({ outcome, role, groups, detail }))).toMatchObject([
      { outcome: 'sends', role: 'Clerk', groups: ['Claims'] },
      { outcome: 'role_unknown', detail: 'pilot' },
      { outcome: 'group_unknown', detail: 'Crew' },
      { outcome: 'seat_unknown', detail: 'Box' },
      { outcome: 'role_unknown', detail: 'agent' },
    ])
  })

  test('blocks foreign domains where the rule says so, and waits for one that is still to be proved', async () => {
    await world.rows(
      `INSERT INTO security_policies (organisation_id, name, version, value, updated_at)
       VALUES ($1, 'joining', 1, '{"foreignDomains":"blocked"}', now())`,
      [organisationId],
    )
    for (const [name, state] of [
      ['halcyon.example', 'verified'],
      ['halcyon-maritime.example', 'waiting'],
    ])
      await world.rows(
        `INSERT INTO domains (id, organisation_id, name, token, state, created_at, offer_ends_at, verified_at)
         VALUES (gen_random_uuid(), $1, $2, 't', $3, now(), now() + interval '7 days', now())`,
        [organisationId, name, state],
      )
    expect(outcomes(await preview('a@halcyon.example, b@halcyon-maritime.example, c@portagent.example'))).toEqual([
      'a@halcyon.example sends',
      'b@halcyon-maritime.example waits_for_domain',
      'c@portagent.example domain_blocked',
    ])
    await invite('b@halcyon-maritime.example')
    expect((await open()).map(({ state }) => state)).toEqual(['waits_for_domain'])
    await world.rows(`UPDATE domains SET state = 'verified' WHERE state = 'waiting'`)
    await world.clew.newCtx('test').transaction(async (tx) => tx.emit('invitations.due', { organisationId }))
    await world.settle()
    expect((await open()).map(({ state, sentCount }) => [state, sentCount])).toEqual([['sent', 1]])
  })
})

describe('inviting', () => {
  test('sends letters in the language that was chosen, and writes each into the audit log', async () => {
    const sent = await invite('a@x.example, b@x.example', { locale: 'el' })
    expect(sent.rows.every(({ link }) => link?.includes('/app/join#token='))).toBe(true)
    const mails = await world.rows('SELECT recipient, subject FROM mails ORDER BY recipient')
    expect(mails).toMatchObject([
      { recipient: 'a@x.example', subject: 'Πρόσκληση από Petros στον οργανισμό halcyon' },
      { recipient: 'b@x.example' },
    ])
    expect(await audit('user.invited')).toHaveLength(2)
    expect(JSON.stringify(await audit('user.invited'))).not.toContain('x.example')
  })

  test('needs the permission, and gives nothing that one may not do oneself', async () => {
    const member = await world.member(organisationId, 'member')
    expect((await call(member, 'POST', '/invitations', paste('a@x.example'))).body.code).toBe('permission.denied')
    expect((await call(member, 'POST', '/invitations/preview', paste('a@x.example'))).status).toBe(403)
    const admin = await world.member(organisationId, 'admin')
    const asOwner = paste('a@x.example', { role: { role: 'owner' } })
    expect((await call(admin, 'POST', '/invitations', asOwner)).body.code).toBe('role.owners_only')
    const rows = (await preview('email,role\na@x.example,owner', { source: 'csv' }, admin)).rows
    expect(rows[0]?.outcome).toBe('role_not_yours')
    expect(
      (await call(owner, 'POST', '/invitations', paste('a@x.example', { role: { role: 'agent' } }))).body.code,
    ).toBe('role.team_only')
    expect(await open()).toEqual([])
  })

  test("with another organisation's role, group or seat is refused as unknown", async () => {
    const elsewhere = await world.member(await world.organisation('kyma'))
    const group = (await call<{ id: string }>(elsewhere, 'POST', '/groups', { name: 'Theirs' })).body.id
    const seat = (await call<{ id: string }>(elsewhere, 'POST', '/seat-types', { name: 'Theirs', limit: 1 })).body.id
    const role = (
      await call<{ id: string }>(elsewhere, 'POST', '/roles', { name: 'Theirs', permissions: ['members.read'] })
    ).body.id
    const codes = []
    for (const more of [{ groupIds: [group] }, { seat }, { role: { role: 'custom', customRoleId: role } }])
      codes.push((await call(owner, 'POST', '/invitations', paste('a@x.example', more))).body.code)
    expect(codes).toEqual(['group.not_found', 'seat_type.not_found', 'role.not_found'])
  })

  test('the same address again sends a new letter; the old link stops working', async () => {
    const first = (await invite('a@x.example')).rows[0]?.link
    const second = (await invite('a@x.example')).rows[0]?.link
    expect(await open()).toHaveLength(1)
    expect((await accept(first)).body.code).toBe('invitation.revoked')
    expect((await accept(second)).status).toBe(201)
  })

  test('of two at once for the last seat one waits', async () => {
    await seatType(1)
    const both = await Promise.all([invite('a@x.example'), invite('b@x.example')])
    expect(both.map(({ rows }) => String(rows[0]?.outcome)).sort((a, b) => a.localeCompare(b))).toEqual([
      'sends',
      'waits_for_seat',
    ])
  })

  test('two people inviting the same address at once leave one invitation', async () => {
    const admin = await world.member(organisationId, 'admin')
    await Promise.all([invite('a@x.example'), invite('a@x.example', {}, admin)])
    expect(await open()).toHaveLength(1)
  })

  test('5,000 from a table in one go', async () => {
    const rows = Array.from({ length: 5_000 }, (_, i) => `p${i}@x.example,Person ${i}`)
    const sent = await invite(['email,name', ...rows].join('\n'), { source: 'csv' })
    expect(sent).toMatchObject({ sends: 5_000, refused: 0 })
    expect(await world.rows('SELECT count(*)::int AS n FROM mails')).toEqual([{ n: 5_000 }])
  }, 120_000)
})

describe('accepting', () => {
  test('brings the role, the groups, the seat, the language and the end with it', async () => {
    const group = (await call<{ id: string }>(owner, 'POST', '/groups', { name: 'Claims' })).body.id
    const role = (await call<{ id: string }>(owner, 'POST', '/roles', { name: 'Clerk', permissions: ['members.read'] }))
      .body.id
    const seat = await seatType(5)
    const memberExpiresAt = '2026-12-24T08:00:00.000Z'
    const sent = await invite('d@x.example', {
      role: { role: 'custom', customRoleId: role },
      groupIds: [group],
      seat,
      memberExpiresAt,
      locale: 'el',
    })
    expect((await accept(sent.rows[0]?.link, 'Dora')).body.member.role).toBe('custom')
    const [row] = await world.rows(
      `SELECT name, custom_role_id, seat_type_id, locale, source, expires_at::text,
              (SELECT group_id FROM group_members WHERE member_id = members.id) AS group_id
         FROM members WHERE email = 'd@x.example'`,
    )
    expect(row).toMatchObject({
      name: 'Dora',
      custom_role_id: role,
      seat_type_id: seat,
      group_id: group,
      locale: 'el',
      source: 'invited',
    })
    expect(new Date(String(row?.['expires_at'])).toISOString()).toBe(memberExpiresAt)
    expect(await audit('user.joined')).toHaveLength(1)
    expect(await open()).toEqual([])
  })

  test('says why a link works no more', async () => {
    const [used, revoked, expired] = (await invite('a@x.example, b@x.example, c@x.example')).rows.map(
      ({ link }) => link,
    )
    await accept(used)
    const toRevoke = (await open()).find(({ email }) => email === 'b@x.example')
    await call(owner, 'DELETE', `/invitations/${toRevoke?.id}`)
    expect((await accept(used)).body.code).toBe('invitation.used')
    expect((await accept(revoked)).body.code).toBe('invitation.revoked')
    world.clock.advance(7 * 86_400_000 + 1)
    expect((await accept(expired)).body.code).toBe('invitation.expired')
    expect((await accept(`#token=${'x'.repeat(43)}`)).body.code).toBe('invitation.invalid')
  })

  test('for an address that is a member already, or whose access was stopped, is refused with the reason', async () => {
    const [first, second] = (await invite('a@x.example, b@x.example')).rows.map(({ link }) => link)
    await world.rows(
      `INSERT INTO members (id, organisation_id, email, name, role, created_at, deactivated_at, deactivated_via)
       VALUES (gen_random_uuid(), $1, 'a@x.example', 'A', 'member', now(), NULL, NULL),
              (gen_random_uuid(), $1, 'b@x.example', 'B', 'member', now(), now(), 'console')`,
      [organisationId],
    )
    expect((await accept(first)).body.code).toBe('invitation.address_taken')
    expect((await accept(second)).body.code).toBe('invitation.member_deactivated')
  })

  test('twice at once makes one member', async () => {
    const link = (await invite('a@x.example')).rows[0]?.link
    const both = await Promise.all([accept(link, 'One'), accept(link, 'Two')])
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 410])
    expect(await world.rows(`SELECT count(*)::int AS n FROM members WHERE email = 'a@x.example'`)).toEqual([{ n: 1 }])
  })
})

describe('open invitations', () => {
  test('are sent again with a new link and a new week', async () => {
    const first = (await invite('a@x.example')).rows[0]?.link
    world.clock.advance(8 * 86_400_000)
    const [expired] = await open(await again())
    expect(expired?.state).toBe('expired')
    const sent = await call<{ link: string; invitation: { state: string; sentCount: number } }>(
      await again(),
      'POST',
      `/invitations/${expired?.id}/resend`,
      {},
    )
    expect(sent.body.invitation).toMatchObject({ state: 'sent', sentCount: 2 })
    expect((await accept(first)).body.code).toBe('invitation.invalid')
    expect((await accept(sent.body.link)).status).toBe(201)
  })

  test('of another organisation do not exist', async () => {
    await invite('a@x.example')
    const elsewhere = await world.member(await world.organisation('kyma'))
    const [invitation] = await open()
    expect(await open(elsewhere)).toEqual([])
    expect((await call(elsewhere, 'DELETE', `/invitations/${invitation?.id}`)).body.code).toBe('invitation.not_found')
    expect((await call(elsewhere, 'POST', `/invitations/${invitation?.id}/resend`, {})).status).toBe(404)
  })

  test('taken back twice: the second time there is none', async () => {
    await invite('a@x.example')
    const [invitation] = await open()
    expect((await call(owner, 'DELETE', `/invitations/${invitation?.id}`)).status).toBe(204)
    expect((await call(owner, 'DELETE', `/invitations/${invitation?.id}`)).status).toBe(404)
    expect(await audit('user.invitation_revoked')).toHaveLength(1)
  })

  test('that wait for a seat go out by themselves when one is free, first come first served', async () => {
    const seat = await seatType(1)
    await invite('a@x.example, b@x.example, c@x.example')
    const states = async () =>
      (await open()).map(({ email, state }) => `${email} ${state}`).toSorted((a, b) => a.localeCompare(b))
    expect(await states()).toEqual(['a@x.example sent', 'b@x.example waits_for_seat', 'c@x.example waits_for_seat'])
    const first = (await open()).find(({ email }) => email === 'a@x.example')
    await call(owner, 'DELETE', `/invitations/${first?.id}`)
    await world.settle()
    expect(await states()).toEqual(['b@x.example sent', 'c@x.example waits_for_seat'])
    await call(owner, 'PUT', `/seat-types/${seat}`, { name: 'Full', limit: 2, isDefault: true })
    await world.settle()
    expect(await states()).toEqual(['b@x.example sent', 'c@x.example sent'])
  })
})

/** The session of the owner ran out meanwhile. */
const again = async () => world.member(organisationId, 'owner')

describe('an invitation that runs out', () => {
  const look = () =>
    world.clew.house.jobs
      .find(({ name }) => name === 'organisations.note_run_out')
      ?.run(world.clew.newCtx('organisations.note_run_out'), {} as never)
  const told = async () =>
    (await audit('user.invitation_expired')).map(
      ({ body }) => (JSON.parse(String(body)) as { targets: object[] }).targets,
    )
  const week = 7 * 86_400_000

  test('is in the audit log once, and again only after a new letter has run out too', async () => {
    await invite('one@x.example, two@x.example, gone@x.example, here@x.example')
    const all = new Map((await open()).map((each) => [each.email, each.id]))
    await call(owner, 'DELETE', `/invitations/${all.get('gone@x.example')}`)
    const { link } = (
      await call<{ link: string }>(owner, 'POST', `/invitations/${all.get('here@x.example')}/resend`, {})
    ).body
    expect((await accept(link)).status).toBe(201)
    await look()
    expect(await told()).toEqual([])
    world.clock.advance(week + 1)
    await Promise.all([look(), look()])
    expect(
      (await told())
        .flat()
        .map((target) => (target as { id: string }).id)
        .toSorted((a, b) => a.localeCompare(b)),
    ).toEqual([all.get('one@x.example') ?? '', all.get('two@x.example') ?? ''].toSorted((a, b) => a.localeCompare(b)))
    await call(await again(), 'POST', `/invitations/${all.get('one@x.example')}/resend`, {})
    await look()
    expect(await told()).toHaveLength(2)
    world.clock.advance(week + 1)
    await look()
    expect(await told()).toHaveLength(3)
  })

  test('is told to the organisation that invited, and to no other', async () => {
    const other = await world.member(await world.organisation('kyma'))
    await invite('one@x.example', {}, other)
    world.clock.advance(week + 1)
    await look()
    const rows = await world.rows(`SELECT organisation_id FROM audit_events WHERE action = 'user.invitation_expired'`)
    expect(rows).toEqual([{ organisation_id: other.organisationId }])
  })
})
