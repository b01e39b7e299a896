import { agentFeedPaths } from '@clew/client/agent-api'
import { type FeedState, openFeed } from '@clew/client/feed'
import type { RealtimeEvent } from '@clew/contract/realtime'
import type { QueryClient } from '@tanstack/react-query'
import { http } from './api.ts'
import { noteErased } from './erased.ts'
import { followsFeed, keepCacheTrue } from './feed-cache.ts'
import { noteSignal, writingEnded } from './presence.ts'
import { inboxQuery } from './queries.ts'
import { createStore } from './store.ts'

export type Connection = FeedState | 'connecting'
export const connection = createStore<Connection>('connecting')
/** The latest change, for what wants to react to news rather than to state. */
export const latestEvent = createStore<RealtimeEvent | undefined>(undefined)

/** Follows the team's feed and keeps every cached list and conversation true. Answers how to stop. */
export function followFeed(queryClient: QueryClient, me: string, onSessionOver: () => void): () => void {
  const cache = keepCacheTrue(queryClient, me)
  let stop: () => void = () => undefined
  let stopped = false

  const begin = (position: string) => {
    if (stopped) return
    cache.followFrom(position)
    const feed = openFeed({
      http,
      ...agentFeedPaths,
      position,
      onChange(event) {
        if (event.change.type === 'erased') noteErased(event.change.conversationId)
        cache.apply(event)
        if (event.change.type === 'message') writingEnded(event.change.conversation.id)
        latestEvent.set(event)
      },
      onSignal(signal) {
        noteSignal(signal)
        if (signal.type === 'status_changed') void readStatusAgain(queryClient)
      },
      onResync: () => readAgain(queryClient),
      onState(state) {
        // What was signalled while nobody listened is gone.
        if (state === 'live' && connection.get() !== 'live') void readStatusAgain(queryClient)
        connection.set(state)
      },
      onRefused: (error) => error.status === 401 && onSessionOver(),
    })
    stop = () => feed.close()
  }
  startFrom(queryClient, begin, () => stopped)

  return () => {
    stopped = true
    cache.stop()
    stop()
    connection.set('connecting')
  }
}

const readStatusAgain = (queryClient: QueryClient) => queryClient.invalidateQueries({ queryKey: ['status'] })

const firstRetryMs = 2000
const longestRetryMs = 30_000

/** The first list gives the place from which the feed goes on; without a network it is asked for again. */
function startFrom(queryClient: QueryClient, begin: (position: string) => void, isStopped: () => boolean): void {
  const attempt = (waitMs: number): void => {
    queryClient.ensureQueryData(inboxQuery('open')).then(
      (inbox) => begin(inbox.position),
      () => {
        if (isStopped()) return
        connection.set(navigator.onLine ? 'reconnecting' : 'offline')
        setTimeout(() => isStopped() || attempt(Math.min(waitMs * 2, longestRetryMs)), waitMs)
      },
    )
  }
  attempt(firstRetryMs)
}

async function readAgain(queryClient: QueryClient): Promise<string> {
  const inbox = await queryClient.fetchQuery({ ...inboxQuery('open'), staleTime: 0 })
  void queryClient.invalidateQueries({ predicate: ({ queryKey }) => followsFeed(queryKey) && queryKey[1] !== 'open' })
  return inbox.position
}
