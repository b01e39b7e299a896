import { applyEvent, fromSnapshot, withCase, withConversation, withMessage } from '@clew/client/conversation-state'
import { type ContactApi, createContactApi } from '@clew/client/contact-api'
import { createHttp } from '@clew/client/http'
import type { Conversation, ConversationSnapshot } from '@clew/contract/conversations'
import type { Position } from '@clew/contract/primitives'
import type { RealtimeEvent, RealtimeSignal } from '@clew/contract/realtime'
import type { Bridge } from '../bridge.ts'
import type { Delivered } from '../outbox/deliver.ts'
import type { OutboxEntry } from '../outbox/outbox.ts'
import { keep } from '../platform/memory.ts'
import { createLive, type Live, type TabMessage } from './live.ts'
import { createSending, type Sending } from './sending.ts'
import { createSession, type Session } from './session.ts'
import { currentConversation, emptyState, type PanelState } from './state.ts'
import { createStore, type Store } from './store.ts'

/** What the panel knows and keeps in step with the server; the actions of the screen build on it. */
export type Controller = {
  store: Store<PanelState>
  api: ContactApi
  session: Session
  sending: Sending
  /** Loads what belongs to a session that exists, and begins to listen. */
  resume(): Promise<void>
  load(conversationId: string): Promise<void>
  markRead(): void
  /** Sends what the host page has said about the problem, once there is a conversation to put it in. */
  tellWhatThePageKnows(conversationId: string): Promise<void>
  tellTabs(message: TabMessage): void
  close(forget: boolean): Promise<void>
}

// How many of the latest conversations are looked through for unread answers.
const lookedThrough = 5

export function createController(bridge: Bridge): Controller {
  const store = createStore<PanelState>(emptyState)
  const session = createSession(() => api)
  const http = createHttp({
    baseUrl: `${bridge.base}api/v1`,
    credentials: 'omit',
    locale: bridge.locale,
    headers: () => {
      const token = session.token()
      return token === undefined ? {} : { authorization: `Bearer ${token}` }
    },
  })
  const api = createContactApi(http)
  const tabs = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('clew')
  const tellTabs = (message: TabMessage) => tabs?.postMessage(message)

  const sending = createSending({ api, session, store, onDelivered, tellTabs: () => tellTabs({ type: 'outbox' }) })
  let live: Live = newLive()
  let resuming: Promise<void> | undefined

  function newLive(): Live {
    return createLive({
      http,
      tabs,
      onEvent,
      onSignal,
      onState: (connection) => store.set({ connection }),
      onResync: loadAll,
      onRefused: forgetSession,
    })
  }

  if (tabs !== undefined) tabs.onmessage = ({ data }: MessageEvent<TabMessage>) => hearTab(data)

  function hearTab(message: TabMessage): void {
    live.hear(message)
    if (message.type === 'outbox' && (session.token() ?? keep.read('pending'))) void sending.wake()
    if (message.type === 'session') void resume()
    if (message.type === 'read') setRead(store, message.conversationId, message.seq)
    if (message.type === 'ended') void close(false)
  }

  function resume(): Promise<void> {
    if (session.token() === undefined) return Promise.resolve()
    resuming ??= loadAll().then(
      (position) => live.start(position),
      (error: { status?: number }) => {
        resuming = undefined
        if (error.status === 401) forgetSession()
        else setTimeout(() => void resume(), 5000)
      },
    )
    return resuming
  }

  async function loadAll(): Promise<Position> {
    const { conversations, position } = await api.conversations()
    store.set({ conversations: [...conversations].sort(byLatest) })
    const { current } = store.get()
    const wanted = conversations
      .filter(({ id, lastSeq, contactReadSeq }) => id === current || lastSeq > contactReadSeq)
      .slice(0, lookedThrough)
    await Promise.all(wanted.map(({ id }) => load(id)))
    return position
  }

  async function load(conversationId: string): Promise<void> {
    const snapshot = await api.conversation(conversationId)
    store.update((state) => putSnapshot(state, snapshot))
  }

  function onEvent(event: RealtimeEvent): void {
    const { conversation } = event.change
    const isLoaded = store.get().loaded[conversation.id] !== undefined
    store.update((state) => ({ ...applyToLoaded(state, event), conversations: putConversation(state, conversation) }))
    if (!isLoaded) void load(conversation.id).catch(() => undefined)
    if (event.change.type === 'message' && event.change.message.author.type !== 'contact') stopDoing(store)
    if (event.change.type === 'case') bridge.emit('case', event.change.case)
    markRead()
  }

  function onSignal(signal: RealtimeSignal): void {
    if (signal.conversationId !== store.get().current) return
    if (signal.type === 'assistant_working') showDoing(store, { by: 'assistant' }, 30_000)
    if (signal.type === 'agent_typing') showDoing(store, { by: 'agent', name: signal.name }, 6000)
  }

  function onDelivered(entry: OutboxEntry, delivered: Delivered): void {
    const { conversation, message } = delivered
    if (entry.outgoing.kind === 'start' && conversation !== undefined) {
      store.update((state) => putStarted(state, { clientId: entry.conversation, conversation, message }))
      tellTabs({ type: 'session' })
      void load(conversation.id).catch(() => undefined)
      void resume()
      void tellWhatThePageKnows(conversation.id)
    }
    store.update((state) => putDelivered(state, delivered))
  }

  async function tellWhatThePageKnows(conversationId: string): Promise<void> {
    const { requestIds, completionIds } = bridge.context
    const { name, email } = bridge.options()
    if (name !== undefined || email !== undefined)
      await api.identify({ ...(name ? { name } : {}), ...(email ? { email } : {}) }).catch(() => undefined)
    if (requestIds.length + completionIds.length === 0) return
    const value = { field: 'request_ids' as const, requestIds, completionIds }
    await sending.add(conversationId, { kind: 'fact', value, source: 'host_page' })
  }

  function markRead(): void {
    const { isOpen, screen, readSeq } = store.get()
    const shown = currentConversation(store.get())
    if (!isOpen || screen.name !== 'conversation' || shown === undefined || document.visibilityState !== 'visible') return
    const { id, contactReadSeq } = shown.conversation
    const last = shown.messages.findLast(({ author }) => author.type !== 'contact')?.seq ?? 0
    if (last <= Math.max(contactReadSeq, readSeq[id] ?? 0)) return
    setRead(store, id, last)
    tellTabs({ type: 'read', conversationId: id, seq: last })
    // If it does not arrive, the next look says it again.
    api.markRead(id, last).catch(() => undefined)
  }

  function forgetSession(): void {
    session.drop()
    live.close()
    live = newLive()
    resuming = undefined
    store.set({ connection: 'idle', conversations: [], loaded: {} })
  }

  async function close(forget: boolean): Promise<void> {
    if (forget) tellTabs({ type: 'ended' })
    live.close()
    await sending.close(forget)
    tabs?.close()
    if (forget) keep.clear()
  }

  return { store, api, session, sending, resume, load, markRead, tellWhatThePageKnows, tellTabs, close }
}

