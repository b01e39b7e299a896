import { agentFeedPaths } from '@clew/client/agent-api'
import { applyEvent, type ConversationState } from '@clew/client/conversation-state'
import { type FeedState, openFeed } from '@clew/client/feed'
import { applyToInbox, type InboxState } from '@clew/client/inbox-state'
import type { InboxView } from '@clew/contract/conversations'
import type { RealtimeEvent } from '@clew/contract/realtime'
import type { QueryClient } from '@tanstack/react-query'
import { http } from './api.ts'
import { noteSignal, writingEnded } from './presence.ts'
import { captureQuery, inboxQuery } from './queries.ts'
import { createStore } from './store.ts'

export type Connection = FeedState | 'connecting'
export const connection = createStore<Connection>('connecting')
/** The latest change, for what wants to react to news rather than to state. */
export const latestEvent = createStore<RealtimeEvent | undefined>(undefined)

const keptEvents = 500

/** Follows the team's feed and keeps every cached list and conversation true. Answers how to stop. */
export function followFeed(queryClient: QueryClient, me: string, onSessionOver: () => void): () => void {
  const recent: RealtimeEvent[] = []
  let stop: () => void = () => undefined
  let stopped = false

  const stopReplaying = queryClient.getQueryCache().subscribe((change) => {
    // A snapshot read while events came in may be older than they are: they are applied to it once more.
    const read = change.type === 'updated' && change.action.type === 'success' && change.action.manual !== true
    if (read) for (const event of recent) applyTo(queryClient, change.query.queryKey, event, me)
  })

  const begin = (position: string) => {
    if (stopped) return
    const feed = openFeed({
      http,
      ...agentFeedPaths,
      position,
      onChange(event) {
        recent.push(event)
        if (recent.length > keptEvents) recent.shift()
        applyEverywhere(queryClient, event, me)
        latestEvent.set(event)
      },
      onSignal: noteSignal,
      onResync: () => readAgain(queryClient),
      onState: (state) => connection.set(state),
      onRefused: (error) => error.status === 401 && onSessionOver(),
    })
    stop = () => feed.close()
  }
  startFrom(queryClient, begin, () => stopped)

  return () => {
    stopped = true
    stopReplaying()
    stop()
    connection.set('connecting')
  }
}

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
  void queryClient.invalidateQueries({ predicate: ({ queryKey }) => isLive(queryKey) && queryKey[1] !== 'open' })
  return inbox.position
}

const isLive = (queryKey: readonly unknown[]): boolean => queryKey[0] === 'inbox' || queryKey[0] === 'conversation'

function applyEverywhere(queryClient: QueryClient, event: RealtimeEvent, me: string): void {
  if (event.change.type === 'message') writingEnded(event.change.conversation.id)
  for (const { queryKey } of queryClient.getQueryCache().getAll()) applyTo(queryClient, queryKey, event, me)
  if (event.change.type === 'capture')
    void queryClient.invalidateQueries({ queryKey: captureQuery(event.change.capture.id).queryKey })
}

function applyTo(queryClient: QueryClient, queryKey: readonly unknown[], event: RealtimeEvent, me: string): void {
  if (queryKey[0] === 'inbox')
    queryClient.setQueryData<InboxState>(queryKey, (inbox) => inbox && applyToInbox(inbox, event, queryKey[1] as InboxView, me))
  if (queryKey[0] === 'conversation' && queryKey[1] === event.change.conversation.id)
    queryClient.setQueryData<ConversationState>(queryKey, (state) => state && applyEvent(state, event))
}
