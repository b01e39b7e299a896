import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { ConversationSnapshot } from '@clew/contract/conversations'
import type { EventList, RealtimeChange } from '@clew/contract/realtime'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { assignConversation } from '../domains/conversations/use-cases/assign-conversation.ts'
import { sendAgentMessage } from '../domains/conversations/use-cases/send-agent-message.ts'
import { createWorld, type World } from '../testkit/world.ts'
import { pruneEvents } from './event-log.repository.ts'

type Frame = { event: string; id: string | undefined; data: unknown }
type Contact = Awaited<ReturnType<World['contact']>>

let world: World
let base: string
let ann: Contact
let conversationId: string
const open: AbortController[] = []

beforeEach(async () => {
  world = await createWorld()
  await world.app.listen({ port: 0, host: '127.0.0.1' })
  base = `http://127.0.0.1:${(world.app.server.address() as AddressInfo).port}/api/v1`
  ann = await world.contact()
  conversationId = await start(ann, 'first words of ann')
  await world.settle()
})
afterEach(async () => {
  for (const each of open.splice(0)) each.abort()
  await world.close()
})

const start = async (who: Contact, body: string): Promise<string> => {
  const payload = { clientConversationId: randomUUID(), clientMessageId: randomUUID(), body, locale: 'en' }
  const answer = await world.app.inject({
    method: 'POST',
    url: '/api/v1/widget/conversations',
    headers: who.headers,
    payload,
  })
  return answer.json<{ conversation: { id: string } }>().conversation.id
}
const send = (body: string, who = ann, to = conversationId) =>
  world.app.inject({
    method: 'POST',
    url: `/api/v1/widget/conversations/${to}/messages`,
    headers: who.headers,
    payload: { clientMessageId: randomUUID(), body },
  })
const snapshot = async (): Promise<ConversationSnapshot> =>
  (await world.app.inject({ url: `/api/v1/widget/conversations/${conversationId}`, headers: ann.headers })).json()

/** Reads a stream until told to stop; `frames` grows. */
async function follow(who: { headers: Record<string, string> }, lastEventId?: string) {
  const abort = new AbortController()
  open.push(abort)
  const headers = { ...who.headers, ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) }
  const response = await fetch(`${base}/widget/stream`, { headers, signal: abort.signal })
  const frames: Frame[] = []
  const read = async (): Promise<void> => {
    let text = ''
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk as Uint8Array).toString()
      const parts = text.split('\n\n')
      text = parts.pop() ?? ''
      for (const part of parts) if (part.startsWith('event:')) frames.push(frameOf(part))
    }
  }
  read().catch(() => undefined)
  return { response, frames, bodies: () => frames.flatMap(bodyOf), close: () => abort.abort() }
}

const frameOf = (text: string): Frame => {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1]
  return { event: field('event') ?? '', id: field('id'), data: JSON.parse(field('data') ?? 'null') }
}
const bodyOf = ({ event, data }: Frame): string[] => (event === 'change' ? wordsOf(data as RealtimeChange) : [])
const wordsOf = (change: RealtimeChange): string[] =>
  change.type === 'message' && change.message.author.type === 'contact' ? [change.message.body] : []

test('a stream from a snapshot misses nothing and tells each message once', async () => {
  const { position } = await snapshot()
  await send('between snapshot and stream')
  const stream = await follow(ann, position)
  await send('live one')
  await send('live two')
  await expect.poll(stream.bodies).toEqual(['between snapshot and stream', 'live one', 'live two'])
})

test('a client that was away catches up exactly from where it was', async () => {
  const first = await follow(ann, (await snapshot()).position)
  await send('seen')
  await expect.poll(first.bodies).toEqual(['seen'])
  const last = first.frames.at(-1)?.id
  first.close()
  for (let i = 0; i < 5; i += 1) await send(`missed ${i}`)
  const second = await follow(ann, last)
  await expect.poll(second.bodies).toEqual([0, 1, 2, 3, 4].map((i) => `missed ${i}`))
})

test('a client that only polls converges on the same', async () => {
  let { position } = await snapshot()
  const bodies: string[] = []
  for (let i = 0; i < 3; i += 1) {
    await send(`poll ${i}`)
    await world.settle()
    const list: EventList = (
      await world.app.inject({ url: `/api/v1/widget/events?after=${position}&limit=2`, headers: ann.headers })
    ).json()
    bodies.push(...list.events.flatMap(({ change }) => wordsOf(change)))
    position = list.position
  }
  for (let more = true; more; ) {
    const list: EventList = (
      await world.app.inject({ url: `/api/v1/widget/events?after=${position}`, headers: ann.headers })
    ).json()
    bodies.push(...list.events.flatMap(({ change }) => wordsOf(change)))
    more = list.hasMore
    position = list.position
  }
  expect(bodies).toEqual(['poll 0', 'poll 1', 'poll 2'])
})

test("nothing of another contact, no note and no internal activity is on a contact's stream", async () => {
  const { position } = await snapshot()
  const stream = await follow(ann, position)
  const ben = await world.contact()
  await start(ben, 'secret of ben')
  const agent = await world.agent('Maria')
  await sendAgentMessage(agent.ctx, conversationId as never, {
    clientMessageId: randomUUID(),
    body: 'a note about ann',
    kind: 'note',
    fileIds: [],
  })
  await assignConversation(agent.ctx, conversationId as never, agent.id)
  await sendAgentMessage(agent.ctx, conversationId as never, {
    clientMessageId: randomUUID(),
    body: 'hello ann',
    kind: 'message',
    fileIds: [],
  })
  await expect.poll(() => JSON.stringify(stream.frames)).toContain('hello ann')
  const heard = JSON.stringify(stream.frames)
  expect(heard).not.toContain('secret of ben')
  expect(heard).not.toContain('a note about ann')
  expect(heard).not.toContain('"type":"assigned"')
})

test.each(['nonsense', '1-2', "1-1-1'; DROP TABLE events; --"])(
  'the forged position %j is refused',
  async (position) => {
    const stream = await follow(ann, position)
    expect(stream.response.status).toBe(400)
    expect(stream.response.headers.get('content-type')).toContain('application/problem+json')
  },
)

test.each([
  ['from the future', () => `${world.prepared.epoch}-18446744073709551615-1`],
  ['of a later epoch', () => `${world.prepared.epoch + 1}-1-1`],
  ['of an earlier epoch', () => `${world.prepared.epoch - 1}-1-1`],
])('a position %s makes the client read everything again', async (_what, position) => {
  const stream = await follow(ann, position())
  await expect.poll(() => stream.frames.map(({ event }) => event)).toEqual(['resync'])
  const list: EventList = (
    await world.app.inject({ url: `/api/v1/widget/events?after=${position()}`, headers: ann.headers })
  ).json()
  expect(list.resync).toBe(true)
})

test('a position from before the log was pruned makes the client read everything again', async () => {
  const { position } = await snapshot()
  await send('old')
  await world.settle()
  const pruned = await world.clew
    .newCtx('test')
    .transaction((tx) => pruneEvents(tx, new Date(world.clock.now().getTime() + 1)))
  expect(pruned).toBeGreaterThan(0)
  const list: EventList = (
    await world.app.inject({ url: `/api/v1/widget/events?after=${position}`, headers: ann.headers })
  ).json()
  expect(list.resync).toBe(true)
})

test('without a token there is no stream', async () => {
  const stream = await follow({ headers: {} })
  expect(stream.response.status).toBe(401)
})
