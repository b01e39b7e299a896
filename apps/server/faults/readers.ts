import { setTimeout as pause } from 'node:timers/promises'
import { agentFeedPaths } from '@clew/client/agent-api'
import { contactFeedPaths } from '@clew/client/contact-api'
import { type FeedState, openFeed } from '@clew/client/feed'
import type { FeedEnvironment } from '@clew/client/feed-environment'
import type { Http } from '@clew/client/http'
import type { ConversationList, Message, MessageList, OwnConversations } from '@clew/contract/conversations'
import type { ConversationId, Position } from '@clew/contract/primitives'
import type { EventList, RealtimeEvent } from '@clew/contract/realtime'
import type { Chance } from './chance.ts'
import type { View } from './history.ts'
import { ignoreTemporary } from './writers.ts'

export type Reader = {
  view: View
  /** How often the server asked to read everything again. */
  resyncs: () => number
  state: () => FeedState
  close(): void
}

export type Audience = { name: string; http: Http; contactId?: string }

const pathsOf = (audience: Audience) => (audience.contactId === undefined ? agentFeedPaths : contactFeedPaths)
const listOf = (audience: Audience) => (audience.contactId === undefined ? '/conversations' : '/widget/conversations')

const hurried = { pollMs: 1_000, openingMs: 5_000, firstBackoffMs: 200, longestBackoffMs: 2_000 }

/** Follows the stream as the product's own clients do, from a position on, whatever happens to the server. */
export async function followByStream(audience: Audience, chance: Chance, patient: boolean): Promise<Reader> {
  const view = newView(audience)
  let resyncs = 0
  let state: FeedState = 'reconnecting'
  const feed = openFeed({
    http: audience.http,
    ...pathsOf(audience),
    position: (await audience.http.request<{ position: Position }>('GET', listOf(audience))).position,
    onChange: (event) => note(view, event),
    onSignal: () => undefined,
    onResync: async () => {
      resyncs += 1
      return readEverything(audience, view)
    },
    onState: (entered) => {
      state = entered
    },
    environment: environmentOf(chance),
    // Hurried readers open more streams; patient ones wait as long as a browser does.
    ...(patient ? {} : { times: hurried }),
  })
  return { view, resyncs: () => resyncs, state: () => state, close: feed.close }
}

/** Only asks, and never opens a stream. */
export async function followByPolling(audience: Audience, everyMs: number): Promise<Reader> {
  const view = newView({ ...audience, name: `${audience.name} (polling)` })
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
    for (const event of list.events) note(view, event)
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
  return { view, resyncs: () => resyncs, state: () => 'polling', close: () => closing.abort() }
}

const newView = ({ name, contactId }: Audience): View => ({
  reader: name,
  seen: [],
  ...(contactId === undefined ? {} : { contactId }),
})

function note(view: View, { change }: RealtimeEvent): void {
  if (change.type === 'message') remember(view, change.message)
}

function remember(view: View, { id, conversationId, seq, clientMessageId }: Message): void {
  view.seen.push({ id, conversationId, seq, clientMessageId })
}

/** What a client does when the log cannot go on from where it was. The position is from before the reading. */
async function readEverything(audience: Audience, view: View): Promise<Position> {
  const queries = audience.contactId === undefined ? inboxViews.map((each) => ({ view: each, limit: 100 })) : [{}]
  let position: Position | undefined
  for (const query of queries) {
    const list = await audience.http.request<OwnConversations | ConversationList>('GET', listOf(audience), { query })
    position ??= list.position
    for (const { id } of list.conversations) await readConversation(audience, view, id)
  }
  if (position === undefined) throw new Error('no list was read')
  return position
}

const inboxViews = ['open', 'with_assistant', 'resolved'] as const

async function readConversation(audience: Audience, view: View, id: ConversationId): Promise<void> {
  let after = Math.max(0, ...view.seen.filter(({ conversationId }) => conversationId === id).map(({ seq }) => seq))
  for (let hasMore = true; hasMore; ) {
    const path = `${listOf(audience)}/${id}/messages`
    const page = await audience.http.request<MessageList>('GET', path, { query: { after } })
    for (const message of page.messages) remember(view, message)
    after = page.messages.at(-1)?.seq ?? after
    hasMore = page.hasMore
  }
}

const environmentOf = (chance: Chance): FeedEnvironment => ({
  setTimer: (run, afterMs) => {
    const timer = setTimeout(run, afterMs)
    return () => clearTimeout(timer)
  },
  random: () => chance.next(),
  isOnline: () => true,
  onWake: () => () => undefined,
})
