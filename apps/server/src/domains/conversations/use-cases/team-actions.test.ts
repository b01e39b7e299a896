import { randomUUID } from 'node:crypto'
import { belongsTo } from '@clew/client/inbox-state'
import { InboxView } from '@clew/contract/conversations'
import type { AgentId, ConversationId } from '@clew/contract/primitives'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createWorld, type World } from '../../../testkit/world.ts'
import { assignConversation, takeOverConversation } from './assign-conversation.ts'
import { callAssistantBack } from './call-assistant-back.ts'
import { handOverConversation } from './hand-over.ts'
import { listConversations } from './list-conversations.ts'
import { readConversation } from './read-conversation.ts'
import { reopenConversation, resolveConversation } from './resolve-conversation.ts'
import { sendAgentMessage } from './send-agent-message.ts'
import { snoozeConversation, wakeConversation } from './snooze-conversation.ts'
import { startConversation } from './start-conversation.ts'

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
beforeEach(async () => {
  ann = await world.contact()
  const opening = {
    clientConversationId: randomUUID(),
    clientMessageId: randomUUID(),
    body: 'thanks',
    fileIds: [],
    locale: 'en' as const,
  }
  id = (await startConversation(ann.ctx, opening)).started.conversation.id
  await world.settle()
})

const row = async () =>
  (
    await world.rows(
      'SELECT status, handling, assignee_name, waiting_since, last_seq FROM conversations WHERE id = $1',
      [id],
    )
  )[0]
const activities = async () =>
  (
    await world.rows(
      `SELECT content->'activity'->>'type' AS type FROM messages WHERE conversation_id = $1 AND kind = 'activity' ORDER BY seq`,
      [id],
    )
  ).map(({ type }) => type)
const events = async () =>
  (await world.rows(`SELECT name FROM events WHERE payload->>'conversationId' = $1 ORDER BY id`, [id])).map(
    ({ name }) => name,
  )
const reply = (who: typeof maria, kind: 'message' | 'note' = 'message') =>
  sendAgentMessage(who.ctx, id, { clientMessageId: randomUUID(), body: 'text', kind, fileIds: [] })

test('a client that follows a view by its rule shows what the server lists in it', async () => {
  const states = [
    () => Promise.resolve(),
    () => handOverConversation(ann.ctx, id, { reason: 'asked' }),
    () => takeOverConversation(maria.ctx, id),
    () => takeOverConversation(nikos.ctx, id),
    () => snoozeConversation(maria.ctx, id, new Date(world.clock.now().getTime() + 3_600_000)),
    () => wakeConversation(nikos.ctx, id),
    () => callAssistantBack(maria.ctx, id),
    () => resolveConversation(maria.ctx, id),
  ]
  for (const bring of states) {
    await bring()
    const conversation = await readConversation(maria.ctx, id)
    for (const view of InboxView.options) {
      const { conversations } = await listConversations(maria.ctx, { view, limit: 100 })
      expect([view, conversations.some((listed) => listed.id === id)]).toEqual([
        view,
        belongsTo(view, conversation, maria.id),
      ])
    }
  }
})

test('assigning to the agent who already has it emits nothing', async () => {
  await assignConversation(maria.ctx, id, nikos.id as AgentId)
  const before = await events()
  await assignConversation(maria.ctx, id, nikos.id as AgentId)
  expect(await events()).toEqual(before)
  expect(await row()).toMatchObject({ assignee_name: 'Nikos', handling: 'agent' })
})

test('assigning to someone who is not on the team changes nothing', async () => {
  await expect(assignConversation(maria.ctx, id, randomUUID() as AgentId)).rejects.toThrow('member.not_found')
  expect(await row()).toMatchObject({ assignee_name: null, handling: 'assistant' })
})

test('whoever answers first has it; a note takes nothing', async () => {
  await reply(nikos, 'note')
  expect(await row()).toMatchObject({ assignee_name: null, handling: 'assistant' })
  await reply(maria)
  await reply(nikos)
  expect(await row()).toMatchObject({ assignee_name: 'Maria', handling: 'agent', waiting_since: null })
})

