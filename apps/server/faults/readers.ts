import { setTimeout as pause } from 'node:timers/promises'
import { agentFeedPaths } from '@clew/client/agent-api'
import { contactFeedPaths } from '@clew/client/contact-api'
import { applyEvent, type ConversationState, fromSnapshot } from '@clew/client/conversation-state'
import { openFeed } from '@clew/client/feed'
import type { FeedEnvironment } from '@clew/client/feed-environment'
import type { Http } from '@clew/client/http'
import type {
  Conversation,
  ConversationList,
  ConversationSnapshot,
  Message,
  MessageList,
  OwnConversations,
} from '@clew/contract/conversations'
import type { ConversationId, Position } from '@clew/contract/primitives'
import type { EventList, RealtimeEvent } from '@clew/contract/realtime'
import type { Chance } from './chance.ts'
import type { SeenMessage, View } from './history.ts'
import { ignoreTemporary } from './writers.ts'

export type Reader = {
  view: View
  /** How often the server asked to read everything again. */
  resyncs: () => number
  close(): void
}

export type Audience = { name: string; http: Http; contactId?: string }

const pathsOf = (audience: Audience) => (audience.contactId === undefined ? agentFeedPaths : contactFeedPaths)
const listOf = (audience: Audience) => (audience.contactId === undefined ? '/conversations' : '/widget/conversations')

const hurried = { pollMs: 1_000, openingMs: 5_000, firstBackoffMs: 200, longestBackoffMs: 2_000 }

/** Follows the stream as the product's own clients do, from a position on, whatever happens to the server. */
export async function followByStream(audience: Audience, chance: Chance, patient: boolean): Promise<Reader> {
  const view = new Screens(audience)
  let resyncs = 0
  const feed = openFeed({
    http: audience.http,
    ...pathsOf(audience),
    position: (await audience.http.request<{ position: Position }>('GET', listOf(audience))).position,
    onChange: (event) => view.apply(event),
    onSignal: () => undefined,
    onResync: async () => {
      resyncs += 1
      return readEverything(audience, view)
    },
    onState: () => undefined,
    environment: environmentOf(chance),
    // Hurried readers open more streams; patient ones wait as long as a browser does.
    ...(patient ? {} : { times: hurried }),
  })
  return { view, resyncs: () => resyncs, close: feed.close }
}

/** Only asks, and never opens a stream. */
export async function followByPolling(audience: Audience, everyMs: number): Promise<Reader> {
  const view = new Screens({ ...audience, name: `${audience.name} (polling)` })
  const closing = new AbortController()
  let resyncs = 0
  let position = (await audience.http.request<{ position: Position }>('GET', listOf(audience))).position
  const ask = async (): Promise<void> => {
    const list = await audience.http.request<EventList>('GET', pathsOf(audience).eventsPath, {
      query: { after: position },
    })
    if (list.resync) {
      resyncs += 1
      position = await readEverything(audience, view)
      return
    }
    for (const event of list.events) view.apply(event)
    position = list.position
    if (list.hasMore) await ask()
  }
  const run = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      await ask().catch(ignoreTemporary)
      await pause(everyMs)
    }
  }
  void run()
  return { view, resyncs: () => resyncs, close: () => closing.abort() }
}

/** A reader's screens, kept up by the same rules as in the product's clients. */
class Screens implements View {
  readonly reader: string
  readonly contactId?: string
  readonly told: SeenMessage[] = []
  readonly shown = new Map<string, readonly SeenMessage[]>()
  readonly #states = new Map<string, ConversationState>()

  constructor({ name, contactId }: Audience) {
    this.reader = name
    if (contactId !== undefined) this.contactId = contactId
  }

  apply(event: RealtimeEvent): void {
    const { change } = event
    if (change.type === 'erased') return this.#drop(change.conversationId)
    const { id } = change.conversation
    if (change.type === 'message') this.told.push(change.message)
    const next = applyEvent(this.#states.get(id) ?? emptyAt(change.conversation, event.position), event)
    if (next !== undefined) this.#keep(next)
  }

  replace(snapshot: ConversationSnapshot): void {
    this.#keep(fromSnapshot(snapshot))
  }

  #drop(id: string): void {
    this.#states.delete(id)
    this.shown.delete(id)
  }

  #keep(state: ConversationState): void {
    this.#states.set(state.conversation.id, state)
    this.shown.set(state.conversation.id, state.messages)
  }
}

/** A conversation that the reader has not opened yet: all of it follows by event. */
const emptyAt = (conversation: Conversation, position: Position): ConversationState => ({
  conversation,
  messages: [],
  case: { conversationId: conversation.id } as ConversationState['case'],
  captures: [],
  position,
  versions: {},
})

/** What a client does when the log cannot go on from where it was. The position is from before the reading. */
async function readEverything(audience: Audience, screens: Screens): Promise<Position> {
  const queries = audience.contactId === undefined ? inboxViews.map((each) => ({ view: each, limit: 100 })) : [{}]
  let position: Position | undefined
  for (const query of queries) {
    const list = await audience.http.request<OwnConversations | ConversationList>('GET', listOf(audience), { query })
    position ??= list.position
    for (const { id } of list.conversations) await readConversation(audience, screens, id)
  }
  if (position === undefined) throw new Error('no list was read')
  return position
}

const inboxViews = ['open', 'with_assistant', 'resolved'] as const

async function readConversation(audience: Audience, screens: Screens, id: ConversationId): Promise<void> {
  const path = `${listOf(audience)}/${id}`
  const snapshot = await audience.http.request<ConversationSnapshot>('GET', path)
  const messages: Message[] = []
  for (let hasMore = true; hasMore; ) {
    const query = { after: messages.at(-1)?.seq ?? 0 }
    const page = await audience.http.request<MessageList>('GET', `${path}/messages`, { query })
    messages.push(...page.messages)
    hasMore = page.hasMore
  }
  screens.replace({ ...snapshot, messages })
}

const environmentOf = (chance: Chance): FeedEnvironment => ({
  setTimer: (run, afterMs) => {
    const timer = setTimeout(run, afterMs)
    return () => clearTimeout(timer)
  },
  random: () => chance.next(),
  isOnline: () => true,
  onWake: () => () => undefined,
  onLost: () => () => undefined,
})
