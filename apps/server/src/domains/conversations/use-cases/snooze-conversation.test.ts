import { randomUUID } from 'node:crypto'
import type { ConversationId } from '@clew/contract/primitives'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createCtx } from '../../../platform/ctx.ts'
import { createPeer, createWorld, type World } from '../../../testkit/world.ts'
import { handOverConversation } from './hand-over.ts'
import { informContact } from './inform-contact.ts'
import { listConversations, listOwnConversations } from './list-conversations.ts'
import { readConversation, readMessages } from './read-conversation.ts'
import { resolveConversation } from './resolve-conversation.ts'
import { sendAgentMessage } from './send-agent-message.ts'
import { sendContactMessage } from './send-contact-message.ts'
import { snoozeConversation, wakeConversation } from './snooze-conversation.ts'
import { startConversation } from './start-conversation.ts'
import { wakeDueConversations } from './wake-conversations.ts'

let world: World
let maria: Awaited<ReturnType<World['agent']>>
let nikos: Awaited<ReturnType<World['agent']>>
let ann: Awaited<ReturnType<World['contact']>>
let id: ConversationId
beforeAll(async () => {
  world = await createWorld()
  maria = await world.agent('Maria')
  nikos = await world.agent('Nikos')
})
afterAll(() => world.close())

const text = (body: string) => ({ clientMessageId: randomUUID(), body, fileIds: [] })
const opened = async (who: typeof ann) => {
  const input = { ...text('The upload stops'), clientConversationId: randomUUID(), locale: 'en' as const }
  const { started } = await startConversation(who.ctx, input)
  await handOverConversation(who.ctx, started.conversation.id, { reason: 'asked' })
  return started.conversation.id
}
beforeEach(async () => {
  ann = await world.contact()
  id = await opened(ann)
  await sendAgentMessage(maria.ctx, id, { ...text('We look into it'), kind: 'message' })
})

const hourMs = 3_600_000
const inMs = (ms: number) => new Date(world.clock.now().getTime() + ms)
const system = () => world.as({ type: 'system', job: 'conversations.wake_due' })
const until = async () =>
  (await world.rows('SELECT snoozed_until FROM conversations WHERE id = $1', [id]))[0]?.['snoozed_until']
const activities = async () =>
  (
    await world.rows(
      `SELECT content->'activity' AS said, internal FROM messages
        WHERE conversation_id = $1 AND content->'activity'->>'type' IN ('snoozed', 'woken') ORDER BY seq`,
      [id],
    )
  ).map(({ said, internal }) => ({ ...(said as object), internal }))
const woken = async () =>
  (
    await world.rows(
      `SELECT payload->>'by' AS by FROM events WHERE name = 'conversation.woken' AND payload->>'conversationId' = $1`,
      [id],
    )
  ).map(({ by }) => by)
const views = async () => {
  const shown: string[] = []
  for (const view of ['open', 'mine', 'unassigned', 'snoozed', 'resolved'] as const) {
    const { conversations } = await listConversations(maria.ctx, { view, limit: 100 })
    if (conversations.some((listed) => listed.id === id)) shown.push(view)
  }
  return shown
}

test('what is put off leaves what is to be done, and is back at its time', async () => {
  const before = (await listConversations(maria.ctx, { view: 'open', limit: 1 })).counts
  const at = inMs(hourMs)
  await snoozeConversation(nikos.ctx, id, at)
  expect(await views()).toEqual(['snoozed'])
  expect((await listConversations(maria.ctx, { view: 'open', limit: 1 })).counts).toMatchObject({
    open: before.open - 1,
    mine: before.mine - 1,
    snoozed: before.snoozed + 1,
  })
  expect(await readConversation(maria.ctx, id)).toMatchObject({
    status: 'open',
    snoozed: { until: at.toISOString(), by: { id: nikos.id, name: 'Nikos' } },
  })

  world.clock.advance(hourMs - 1)
  await wakeDueConversations(system())
  expect(await views()).toEqual(['snoozed'])
  world.clock.advance(1)
  await wakeDueConversations(system())
  expect(await views()).toEqual(['open', 'mine'])
  const snoozed = { until: at.toISOString(), by: { id: nikos.id, name: 'Nikos' } }
  expect(await activities()).toEqual([
    { type: 'snoozed', until: at.toISOString(), byName: 'Nikos', internal: true },
    { type: 'woken', snoozed, internal: true },
  ])
  expect(await woken()).toEqual(['time'])
})

test('two processes that find it due wake it once', async () => {
  const peer = await createPeer(world)
  try {
    await snoozeConversation(maria.ctx, id, inMs(hourMs))
    world.clock.advance(hourMs)
    const { clock } = world
    const theirs = createCtx(peer.database, {
      actor: { type: 'system', job: 'conversations.wake_due' },
      locale: 'en',
      clock,
      requestId: 'test',
      organisationId: undefined,
    })
    await Promise.all([system(), theirs, system(), theirs].map(wakeDueConversations))
    expect(await woken()).toEqual(['time'])
    expect(await activities()).toHaveLength(2)
  } finally {
    await peer.stop()
  }
})

