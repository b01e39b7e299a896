import { contactFeedPaths } from '@clew/client/contact-api'
import { type Feed, type FeedState, openFeed } from '@clew/client/feed'
import type { Http } from '@clew/client/http'
import type { Position } from '@clew/contract/primitives'
import type { RealtimeEvent, RealtimeSignal } from '@clew/contract/realtime'

/** What tabs of the same site tell each other. */
export type TabMessage =
  | { type: 'event'; event: RealtimeEvent }
  | { type: 'signal'; signal: RealtimeSignal }
  | { type: 'state'; state: FeedState }
  | { type: 'who_leads' }
  | { type: 'outbox' }
  | { type: 'session' }
  | { type: 'read'; conversationId: string; seq: number }
  | { type: 'ended' }

export type LiveOptions = {
  http: Http
  tabs: BroadcastChannel | undefined
  onEvent(event: RealtimeEvent): void
  onSignal(signal: RealtimeSignal): void
  onState(state: FeedState): void
  onResync(): Promise<Position>
  onRefused(): void
}

const lockName = 'clew:feed'
const patienceMs = 2000

/**
 * Keeps up with the server. One tab of a site holds the stream and tells the others; when it closes, the next one
 * goes on from the last event it has heard. A tab that is looked at and hears nothing of a leader takes over.
 */
export class Live {
  private readonly options: LiveOptions
  private readonly controller = new AbortController()
  private position: Position | undefined
  private feed: Feed | undefined
  private lastState: FeedState = 'reconnecting'
  private stopWaiting = () => {}

  constructor(options: LiveOptions) {
    this.options = options
  }

  start(position: Position): void {
    if (this.position !== undefined) return
    this.position = position
    if (navigator.locks === undefined || this.options.tabs === undefined) return this.lead()
    this.standInLine({ signal: this.controller.signal })
    this.askWhoLeads()
    const { signal } = this.controller
    document.addEventListener('visibilitychange', () => this.askWhoLeads(), { signal })
  }

  /** What another tab has said. */
  hear(message: TabMessage): void {
    switch (message.type) {
      case 'who_leads':
        if (this.feed !== undefined) this.tell({ type: 'state', state: this.lastState })
        return
      case 'event':
        this.position = message.event.position
        return this.options.onEvent(message.event)
      case 'signal':
        return this.options.onSignal(message.signal)
      case 'state':
        if (this.feed !== undefined) return
        this.stopWaiting()
        return this.options.onState(message.state)
      case 'outbox':
      case 'session':
      case 'read':
      case 'ended':
        return
    }
  }

  close(): void {
    this.controller.abort()
    this.stopWaiting()
    this.feed?.close()
  }

  private standInLine(request: LockOptions): void {
    const hold = () => {
      this.lead()
      return new Promise<void>((resolve) => this.controller.signal.addEventListener('abort', () => resolve()))
    }
    // It fails when another tab has taken the lead from us: then we stand in line again.
    navigator.locks.request(lockName, request, hold).catch(() => {
      this.position = this.feed?.position() ?? this.position
      this.feed?.close()
      this.feed = undefined
      if (!this.controller.signal.aborted) this.standInLine({ signal: this.controller.signal })
    })
  }

  /** A phone may have frozen the leading tab with the lock in its hand. Silence is the sign. */
  private askWhoLeads(): void {
    if (document.visibilityState !== 'visible' || this.feed !== undefined) return
    this.stopWaiting()
    const timer = setTimeout(() => this.standInLine({ steal: true }), patienceMs)
    this.stopWaiting = () => clearTimeout(timer)
    this.tell({ type: 'who_leads' })
  }

  private lead(): void {
    if (this.position === undefined || this.controller.signal.aborted) return
    const { http, onEvent, onSignal, onState, onResync, onRefused } = this.options
    this.stopWaiting()
    this.feed?.close()
    this.feed = openFeed({
      http,
      ...contactFeedPaths,
      position: this.position,
      onChange: (event) => {
        onEvent(event)
        this.tell({ type: 'event', event })
      },
      onSignal: (signal) => {
        onSignal(signal)
        this.tell({ type: 'signal', signal })
      },
      onState: (state) => {
        this.lastState = state
        onState(state)
        this.tell({ type: 'state', state })
      },
      onResync,
      onRefused,
    })
  }

  private tell(message: TabMessage): void {
    this.options.tabs?.postMessage(message)
  }
}
