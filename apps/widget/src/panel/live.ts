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
  | { type: 'who_listens' }
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

export type Live = { start(position: Position): void; hear(message: TabMessage): void; close(): void }

const lockName = 'clew:feed'
const patienceMs = 2000

/**
 * Keeps up with the server. One tab of a site holds the stream and tells the others; when it closes, the next one
 * goes on from the last event it has heard. A tab that is looked at and hears nothing of a leader takes over.
 */
export function createLive(options: LiveOptions): Live {
  const controller = new AbortController()
  let position: Position | undefined
  let feed: Feed | undefined
  let lastState: FeedState = 'reconnecting'
  let answered = () => {}

  const tell = (message: TabMessage) => options.tabs?.postMessage(message)

  const lead = () => {
    if (position === undefined || controller.signal.aborted) return
    feed?.close()
    feed = openFeed({
      http: options.http,
      ...contactFeedPaths,
      position,
      onChange: (event) => {
        options.onEvent(event)
        tell({ type: 'event', event })
      },
      onSignal: (signal) => {
        options.onSignal(signal)
        tell({ type: 'signal', signal })
      },
      onState: (state) => {
        lastState = state
        options.onState(state)
        tell({ type: 'state', state })
      },
      onResync: options.onResync,
      onRefused: options.onRefused,
    })
  }

  const queue = (steal: boolean) => {
    const hold = () => {
      lead()
      return new Promise<void>((resolve) => controller.signal.addEventListener('abort', () => resolve()))
    }
    const request = steal ? { steal } : { signal: controller.signal }
    // Stolen from us: another tab leads now, and we stand in line again.
    navigator.locks.request(lockName, request, hold).catch(() => {
      feed?.close()
      feed = undefined
      if (!controller.signal.aborted) queue(false)
    })
  }

  const askWhoListens = () => {
    if (document.visibilityState !== 'visible' || feed !== undefined || position === undefined) return
    const timer = setTimeout(() => queue(true), patienceMs)
    answered = () => clearTimeout(timer)
    tell({ type: 'who_listens' })
  }

  return {
    start(from) {
      if (position !== undefined) return
      position = from
      if (navigator.locks === undefined || options.tabs === undefined) return lead()
      queue(false)
      askWhoListens()
      document.addEventListener('visibilitychange', askWhoListens, { signal: controller.signal })
    },

    hear(message) {
      if (message.type === 'who_listens' && feed !== undefined) tell({ type: 'state', state: lastState })
      if (message.type === 'event') {
        position = message.event.position
        options.onEvent(message.event)
      }
      if (message.type === 'signal') options.onSignal(message.signal)
      if (message.type === 'state' && feed === undefined) {
        answered()
        options.onState(message.state)
      }
    },

    close() {
      controller.abort()
      feed?.close()
    },
  }
}
