import { randomUUID } from 'node:crypto'
import { applyEvent, type ConversationState, fromSnapshot } from '@clew/client/conversation-state'
import type { AgentId, ConversationId } from '@clew/contract/primitives'
import type { EventList } from '@clew/contract/realtime'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AppError } from '../../platform/app-error.ts'
import { createWorld, type World } from '../../testkit/world.ts'
import { openCaseFile } from '../cases/use-cases/open-case-file.ts'
import { setFact } from '../cases/use-cases/set-fact.ts'
import { forgetConversation, type GoneConversation, tellErased } from '../retention/forget-conversation.ts'
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

/** Its time was over; whoever wrote it is still there. Nothing can follow. */
const erase = ({ id }: Acting) =>
  world.as({ type: 'system', job: 'test' }).transaction(async (tx) => {
    const gone: GoneConversation[] = []
    await forgetConversation(tx, id, { rooms: world.clew.house.forgetting.people(), gone })
    await tellErased(tx, gone)
  })

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
  { names, isErased = false }: { names: readonly string[]; isErased?: boolean },
  audience: 'team' | 'contact',
): Promise<{ replayed: object | undefined; fresh: object | undefined }> {
  const ctx = audience === 'team' ? agent.ctx : acting.contact.ctx
  const before = await openCaseFile(ctx, acting.id)
  for (const name of names) await actions[name]?.(acting)
  if (isErased) await erase(acting)
  for (let i = 0; i < 4; i += 1) await world.settle()
  let state: ConversationState | undefined = fromSnapshot(before)
  for (let position: string = before.position, more = true; more; ) {
    const list = await eventsAfter(acting, position, audience)
    for (const event of list.events) state = applyEvent(state, event)
    // A client that reconnects is told some things twice.
    for (const event of list.events) state = applyEvent(state, event)
    position = list.position
    more = list.hasMore
  }
  return { replayed: comparable(state), fresh: comparable(await fresh(ctx, acting)) }
}

async function fresh(ctx: Acting['contact']['ctx'], { id }: Acting): Promise<ConversationState | undefined> {
  try {
    return fromSnapshot(await openCaseFile(ctx, id))
  } catch (error) {
    if (error instanceof AppError && error.code === 'conversation.not_found') return undefined
    throw error
  }
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
const comparable = (state: ConversationState | undefined): object | undefined =>
  state && { conversation: state.conversation, messages: state.messages, captures: state.captures, case: state.case }

test.each(['team', 'contact'] as const)(
  'for the %s, a snapshot and the events after it are the same as a fresh snapshot, whatever happened',
  async (audience) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...Object.keys(actions)), { minLength: 1, maxLength: 8 }),
        fc.nat(3),
        async (names, chance) => {
          const result = await replayed(await begin(), { names, isErased: chance === 0 }, audience)
          expect(result.fresh === undefined).toBe(chance === 0)
          expect(result.replayed).toEqual(result.fresh)
        },
      ),
      { numRuns: 12, seed: 2026 },
    )
  },
  120_000,
)

test('every action taken once leads to the same', async () => {
  const result = await replayed(await begin(), { names: Object.keys(actions) }, 'team')
  expect(result.replayed).toEqual(result.fresh)
})

test.each(['team', 'contact'] as const)(
  'for the %s, of a conversation that was erased nothing is left',
  async (audience) => {
    const result = await replayed(await begin(), { names: ['contactWrites', 'agentNotes'], isErased: true }, audience)
    expect(result).toEqual({ replayed: undefined, fresh: undefined })
  },
)
