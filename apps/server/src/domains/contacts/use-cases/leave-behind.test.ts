import { randomUUID } from 'node:crypto'
import type { CreatedIdentityKey } from '@clew/contract/identity'
import type { OrganisationCaseList } from '@clew/contract/organisation-cases'
import type { ContactId, OrganisationId } from '@clew/contract/primitives'
import type { EventList } from '@clew/contract/realtime'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStream } from '../../../testkit/event-streams.ts'
import { keptIn } from '../../../testkit/kept.ts'
import { createWorld, type World } from '../../../testkit/world.ts'

const audience = 'https://help.northlight.example'
let world: World
let secret: Buffer
beforeAll(async () => {
  world = await createWorld({ config: { baseUrl: audience } })
  const team = await world.member(await world.supportTeam(), 'owner')
  const key = await world.app.inject({
    method: 'POST',
    url: '/api/v1/identity-keys',
    headers: team.headers,
    payload: { algorithm: 'HS256', name: 'Web app' },
  })
  secret = Buffer.from(key.json<CreatedIdentityKey>().secret ?? '')
})
afterAll(() => world.close())

type Session = { token: string; contactId: ContactId }

/** The host page says who it is; with the token of a visitor, that it is the same person. */
async function proved(
  sub: string,
  email: string | undefined,
  { visitor, workspace }: { visitor?: string; workspace?: string } = {},
): Promise<Session> {
  const now = Math.floor(world.clock.now().getTime() / 1000)
  const identity = await new SignJWT({
    jti: randomUUID(),
    ...(email === undefined ? {} : { email }),
    ...(workspace === undefined ? {} : { workspace }),
  })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .setAudience(audience)
    .setExpirationTime(now + 600)
    .sign(secret)
  const answer = await world.app.inject({
    method: 'POST',
    url: '/api/v1/widget/identity',
    payload: { identity },
    headers: visitor === undefined ? {} : { authorization: `Bearer ${visitor}` },
  })
  expect(answer.statusCode, answer.body).toBe(201)
  await world.settle()
  return answer.json<Session>()
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

async function ask(token: string, body: string): Promise<void> {
  const answer = await world.app.inject({
    method: 'POST',
    url: '/api/v1/widget/conversations',
    headers: bearer(token),
    payload: { clientConversationId: randomUUID(), clientMessageId: randomUUID(), body, locale: 'en' },
  })
  expect(answer.statusCode, answer.body).toBe(201)
  await world.settle()
}

const inBubble = async ({ token }: Session): Promise<string[]> => {
  const answer = await world.app.inject({ url: '/api/v1/widget/conversations', headers: bearer(token) })
  return answer.json<{ conversations: { subject: string }[] }>().conversations.map(({ subject }) => subject)
}

type Company = { id: OrganisationId; domain: string; owner: Awaited<ReturnType<World['member']>> }

async function company(): Promise<Company> {
  const id = await world.organisation()
  const domain = `own-${randomUUID()}.example`
  await world.rows(
    `INSERT INTO domains (id, organisation_id, name, token, state, created_at, offer_ends_at, verified_at)
     VALUES ($1, $2, $3, 'clew=x', 'verified', now(), now(), now())`,
    [randomUUID(), id, domain],
  )
  return { id, domain, owner: await world.member(id, 'owner') }
}

const casesOf = async ({ owner }: Company) => {
  const answer = await world.app.inject({ url: '/api/v1/console/cases?state=all', headers: owner.headers })
  return answer.json<OrganisationCaseList>().cases.map(({ subject, contact }) => [subject, contact.email])
}

const emit = (name: 'member.joined' | 'domain.verified', payload: never) =>
  world.clew.newCtx('test').transaction(async (tx) => tx.emit(name, payload))

/** What an open bubble hears from some time on: the conversations that are gone for it. */
const goneFor = async (prefix: string, headers: Record<string, string>, after: string): Promise<string[]> => {
  const answer = await world.app.inject({ url: `/api/v1${prefix}/events?after=${after}`, headers })
  expect(answer.statusCode, answer.body).toBe(200)
  const { events } = answer.json<EventList>()
  return events.flatMap(({ change }) => (change.type === 'erased' ? [change.conversationId] : []))
}
const listed = async (prefix: string, headers: Record<string, string>) =>
  (await world.app.inject({ url: `/api/v1${prefix}/conversations`, headers })).json<{
    position: string
    conversations: { id: string; subject: string }[]
  }>()

describe('a bubble that is open meanwhile', () => {
  test('hears that what was left is gone; the team, who still has it, hears nothing', async () => {
    const [old, next, sub] = [await company(), await company(), randomUUID()]
    const agent = await world.member(await world.supportTeam(), 'agent')
    const open = await proved(sub, `pia@${old.domain}`)
    await ask(open.token, 'Left there')
    const [mine, theirs] = [await listed('/widget', bearer(open.token)), await listed('', agent.headers)]
    const [{ id } = { id: '' }] = mine.conversations
    await proved(sub, `pia@${next.domain}`)
    expect(await goneFor('/widget', bearer(open.token), mine.position)).toEqual([id])
    expect(await goneFor('', agent.headers, theirs.position)).toEqual([])
    const still = await world.app.inject({ url: `/api/v1/conversations/${id}`, headers: agent.headers })
    expect(still.statusCode).toBe(200)
    expect(await inBubble(open)).toEqual([])
  })

  test('hears it on its stream at once, where the team’s hears nothing of it', async () => {
    const [old, next, sub] = [await company(), await company(), randomUUID()]
    const agent = await world.member(await world.supportTeam(), 'agent')
    const open = await proved(sub, `lia@${old.domain}`)
    await ask(open.token, 'Left there too')
    const { conversations } = await listed('/widget', bearer(open.token))
    const gone = `data: {"type":"erased","conversationId":"${conversations[0]?.id}"}`
    const mine = await openStream(world.app, '/widget/stream', bearer(open.token))
    const theirs = await openStream(world.app, '/stream', agent.headers)
    for (const stream of [mine, theirs]) await expect.poll(() => stream.text()).toContain('event: ready')
    await proved(sub, `lia@${next.domain}`)
    await expect.poll(() => mine.text()).toContain(gone)
    await ask(open.token, 'Asked afterwards')
    await expect.poll(() => theirs.text()).toContain('Asked afterwards')
    expect(theirs.text()).not.toContain(gone)
    for (const stream of [mine, theirs]) stream.close()
  })

  test('and is told again of what is found on coming back', async () => {
    const [old, next, sub] = [await company(), await company(), randomUUID()]
    await ask((await proved(sub, `rea@${old.domain}`)).token, 'Once')
    const open = await proved(sub, `rea@${next.domain}`)
    const { position } = await listed('/widget', bearer(open.token))
    await proved(sub, `rea@${old.domain}`)
    const answer = await world.app.inject({
      url: `/api/v1/widget/events?after=${position}`,
      headers: bearer(open.token),
    })
    const shown = answer
      .json<EventList>()
      .events.flatMap(({ change }) => (change.type === 'conversation' ? [change.conversation.subject] : []))
    expect(shown).toContain('Once')
  })
})

describe('a member of two organisations', () => {
  test('counts to the one that their signed identity names, and to neither without that', async () => {
    const [a, b] = [await company(), await company()]
    const [row] = await world.rows('SELECT email FROM members WHERE id = $1', [a.owner.id])
    const email = String(row?.['email'])
    const both = await world.member(b.id, 'member')
    await world.rows('UPDATE members SET email = $2 WHERE id = $1', [both.id, email])
    const [organisation] = await world.rows('SELECT slug FROM organisations WHERE id = $1', [b.id])
    const as = async (workspace: string | undefined, body: string) =>
      ask((await proved(randomUUID(), email, workspace === undefined ? {} : { workspace })).token, body)
    await as(a.id, 'In the first')
    await as(String(organisation?.['slug']), 'In the second')
    await as(undefined, 'In neither')
    await as((await company()).id, 'In one that they are not of')
    expect(await casesOf(a)).toEqual([['In the first', email]])
    expect(await casesOf(b)).toEqual([['In the second', email]])
  })

  test('who goes over to the other by what is signed leaves behind what they asked at the first', async () => {
    const [a, b, sub] = [await company(), await company(), randomUUID()]
    const [row] = await world.rows('SELECT email FROM members WHERE id = $1', [a.owner.id])
    const email = String(row?.['email'])
    const both = await world.member(b.id, 'member')
    await world.rows('UPDATE members SET email = $2 WHERE id = $1', [both.id, email])
    await ask((await proved(sub, email, { workspace: a.id })).token, 'Here')
    const there = await proved(sub, email, { workspace: b.id })
    await ask(there.token, 'There')
    expect([await casesOf(a), await casesOf(b)]).toEqual([[['Here', email]], [['There', email]]])
    expect(await inBubble(there)).toEqual(['There'])
  })
})

describe('somebody who takes a job elsewhere', () => {
  test('leaves what they asked with the old organisation, under the address of then', async () => {
    const [old, next, sub] = [await company(), await company(), randomUUID()]
    const [before, after] = [`ada@${old.domain}`, `ada@${next.domain}`]
    await ask((await proved(sub, before)).token, 'At the old desk')
    const session = await proved(sub, after)
    await ask(session.token, 'At the new desk')
    expect(await casesOf(old)).toEqual([['At the old desk', before]])
    expect(await casesOf(next)).toEqual([['At the new desk', after]])
    expect(await inBubble(session)).toEqual(['At the new desk'])
  })

  test('what they said as a visitor just before they were known belongs to the new one', async () => {
    const [old, next, sub] = [await company(), await company(), randomUUID()]
    await ask((await proved(sub, `eva@${old.domain}`)).token, 'Then')
    const visitor = await world.contact()
    await ask(visitor.token, 'Just now')
    await proved(sub, `eva@${next.domain}`, { visitor: visitor.token })
    expect(await casesOf(old)).toEqual([['Then', `eva@${old.domain}`]])
    expect(await casesOf(next)).toEqual([['Just now', `eva@${next.domain}`]])
  })

  test('finds again what they left, once they are back', async () => {
    const [old, next, sub] = [await company(), await company(), randomUUID()]
    await ask((await proved(sub, `kim@${old.domain}`)).token, 'First')
    world.clock.advance(1000)
    await ask((await proved(sub, `kim@${next.domain}`)).token, 'Second')
    const back = await proved(sub, `kim@${old.domain}`)
    await ask(back.token, 'Third')
    // The latest stands first.
    expect(await inBubble(back)).toEqual(['Third', 'First'])
    expect((await casesOf(old)).map(([subject]) => subject)).toEqual(['Third', 'First'])
    expect(await casesOf(next)).toEqual([['Second', `kim@${next.domain}`]])
  })

  test('who has asked nothing leaves nothing', async () => {
    const [old, next, sub] = [await company(), await company(), randomUUID()]
    await proved(sub, `leo@${old.domain}`)
    const { contactId } = await proved(sub, `leo@${next.domain}`)
    expect(await world.rows('SELECT 1 FROM contacts WHERE left_by = $1', [contactId])).toEqual([])
  })

  test('coming in twice at once leaves it behind once', async () => {
    const [old, next, sub] = [await company(), await company(), randomUUID()]
    const { token, contactId } = await proved(sub, `zoe@${old.domain}`)
    await ask(token, 'Only once')
    await Promise.all([proved(sub, `zoe@${next.domain}`), proved(sub, `zoe@${next.domain}`)])
    expect(await world.rows('SELECT organisation_id FROM contacts WHERE left_by = $1', [contactId])).toEqual([
      { organisation_id: old.id },
    ])
    expect(await casesOf(old)).toHaveLength(1)
    expect(await casesOf(next)).toEqual([])
  })

  test('and is erased there without anything of the old organisation', async () => {
    const [old, next, sub] = [await company(), await company(), randomUUID()]
    await ask((await proved(sub, `noa@${old.domain}`)).token, 'Stays')
    const address = `noa@${next.domain}`
    await ask((await proved(sub, address)).token, 'Goes')
    const { api } = await keptIn(world).signedIn(next.id)
    const erased = await api('POST', '/erasures', { address, confirm: `erase ${address}` })
    expect(erased.status, JSON.stringify(erased.body)).toBeLessThan(300)
    expect(await casesOf(next)).toEqual([])
    expect(await casesOf(old)).toEqual([['Stays', `noa@${old.domain}`]])
  })
})

test('who is counted to nobody any more leaves what they asked with their organisation', async () => {
  const [old, sub] = [await company(), randomUUID()]
  await ask((await proved(sub, `max@${old.domain}`)).token, 'While I was here')
  const session = await proved(sub, 'max@private.example')
  await ask(session.token, 'For myself')
  expect(await casesOf(old)).toEqual([['While I was here', `max@${old.domain}`]])
  expect(await inBubble(session)).toEqual(['For myself'])
})

test('a consultant who becomes a member elsewhere with the same address takes nothing along', async () => {
  const [first, second, sub] = [await company(), await company(), randomUUID()]
  const address = `consultant-${randomUUID()}@advice.example`
  const member = await world.member(first.id, 'member')
  await world.rows('UPDATE members SET email = $2 WHERE id = $1', [member.id, address])
  await ask((await proved(sub, address)).token, 'For the first')
  const other = await world.member(second.id, 'member')
  await world.rows('UPDATE members SET removed_at = now() WHERE id = $1', [member.id])
  await world.rows('UPDATE members SET email = $2 WHERE id = $1', [other.id, address])
  await emit('member.joined', { organisationId: second.id, memberId: other.id } as never)
  await world.settle()
  expect(await casesOf(first)).toEqual([['For the first', address]])
  expect(await casesOf(second)).toEqual([])
})

describe('a domain that goes from one organisation to another', () => {
  const given = async (withCases: boolean) => {
    const [old, next, sub] = [await company(), await company(), randomUUID()]
    const address = `ida@${old.domain}`
    await ask((await proved(sub, address)).token, 'Asked under the old one')
    await world.rows('UPDATE domains SET organisation_id = $1 WHERE name = $2', [next.id, old.domain])
    const claim = { organisationId: next.id, name: old.domain, coversSubdomains: false }
    await emit('domain.verified', (withCases ? { ...claim, withCases } : claim) as never)
    await world.settle()
    return { old, next, address }
  }

  test('leaves what was asked from it where it was', async () => {
    const { old, next, address } = await given(false)
    expect(await casesOf(old)).toEqual([['Asked under the old one', address]])
    expect(await casesOf(next)).toEqual([])
  })

  test('takes it along where that was decided', async () => {
    const { old, next, address } = await given(true)
    expect(await casesOf(old)).toEqual([])
    expect(await casesOf(next)).toEqual([['Asked under the old one', address]])
  })
})
