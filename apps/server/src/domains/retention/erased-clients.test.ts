import { randomUUID } from 'node:crypto'
import type { ContactId, OrganisationId } from '@clew/contract/primitives'
import type { EventList } from '@clew/contract/realtime'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStream } from '../../testkit/event-streams.ts'
import { keptIn } from '../../testkit/kept.ts'
import { createWorld, type World } from '../../testkit/world.ts'
import { forgetPerson } from './use-cases/forget-person.ts'

/** Whoever has read a conversation hears that it was deleted, however they follow, and however long they were away. */
let world: World
let team: OrganisationId
let agent: { headers: Record<string, string> }
let kept: ReturnType<typeof keptIn>
beforeAll(async () => {
  world = await createWorld()
  kept = keptIn(world)
  team = await world.supportTeam()
  agent = await world.member(team, 'admin')
})
afterAll(() => world.close())

type Headers = Record<string, string>

const positionOf = async (path: string, headers: Headers): Promise<string> =>
  (await world.app.inject({ url: `/api/v1${path}`, headers })).json<{ position: string }>().position

/** What is heard of it by polling, and by a stream that is taken up again. */
async function heard(prefix: string, headers: Headers, after: string) {
  const polled = await world.app.inject({ url: `/api/v1${prefix}/events?after=${after}`, headers })
  expect(polled.statusCode, polled.body).toBe(200)
  const erased = polled.json<EventList>().events.flatMap(({ change }) => (change.type === 'erased' ? [change] : []))
  const stream = await openStream(world.app, `${prefix}/stream`, { ...headers, 'last-event-id': after })
  const told = (id: string) => stream.text().includes(`data: {"type":"erased","conversationId":"${id}"}`)
  return { erased, told, close: stream.close }
}

async function writesAgain(headers: Headers): Promise<string> {
  const payload = {
    clientConversationId: randomUUID(),
    clientMessageId: randomUUID(),
    body: 'and another thing',
    locale: 'en',
  }
  const url = '/api/v1/widget/conversations'
  const answer = await world.app.inject({ method: 'POST', url, headers, payload })
  return answer.json<{ conversation: { id: string } }>().conversation.id
}

test('what its time was over for is told to the team and to its contact: by stream, by resuming, by polling', async () => {
  const a = await kept.company()
  const [ann, other] = [await kept.wrote(a, 'ann@a.example'), await kept.wrote(a, 'other@a.example')]
  const young = await writesAgain(ann.contact.headers)
  await kept.age(ann.id, 400)
  await kept.keep(a.id, 'conversation', 365)
  await world.settle()
  const followers = [
    { prefix: '', headers: agent.headers, list: '/conversations' },
    { prefix: '/widget', headers: ann.contact.headers, list: '/widget/conversations' },
  ]
  const open = await Promise.all(
    followers.map(async ({ prefix, headers, list }) => ({
      prefix,
      headers,
      from: await positionOf(list, headers),
      live: await openStream(world.app, `${prefix}/stream`, headers),
    })),
  )
  const stranger = await positionOf('/widget/conversations', other.contact.headers)
  await expect.poll(() => open.every(({ live }) => live.text().includes('event: ready'))).toBe(true)

  await kept.run(a)
  await world.settle()
  expect([await kept.isThere(ann.id), await kept.isThere(young)]).toEqual([false, true])
  for (const { prefix, headers, from, live } of open) {
    const again = await heard(prefix, headers, from)
    expect(again.erased).toEqual([{ type: 'erased', conversationId: ann.id }])
    await expect.poll(() => again.told(ann.id)).toBe(true)
    await expect.poll(() => live.text()).toContain(`data: {"type":"erased","conversationId":"${ann.id}"}`)
    again.close()
    live.close()
  }
  const elsewhere = await heard('/widget', other.contact.headers, stranger)
  expect(elsewhere.erased).toEqual([])
  elsewhere.close()
})

test('of somebody who was forgotten the team hears which conversations went, and the log says no more', async () => {
  const a = await kept.company()
  const bea = await kept.wrote(a, 'bea@a.example')
  const before = await positionOf('/conversations', agent.headers)
  const own = await positionOf('/widget/conversations', bea.contact.headers)
  const person = { proof: { address: bea.email }, contactIds: [bea.contact.id as ContactId] }
  await forgetPerson(kept.system(), person, world.clew.house.forgetting)
  await world.settle()

  const team = await heard('', agent.headers, before)
  expect(team.erased).toEqual([{ type: 'erased', conversationId: bea.id }])
  team.close()
  const rows = await world.rows(`SELECT contact_id, payload FROM events WHERE payload ->> 'conversationId' = $1`, [
    bea.id,
  ])
  expect(rows).toEqual([{ contact_id: null, payload: { conversationId: bea.id } }])
  // Who asks is known for some seconds.
  world.clock.advance(5000)
  const refused = await world.app.inject({
    url: `/api/v1/widget/events?after=${own}`,
    headers: bea.contact.headers,
  })
  expect(refused.statusCode).toBe(401)
})

test('what was told of a conversation is still told once its contact is forgotten too, and names nobody', async () => {
  const a = await kept.company()
  const cleo = await kept.wrote(a, 'cleo@a.example')
  const young = await writesAgain(cleo.contact.headers)
  await kept.age(cleo.id, 400)
  await kept.keep(a.id, 'conversation', 365)
  await world.settle()
  const before = await positionOf('/conversations', agent.headers)
  await kept.run(a)
  const person = { proof: { address: cleo.email }, contactIds: [cleo.contact.id as ContactId] }
  await forgetPerson(kept.system(), person, world.clew.house.forgetting)
  await world.settle()

  const team = await heard('', agent.headers, before)
  expect(team.erased.map(({ conversationId }) => conversationId)).toEqual([cleo.id, young])
  team.close()
  expect(await world.rows('SELECT 1 FROM events WHERE payload::text LIKE $1', [`%${cleo.contact.id}%`])).toEqual([])
})
