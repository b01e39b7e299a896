import { conversationOf } from '@clew/client/conversation-state'
import { applyToInbox, type InboxState } from '@clew/client/inbox-state'
import { comparePositions } from '@clew/client/position'
import { applyTeamEvent, type TeamState } from '@clew/client/team-state'
import type { Conversation, InboxView } from '@clew/contract/conversations'
import type { Position } from '@clew/contract/primitives'
import type { RealtimeEvent } from '@clew/contract/realtime'
import type { QueryClient, QueryKey } from '@tanstack/react-query'

const keptEvents = 500

/** The lists, and each conversation itself; what else is kept of one lies below its key and is no state of the feed. */
export const followsFeed = (queryKey: QueryKey): boolean => queryKey[0] === 'inbox' || isConversation(queryKey)

const isConversation = ([kind, ...about]: QueryKey): boolean => kind === 'conversation' && about.length === 1

export type TrueCache = {
  apply(event: RealtimeEvent): void
  /** The feed tells what comes after this place. What was read before it has missed what lay between, and is read again. */
  followFrom(position: Position): void
  stop(): void
}

/** Applies what the feed tells to every cached list and conversation, and once more to a snapshot that comes later. */
export function keepCacheTrue(queryClient: QueryClient, me: string): TrueCache {
  const cache = queryClient.getQueryCache()
  const recent: RealtimeEvent[] = []
  let followedFrom: Position | undefined

  const readAgainIfOld = (queryKey: QueryKey): void => {
    const state = queryClient.getQueryData<{ position: Position }>(queryKey)
    if (state === undefined || followedFrom === undefined) return
    if (comparePositions(state.position, followedFrom) < 0)
      void queryClient.invalidateQueries({ queryKey, exact: true })
  }

  // A snapshot read while events came in may be older than they are. Applying one twice changes nothing.
  const stop = cache.subscribe((change) => {
    const read = change.type === 'updated' && change.action.type === 'success' && change.action.manual !== true
    const { queryKey } = change.query
    if (!read || !followsFeed(queryKey)) return
    readAgainIfOld(queryKey)
    for (const event of recent) applyTo(queryClient, queryKey, { event, me })
  })

  const apply = (event: RealtimeEvent) => {
    recent.push(event)
    if (recent.length > keptEvents) recent.shift()
    for (const { queryKey } of cache.getAll()) applyTo(queryClient, queryKey, { event, me })
    if (event.change.type === 'tags') void queryClient.invalidateQueries({ queryKey: ['tags'] })
    if (event.change.type === 'capture')
      void queryClient.invalidateQueries({ queryKey: ['capture', event.change.capture.id] })
  }
  const followFrom = (position: Position) => {
    followedFrom = position
    for (const { queryKey } of cache.getAll()) if (followsFeed(queryKey)) readAgainIfOld(queryKey)
  }
  return { apply, followFrom, stop }
}

function applyTo(
  queryClient: QueryClient,
  queryKey: QueryKey,
  { event, me }: { event: RealtimeEvent; me: string },
): void {
  const [kind, name, tag] = queryKey
  if (kind === 'found')
    queryClient.setQueryData<Conversation[]>(queryKey, (found) => found && withNews(found, event.change))
  if (kind === 'inbox')
    queryClient.setQueryData<InboxState>(
      queryKey,
      (inbox) => inbox && applyToInbox(inbox, event, { view: name as InboxView, me, tag: tag as string | undefined }),
    )
  if (!isConversation(queryKey) || name !== conversationOf(event.change)) return
  if (event.change.type === 'erased') forget(queryClient, event.change.conversationId)
  else queryClient.setQueryData<TeamState>(queryKey, (state) => applyTeamEvent(state, event))
}

function withNews(found: readonly Conversation[], change: RealtimeEvent['change']): Conversation[] {
  if (change.type === 'erased') return found.filter(({ id }) => id !== change.conversationId)
  return found.map((one) => (one.id === change.conversation.id ? change.conversation : one))
}

/** Nothing of it stays, nor what was read for it: its captures, what was looked up. A screen that shows it asks again. */
function forget(queryClient: QueryClient, id: string): void {
  const captures = queryClient.getQueryData<TeamState>(['conversation', id])?.captures ?? []
  const about: unknown[] = [id, ...captures.map((capture) => capture.id)]
  void queryClient.resetQueries({ predicate: ({ queryKey }) => queryKey.some((part) => about.includes(part)) })
}