test('asked for again it changes nothing; another time takes its place', async () => {
  const at = inMs(hourMs)
  await Promise.all([snoozeConversation(maria.ctx, id, at), snoozeConversation(nikos.ctx, id, at)])
  expect(await activities()).toHaveLength(1)
  await snoozeConversation(maria.ctx, id, inMs(2 * hourMs))
  expect(await until()).toEqual(inMs(2 * hourMs))
  await Promise.all([wakeConversation(maria.ctx, id), wakeConversation(nikos.ctx, id)])
  expect(await until()).toBeNull()
  expect(await woken()).toEqual(['agent'])
})

test('what cannot be put off says why, and stays as it is', async () => {
  for (const ms of [-hourMs, 49_999, 367 * 24 * hourMs])
    await expect(snoozeConversation(maria.ctx, id, inMs(ms))).rejects.toThrow('conversation.snooze_time')
  await resolveConversation(maria.ctx, id)
  await expect(snoozeConversation(maria.ctx, id, inMs(hourMs))).rejects.toThrow('conversation.resolved')
  const input = { ...text('thanks'), clientConversationId: randomUUID(), locale: 'en' as const }
  const { started } = await startConversation(ann.ctx, input)
  await expect(snoozeConversation(maria.ctx, started.conversation.id, inMs(hourMs))).rejects.toThrow(
    'conversation.with_assistant',
  )
  await expect(snoozeConversation(ann.ctx, id, inMs(hourMs))).rejects.toThrow('permission.denied')
  await expect(wakeConversation(ann.ctx, id)).rejects.toThrow('permission.denied')
  await expect(wakeDueConversations(maria.ctx)).rejects.toThrow('permission.denied')
  expect(await activities()).toEqual([])
})

test.each([
  ['the contact writes', 'contact', () => sendContactMessage(ann.ctx, id, text('Still broken'))],
  ['an agent replies', 'agent', () => sendAgentMessage(nikos.ctx, id, { ...text('Try now'), kind: 'message' })],
  ['an agent resolves it', 'agent', () => resolveConversation(nikos.ctx, id)],
] as const)('it is awake at once when %s, and the job finds nothing to do', async (_what, by, act) => {
  await snoozeConversation(maria.ctx, id, inMs(hourMs))
  await act()
  expect(await until()).toBeNull()
  world.clock.advance(hourMs)
  await wakeDueConversations(system())
  expect(await woken()).toEqual([by])
})

test('a note leaves it asleep', async () => {
  await snoozeConversation(maria.ctx, id, inMs(hourMs))
  await sendAgentMessage(nikos.ctx, id, { ...text('Only for us'), kind: 'note' })
  expect(await views()).toEqual(['snoozed'])
})

test('neither the contact nor what they are told shows anything of it', async () => {
  await world.settle()
  const { position } = await listOwnConversations(ann.ctx)
  await snoozeConversation(maria.ctx, id, inMs(hourMs))
  await system().transaction((tx) => informContact(tx, id, 'We are still looking'))
  await snoozeConversation(maria.ctx, id, inMs(2 * hourMs))
  await wakeConversation(maria.ctx, id)
  await snoozeConversation(maria.ctx, id, inMs(hourMs))
  await world.settle()
  const fed = await world.app.inject({ url: `/api/v1/widget/events?after=${position}`, headers: ann.headers })
  const file = await world.app.inject({ url: `/api/v1/widget/conversations/${id}`, headers: ann.headers })
  const theirs = JSON.stringify([
    await readConversation(ann.ctx, id),
    await readMessages(ann.ctx, id, { after: 0, limit: 100 }),
    await listOwnConversations(ann.ctx),
    file.json(),
    fed.json(),
  ])
  expect(file.body).toContain('We are still looking')
  expect(fed.body).toContain('We are still looking')
  expect(theirs).not.toMatch(/snooz|woken/)
  expect(JSON.stringify(await readMessages(maria.ctx, id, { after: 0, limit: 100 }))).toMatch(/snoozed/)
})

test('the view of what sleeps is in the order of waking, page by page', async () => {
  const slept: string[] = []
  for (const hours of [5, 3, 4]) {
    id = await opened(await world.contact())
    await snoozeConversation(maria.ctx, id, inMs(hours * hourMs))
    slept.push(id)
  }
  const seen: string[] = []
  for (let cursor: string | undefined, more = true; more; ) {
    const page = await listConversations(maria.ctx, {
      view: 'snoozed',
      limit: 1,
      ...(cursor === undefined ? {} : { cursor }),
    })
    seen.push(...page.conversations.map((each) => each.id))
    cursor = page.nextCursor
    more = cursor !== undefined
  }
  const [five, three, four] = slept
  expect(seen.filter((each) => slept.includes(each))).toEqual([three, four, five])
})
