import { setTimeout as pause } from 'node:timers/promises'
import { ClewError, type Http } from '@clew/client/http'
import type { Message, StartedConversation } from '@clew/contract/conversations'
import type { Chance } from './chance.ts'
import type { History, Operation } from './history.ts'
import { type Agent, type Contact, think, words } from './people.ts'

/** What all writers share. `closing` ends the load; what was begun is still brought to its end. */
export type Load = {
  history: History
  closing: AbortSignal
  /** Ends even the repeats: the time after which a message counts as stuck. */
  giveUp: AbortSignal
  conversations: string[]
  /** Nobody thinks: everyone has something on its way. */
  rush: boolean
  tally: Tally
}

/** How tries ended, over all writers. */
export type Tally = { tries: number; unknown: number; refusedForNow: number; answeredByRepeat: number }

const longestThoughtMs = 250

/** A contact with one conversation: starts it, then says one thing after the other, each until it is acknowledged. */
export async function contactWrites(contact: Contact, chance: Chance, load: Load): Promise<void> {
  const clientConversationId = chance.uuid()
  const first = { clientConversationId, clientMessageId: chance.uuid(), body: words(chance, '1'), locale: 'en' }
  const started = load.history.invoke({
    client: contact.name,
    conversationId: '',
    clientMessageId: first.clientMessageId,
  })
  const answer = await untilAnswered(contact.http, '/widget/conversations', {
    body: first,
    operation: started,
    load,
    chance,
  })
  if (answer === undefined) return
  const { conversation, message } = answer.body as StartedConversation
  started.conversationId = conversation.id
  acknowledge(started, message, { status: answer.status, tally: load.tally })
  load.conversations.push(conversation.id)
  const path = `/widget/conversations/${conversation.id}`
  // Half of the conversations stay with the assistant, half are for people at once.
  if (chance.happens(0.5)) await contact.http.request('POST', `${path}/handover`, { body: {} }).catch(ignoreTemporary)

  for (let turn = 2; !load.closing.aborted; turn += 1) {
    await think(chance, load.rush ? 1 : longestThoughtMs)
    const body = { clientMessageId: chance.uuid(), body: words(chance, String(turn)) }
    await say(
      { client: contact.name, http: contact.http, path: `${path}/messages`, conversationId: conversation.id },
      body,
      { load, chance },
    )
  }
}

/** An agent who goes from conversation to conversation: replies, notes, and now and then resolves one. */
export async function agentWrites(agent: Agent, chance: Chance, load: Load): Promise<void> {
  for (let turn = 1; !load.closing.aborted; turn += 1) {
    await think(chance, load.rush ? 1 : longestThoughtMs)
    const conversationId = load.conversations[chance.below(load.conversations.length)]
    if (conversationId === undefined) continue
    const path = `/conversations/${conversationId}`
    if (chance.happens(0.05)) {
      // Not repeated: it may be done or not. Either way the numbers must hold.
      await agent.http.request('POST', `${path}/resolve`, { body: {} }).catch(ignoreTemporary)
      continue
    }
    const kind = chance.happens(0.2) ? 'note' : 'message'
    const body = { clientMessageId: chance.uuid(), body: words(chance, `${agent.name} ${turn}`), kind }
    await say({ client: agent.name, http: agent.http, path: `${path}/messages`, conversationId }, body, {
      load,
      chance,
    })
  }
}

type Speaker = { client: string; http: Http; path: string; conversationId: string }

async function say(
  { client, http, path, conversationId }: Speaker,
  body: { clientMessageId: string },
  shared: { load: Load; chance: Chance },
): Promise<void> {
  const operation = shared.load.history.invoke({ client, conversationId, clientMessageId: body.clientMessageId })
  const answer = await untilAnswered(http, path, { body, operation, ...shared })
  if (answer === undefined) return
  acknowledge(operation, answer.body as Message, { status: answer.status, tally: shared.load.tally })
}

function acknowledge(operation: Operation, { id, seq }: Message, how: { status: number; tally: Tally }): void {
  const repeated = how.status === 200
  operation.outcome = 'acknowledged'
  operation.stored = { messageId: id, seq, repeated }
  if (repeated && operation.unknown > 0) how.tally.answeredByRepeat += 1
}

type Try = { body: object; operation: Operation; load: Load; chance: Chance }

/** Sends the same thing under the same id until there is an answer, as the outbox of a browser does. */
async function untilAnswered(
  http: Http,
  path: string,
  { body, operation, load, chance }: Try,
): Promise<{ status: number; body: unknown } | undefined> {
  while (!load.giveUp.aborted) {
    load.tally.tries += 1
    try {
      const response = await http.open('POST', path, { body, signal: AbortSignal.timeout(5_000) })
      return { status: response.status, body: await response.json() }
    } catch (error) {
      if (error instanceof ClewError && !error.isTemporary && error.code !== 'aborted') {
        operation.outcome = 'refused'
        operation.refusal = `${error.status} ${error.code}`
        return undefined
      }
      note(error, operation, load.tally)
      await pause(chance.between(50, 250))
    }
  }
  return undefined
}

function note(error: unknown, operation: Operation, tally: Tally): void {
  if (error instanceof ClewError && error.status === 429) tally.refusedForNow += 1
  else if (!isUnreached(error)) {
    operation.unknown += 1
    tally.unknown += 1
  }
}

/** Nobody listened, so nothing can have been stored. */
function isUnreached(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  const inner = cause instanceof Error ? cause.cause : undefined
  return [cause, inner].some((each) => each instanceof Error && 'code' in each && each.code === 'ECONNREFUSED')
}

/** A verb that nobody waits for may fail while the server is away; any other failure is a fault. */
export function ignoreTemporary(error: unknown): void {
  if (!(error instanceof ClewError && (error.isTemporary || error.code === 'aborted'))) throw error
}
