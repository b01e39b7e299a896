import { type ContactApi, createContactApi } from '@clew/client/contact-api'
import { fetchAgain } from '@clew/client/fetch-again'
import { ClewError, createHttp, type Http } from '@clew/client/http'
import type { Position } from '@clew/contract/primitives'
import type { RealtimeEvent, RealtimeSignal } from '@clew/contract/realtime'
import type { Bridge } from '../bridge.ts'
import type { Delivered } from '../outbox/deliver.ts'
import type { OutboxEntry } from '../outbox/outbox.ts'
import { keep } from '../platform/memory.ts'
import {
  begunIds,
  lastUnread,
  withDelivered,
  withEvent,
  withList,
  withoutConversation,
  withoutDoing,
  withRead,
  withSnapshot,
  withStarted,
} from './changes.ts'
import { readContext } from './host-context.ts'
import { Live, type TabMessage } from './live.ts'
import { Sending } from './sending.ts'
import { createSession, type Session } from './session.ts'
import { currentConversation, emptyState, type PanelState } from './state.ts'
import { createStore, type Store } from './store.ts'
import { Uploads } from './uploads.ts'

// How many of the latest conversations are looked through for unread answers.
const lookedThrough = 5
const retryMs = 5000

/** Keeps what the panel knows in step with the server and with other tabs. The actions of the screen build on it. */
export class Controller {
  readonly store: Store<PanelState> = createStore<PanelState>(emptyState)
  readonly session: Session
  readonly api: ContactApi
  readonly sending: Sending
  readonly uploads: Uploads
  /** The shown conversation is no more. */
  onGone = () => {}
  private readonly bridge: Bridge
  private readonly http: Http
  private readonly tabs = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('clew')
  private live: Live
  private resuming: Promise<void> | undefined

  constructor(bridge: Bridge) {
    this.bridge = bridge
    this.session = createSession(() => this.api, {
      identity: () => bridge.options().identity,
      onExpired: (code) => bridge.emit('identity-expired', { code }),
    })
    this.http = createHttp({
      baseUrl: `${bridge.base}api/v1`,
      credentials: 'omit',
      locale: bridge.locale,
      headers: () => {
        const token = this.session.token()
        return token === undefined ? {} : { authorization: `Bearer ${token}` }
      },
    })
    this.api = createContactApi(this.http)
    this.sending = new Sending({
      api: this.api,
      session: this.session,
      store: this.store,
      onDelivered: (entry, delivered) => this.onDelivered(entry, delivered),
      onStarted: (conversation) => void this.load(conversation).catch(() => undefined),
      onGone: (conversation) => this.drop(conversation),
      tellTabs: () => this.tellTabs({ type: 'outbox' }),
    })
    this.uploads = new Uploads({
      api: this.api,
      session: this.session,
      sending: this.sending,
      store: this.store,
      tellTabs: () => this.tellTabs({ type: 'outbox' }),
    })
    this.live = this.newLive()
    if (this.tabs !== undefined) this.tabs.onmessage = ({ data }: MessageEvent<TabMessage>) => this.hearTab(data)
  }

  /** Shows who is there, if the host page has said so anew, and then what is theirs. */
  async identify(): Promise<void> {
    if (!(await this.session.identify())) return
    this.startOver()
    this.tellTabs({ type: 'session' })
    if (keep.read('pending') !== undefined) void this.sending.wake()
    await this.resume()
  }

  /** Loads what belongs to a session that exists, and begins to listen. */
  resume(): Promise<void> {
    if (this.session.token() === undefined) return Promise.resolve()
    this.resuming ??= this.loadAll().then(
      (position) => this.live.start(position),
      (error: { status?: number }) => {
        this.resuming = undefined
        if (error.status === 401) this.forgetSession()
        else setTimeout(() => void this.resume(), retryMs)
      },
    )
    return this.resuming
  }

  async load(conversationId: string): Promise<void> {
    try {
      const snapshot = await this.api.conversation(conversationId)
      this.store.update((state) => withSnapshot(state, snapshot))
    } catch (error) {
      if (!(error instanceof ClewError && error.status === 404)) throw error
      this.drop(conversationId)
    }
  }

  /** It was deleted: nothing of it stays on this device, nor what was still to be sent to it. */
  private drop(id: string, position?: Position): void {
    const { sending, uploads } = this
    const { current, outbox: entries } = this.store.get()
    this.store.update((state) => withoutConversation(state, id, position))
    if (current === id) this.onGone()
    // What cannot be taken back now is refused when it is sent, and dropped then.
    fetchAgain(() => import('./drop-waiting.ts'))
      .then(({ dropWaiting }) => dropWaiting(id, { sending, uploads, entries }))
      .catch(() => {})
  }

  /** What is on the screen has been seen: in every tab, and for the team. */
  markRead(): void {
    const { isOpen, screen, current } = this.store.get()
    if (!isOpen || screen.name !== 'conversation' || current === undefined) return
    const seq = document.visibilityState === 'visible' ? lastUnread(this.store.get(), current) : 0
    if (seq === 0) return
    this.store.update((state) => withRead(state, current, seq))
    this.tellTabs({ type: 'read', conversationId: current, seq })
    // If it does not arrive, the next look says it again.
    this.api.markRead(current, seq).catch(() => undefined)
  }