const byLatest = (a: Conversation, b: Conversation): number => Date.parse(b.lastMessageAt) - Date.parse(a.lastMessageAt)

const putConversation = (state: PanelState, conversation: Conversation): readonly Conversation[] =>
  [conversation, ...state.conversations.filter(({ id }) => id !== conversation.id)].sort(byLatest)

/** A snapshot replaces what we had, except for messages it was too early to hold. */
function putSnapshot(state: PanelState, snapshot: ConversationSnapshot): PanelState {
  const { id } = snapshot.conversation
  const newer = state.loaded[id]?.messages.filter(({ seq }) => seq > snapshot.conversation.lastSeq) ?? []
  return { ...state, loaded: { ...state.loaded, [id]: newer.reduce(withMessage, fromSnapshot(snapshot)) } }
}

/** The conversation has an id now, and shows its first message while the rest of it is fetched. */
function putStarted(
  state: PanelState,
  started: { clientId: string; conversation: Conversation; message: Delivered['message'] },
): PanelState {
  const { conversation, message, clientId } = started
  const { id } = conversation
  const empty: ConversationSnapshot = {
    conversation,
    messages: message === undefined ? [] : [message],
    case: { conversationId: id, kind: 'other', facts: [], missing: [], notNeeded: [], given: 0, wanted: 0 },
    captures: [],
    position: '0-0-0',
  }
  return {
    ...state,
    ...(state.current === clientId ? { current: id } : {}),
    outbox: state.outbox.map((entry) => (entry.conversation === clientId ? { ...entry, conversation: id } : entry)),
    loaded: { ...state.loaded, [id]: state.loaded[id] ?? fromSnapshot(empty) },
    conversations: putConversation(state, conversation),
  }
}

function putDelivered(state: PanelState, delivered: Delivered): PanelState {
  const id = delivered.conversation?.id ?? delivered.message?.conversationId ?? delivered.case?.conversationId
  const known = id === undefined ? undefined : state.loaded[id]
  if (id === undefined || known === undefined) return state
  let next = known
  if (delivered.message !== undefined) next = withMessage(next, delivered.message)
  if (delivered.conversation !== undefined) next = withConversation(next, delivered.conversation)
  if (delivered.case !== undefined) next = withCase(next, delivered.case)
  return { ...state, loaded: { ...state.loaded, [id]: next } }
}

function applyToLoaded(state: PanelState, event: RealtimeEvent): PanelState {
  const { id } = event.change.conversation
  const known = state.loaded[id]
  return known === undefined ? state : { ...state, loaded: { ...state.loaded, [id]: applyEvent(known, event) } }
}

const setRead = (store: Store<PanelState>, id: string, seq: number) =>
  store.update((state) => ({ ...state, readSeq: { ...state.readSeq, [id]: Math.max(seq, state.readSeq[id] ?? 0) } }))

function showDoing(store: Store<PanelState>, doing: NonNullable<PanelState['doing']>, forMs: number): void {
  store.set({ doing })
  setTimeout(() => {
    if (store.get().doing === doing) stopDoing(store)
  }, forMs)
}

const stopDoing = (store: Store<PanelState>) =>
  store.update((state) => {
    const { doing: _over, ...rest } = state
    return rest
  })
