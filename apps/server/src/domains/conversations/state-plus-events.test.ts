import { randomUUID } from 'node:crypto'
import { applyEvent, type ConversationState, fromSnapshot } from '@clew/client/conversation-state'
import type { AgentId, ConversationId } from '@clew/contract/primitives'
import type { EventList } from '@clew/contract/realtime'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../../testkit/world.ts'
import { openCaseFile } from '../cases/use-cases/open-case-file.ts'
import { setFact } from '../cases/use-cases/set-fact.ts'
import { assignConversation, takeOverConversation } from './use-cases/assign-conversation.ts'
import { handOverConversation } from './use-cases/hand-over.ts'
import { identifyContact } from './use-cases/identify-contact.ts'
import { markRead } from './use-cases/mark-read.ts'
import { reopenConversation, resolveConversation } from './use-cases/resolve-conversation.ts'
import { sendAgentMessage } from './use-cases/send-agent-message.ts'
import { sendContactMessage } from './use-cases/send-contact-message.ts'
import { startConversation } from './use-cases/start-conversation.ts'

let world: World
let agent: Awaited<ReturnType<World['agent']>>
beforeAll(async () => {
  world = await createWorld()
  agent = await world.agent('Maria')
})
afterAll(() => world.close())

type Acting = { contact: Awaited<ReturnType<World['contact']>>; id: ConversationId }

const say = (body: string) => ({ clientMessageId: randomUUID(), body, fileIds: [] })
const actions: Record<string, (acting: Acting) => Promise<unknown>> = {
  contactWrites: ({ contact, id }) =>
    sendContactMessage(contact.ctx, id, say('my upload of a pdf fails with 413 in Chrome')),
  contactMumbles: ({ contact, id }) => sendContactMessage(contact.ctx, id, say('zorp blib quux')),
  contactReads: ({ contact, id }) => markRead(contact.ctx, id, 3),
  contactAsks: ({ contact, id }) => handOverConversation(contact.ctx, id, { reason: 'asked' }),
  contactNames: ({ contact }) => identifyContact(contact.ctx, { name: 'Ann', email: 'ann@customer.example' }),
  contactFills: ({ contact, id }) =>
    setFact(contact.ctx, id, { field: 'environment', value: { browser: 'Firefox', vpn: false }, source: 'browser' }),
  agentReplies: ({ id }) => sendAgentMessage(agent.ctx, id, { ...say('Try another network.'), kind: 'message' }),
  agentNotes: ({ id }) => sendAgentMessage(agent.ctx, id, { ...say('proxy again'), kind: 'note' }),
  agentAssigns: ({ id }) => assignConversation(agent.ctx, id, agent.id as AgentId),
  agentLetsGo: ({ id }) => assignConversation(agent.ctx, id, null),
  agentTakesOver: ({ id }) => takeOverConversation(agent.ctx, id),
  agentResolves: ({ id }) => resolveConversation(agent.ctx, id),
  agentReopens: ({ id }) => reopenConversation(agent.ctx, id),
}

async function begin(): Promise<Acting> {
  const contact = await world.contact()
  const { started } = await startConversation(contact.ctx, {
    ...say('hello there'),
    clientConversationId: randomUUID(),
    locale: 'en',
  })
  return { contact, id: started.conversation.id }
}

/** A snapshot, then every event after it, for one audience. */
async function replayed(
  acting: Acting,
  names: readonly string[],
  audience: 'team' | 'contact',
): Promise<{ replayed: object; fresh: object }> {
  const ctx = audience === 'team' ? agent.ctx : acting.contact.ctx
  const before = await openCaseFile(ctx, acting.id)
  for (const name of names) await actions[name]?.(acting)
  for (let i = 0; i < 4; i += 1) await world.settle()
  let state = fromSnapshot(before)
  for (let position: string = before.position, more = true; more; ) {
    const list = await eventsAfter(acting, position, audience)
    for (const event of list.events) state = applyEvent(state, event)
    // A client that reconnects is told some things twice.
    for (const event of list.events) state = applyEvent(state, event)
    position = list.position
    more = list.hasMore
  }
  return { replayed: comparable(state), fresh: comparable(fromSnapshot(await openCaseFile(ctx, acting.id))) }
}

async function eventsAfter(acting: Acting, position: string, audience: 'team' | 'contact'): Promise<EventList> {
  if (audience === 'contact') {
    return (
      await world.app.inject({
        url: `/api/v1/widget/events?after=${position}&limit=7`,
        headers: acting.contact.headers,
      })
    ).json()
  }
  return (
    await world.app.inject({
      url: `/api/v1/events?after=${position}&limit=7`,
      headers: { cookie: await agentCookie() },
    })
  ).json()
}

let cookie: string | undefined
async function agentCookie(): Promise<string> {
  const { openSession } = await import('../sign-in/use-cases/open-session.ts')
  cookie ??= `__Host-clew_session=${(await world.clew.newCtx('test').transaction((tx) => openSession(tx, agent))).token}`
  return cookie
}

/** Without the book-keeping of where each part came from. */
const comparable = ({ conversation, messages, captures, case: known }: ConversationState): object => ({
  conversation,
  messages,
  captures,
  case: known,
})

test.each(['team', 'contact'] as const)(
  'for the %s, a snapshot and the events after it are the same as a fresh snapshot, whatever happened',
  async (audience) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...Object.keys(actions)), { minLength: 1, maxLength: 8 }),
        async (names) => {
          const result = await replayed(await begin(), names, audience)
          expect(result.replayed).toEqual(result.fresh)
        },
      ),
      { numRuns: 12, seed: 2026 },
    )
  },
  120_000,
)

test('every action taken once leads to the same', async () => {
  const result = await replayed(await begin(), Object.keys(actions), 'team')
  expect(result.replayed).toEqual(result.fresh)
})