  /** Sends what the host page has said about the problem, once there is a conversation to put it in. */
  async tellWhatThePageKnows(conversationId: string): Promise<void> {
    const { requestIds, completionIds } = readContext(this.bridge.context())
    const { name, email } = this.bridge.options()
    if (name !== undefined || email !== undefined)
      await this.api.identify({ ...(name ? { name } : {}), ...(email ? { email } : {}) }).catch(() => undefined)
    if (requestIds.length + completionIds.length === 0) return
    const value = { requestIds, completionIds }
    await this.sending.add(conversationId, { kind: 'fact', fact: { field: 'request_ids', value, source: 'host_page' } })
  }

  async close(forget: boolean): Promise<void> {
    if (forget) this.tellTabs({ type: 'ended' })
    this.live.close()
    await this.uploads.close(forget)
    await this.sending.close(forget)
    this.tabs?.close()
    if (forget) keep.clear()
  }

  private tellTabs(message: TabMessage): void {
    this.tabs?.postMessage(message)
  }

  private hearTab(message: TabMessage): void {
    this.live.hear(message)
    if (message.type === 'outbox' && (this.session.token() ?? keep.read('pending'))) {
      void this.sending.wake()
      void this.uploads.wake()
    }
    if (message.type === 'session') void this.resume()
    if (message.type === 'read') this.store.update((state) => withRead(state, message.conversationId, message.seq))
    if (message.type === 'ended') void this.close(false)
  }

  private newLive(): Live {
    return new Live({
      http: this.http,
      tabs: this.tabs,
      onEvent: (event) => this.onEvent(event),
      onSignal: (signal) => this.onSignal(signal),
      onState: (connection) => this.store.set({ connection }),
      onResync: () => this.loadAll(),
      onRefused: () => this.forgetSession(),
    })
  }

  private async loadAll(): Promise<Position> {
    const { conversations, position } = await this.api.conversations()
    const { current, loaded } = this.store.get()
    this.store.update((state) => withList(state, conversations, position))
    const wanted = conversations.filter(
      ({ id, lastSeq, contactReadSeq }) => id === current || loaded[id] !== undefined || lastSeq > contactReadSeq,
    )
    // What is not in the list is too old for it, or was deleted while nobody listened.
    const unlisted = begunIds(this.store.get()).filter((id) => conversations.every((each) => each.id !== id))
    await Promise.all([...wanted.slice(0, lookedThrough).map(({ id }) => id), ...unlisted].map((id) => this.load(id)))
    return position
  }

  private onEvent(event: RealtimeEvent): void {
    const { change } = event
    if (change.type === 'erased') return this.drop(change.conversationId, event.position)
    const isNew = this.store.get().loaded[change.conversation.id] === undefined
    this.store.update((state) => withEvent(state, event))
    if (isNew) void this.load(change.conversation.id).catch(() => undefined)
    if (change.type === 'message' && change.message.author.type !== 'contact') this.store.update(withoutDoing)
    if (change.type === 'case') this.bridge.emit('case', change.case)
    this.markRead()
  }

  private onSignal(signal: RealtimeSignal): void {
    if (signal.type === 'status_changed' || signal.conversationId !== this.store.get().current) return
    if (signal.type === 'assistant_working' && this.isTheirTurn())
      this.showDoing({ by: 'assistant', text: signal.text }, 30_000)
    if (signal.type === 'agent_typing') this.showDoing({ by: 'agent', name: signal.name }, 6000)
  }

  /** News of an answer that has come already is old. */
  private isTheirTurn(): boolean {
    const said = currentConversation(this.store.get())?.messages.findLast(({ activity }) => activity === undefined)
    return said?.author.type === 'contact'
  }

  private showDoing(doing: NonNullable<PanelState['doing']>, forMs: number): void {
    this.store.set({ doing })
    setTimeout(() => {
      if (this.store.get().doing === doing) this.store.update(withoutDoing)
    }, forMs)
  }

  private onDelivered(entry: OutboxEntry, delivered: Delivered): void {
    const { conversation } = delivered
    if (entry.outgoing.kind === 'start' && conversation !== undefined) {
      this.store.update((state) => withStarted(state, entry.conversation, delivered))
      this.tellTabs({ type: 'session' })
      void this.load(conversation.id).catch(() => undefined)
      void this.resume()
      void this.tellWhatThePageKnows(conversation.id)
    }
    const { kind } = entry.outgoing
    // A plain file may have waited for the conversation.
    if (kind === 'large_capture' || (kind === 'start' && this.uploads.isWanted)) void this.uploads.wake()
    this.store.update((state) => withDelivered(state, delivered))
  }

  private forgetSession(): void {
    this.session.drop()
    const { outbox, draft } = this.store.get()
    const ids = begunIds(this.store.get())
    this.startOver()
    // Who has shown an identity comes back to them. For others they are over: what they still had to say stays theirs.
    if (keep.read('identity') !== undefined) return
    const unsaid = outbox.flatMap(({ conversation, outgoing }) =>
      outgoing.kind === 'message' && ids.includes(conversation) ? [outgoing.body] : [],
    )
    this.store.set({ draft: [...unsaid, draft].filter(Boolean).join('\n\n') })
    for (const id of ids) this.drop(id)
  }

  private startOver(): void {
    this.live.close()
    this.live = this.newLive()
    this.resuming = undefined
    this.store.set({ connection: 'idle', conversations: [], loaded: {} })
  }
}