test.each(['message', 'note'] as const)('a secret in a %s of an agent is not stored', async (kind) => {
  const clientMessageId = randomUUID()
  const input = { clientMessageId, body: 'the password is Hunter2!x9, sorry', kind, fileIds: [] }
  const { message } = await sendAgentMessage(maria.ctx, id, input)
  expect(message).toMatchObject({ masked: ['password'] })
  expect(message.body).toMatch(/^the password is .+, sorry$/)
  expect((await sendAgentMessage(maria.ctx, id, input)).repeated).toBe(true)
  const everywhere = await world.rows(
    `SELECT to_jsonb(m)::text AS row FROM messages m UNION ALL SELECT to_jsonb(e)::text FROM events e
      UNION ALL SELECT to_jsonb(c)::text FROM conversations c`,
  )
  expect(JSON.stringify(everywhere)).not.toContain('Hunter2')
})

test('two who take it at once: each change is whole, one has it in the end, and both are in the timeline', async () => {
  await world.settle()
  const before = Number((await row())?.['last_seq'])
  await Promise.all([takeOverConversation(maria.ctx, id), takeOverConversation(nikos.ctx, id)])
  const { assignee_name: name, last_seq: lastSeq } = (await row()) ?? {}
  expect(['Maria', 'Nikos']).toContain(name)
  expect(await activities()).toEqual(['took_over', 'took_over'])
  expect(lastSeq).toBe(before + 2)
})

test('resolving and reopening are each done once, however often they are asked for', async () => {
  await Promise.all([
    resolveConversation(maria.ctx, id),
    resolveConversation(nikos.ctx, id),
    resolveConversation(maria.ctx, id),
  ])
  expect(await activities()).toEqual(['resolved'])
  await Promise.all([reopenConversation(maria.ctx, id), reopenConversation(nikos.ctx, id)])
  expect(await activities()).toEqual(['resolved', 'reopened'])
})

test('a reply of an agent opens what was resolved', async () => {
  await resolveConversation(maria.ctx, id)
  await reply(maria)
  expect(await row()).toMatchObject({ status: 'open' })
})

test('asking for a person twice is asking once', async () => {
  await handOverConversation(ann.ctx, id, { reason: 'asked' })
  const since = (await row())?.['waiting_since']
  world.clock.advance(60_000)
  await handOverConversation(ann.ctx, id, { reason: 'asked' })
  expect((await row())?.['waiting_since']).toEqual(since)
  expect(await activities()).toEqual(['handed_over'])
})

test.each([
  ['assign', (ctx: typeof maria.ctx) => assignConversation(ctx, id, null)],
  ['take over', (ctx: typeof maria.ctx) => takeOverConversation(ctx, id)],
  ['resolve', (ctx: typeof maria.ctx) => resolveConversation(ctx, id)],
  ['reopen', (ctx: typeof maria.ctx) => reopenConversation(ctx, id)],
] as const)('a contact cannot %s, even of their own', async (_what, act) => {
  const before = await events()
  await expect(act(ann.ctx)).rejects.toThrow('permission.denied')
  expect(await events()).toEqual(before)
})

test('each view of the inbox holds what belongs to it, page by page and without a repeat', async () => {
  const starts = Array.from({ length: 5 }, async () => {
    const contact = await world.contact()
    const opening = {
      clientConversationId: randomUUID(),
      clientMessageId: randomUUID(),
      body: 'x',
      fileIds: [],
      locale: 'en' as const,
    }
    const { started } = await startConversation(contact.ctx, opening)
    await handOverConversation(contact.ctx, started.conversation.id, { reason: 'asked' })
    return started.conversation.id
  })
  const waiting = await Promise.all(starts)
  await assignConversation(maria.ctx, id, maria.id as AgentId)
  const seen: string[] = []
  for (let cursor: string | undefined, more = true; more; ) {
    const page = await listConversations(maria.ctx, {
      view: 'unassigned',
      limit: 2,
      ...(cursor === undefined ? {} : { cursor }),
    })
    seen.push(...page.conversations.map((each) => each.id))
    cursor = page.nextCursor
    more = cursor !== undefined
    expect(page.counts.unassigned).toBeGreaterThanOrEqual(5)
  }
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen).toEqual(expect.arrayContaining(waiting))
  expect(seen).not.toContain(id)
  expect(
    (await listConversations(maria.ctx, { view: 'mine', limit: 50 })).conversations.map((each) => each.id),
  ).toContain(id)
})

test('a cursor that is none is refused', async () => {
  await expect(listConversations(maria.ctx, { view: 'open', limit: 5, cursor: "1'; --" })).rejects.toThrow(
    'input.invalid',
  )
})
