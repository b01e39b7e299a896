import { applyToInbox, type InboxState } from '@clew/client/inbox-state'
import { applyTeamEvent, type TeamState } from '@clew/client/team-state'
import type { InboxView } from '@clew/contract/conversations'
import type { RealtimeEvent } from '@clew/contract/realtime'
import type { QueryClient, QueryKey } from '@tanstack/react-query'

const keptEvents = 500

/** The lists, and each conversation itself; what else is kept of one lies below its key and is no state of the feed. */
export const followsFeed = (queryKey: QueryKey): boolean => queryKey[0] === 'inbox' || isConversation(queryKey)

const isConversation = ([kind, ...about]: QueryKey): boolean => kind === 'conversation' && about.length === 1

/** Applies what the feed tells to every cached list and conversation, and once more to a snapshot that comes later. */
export function keepCacheTrue(
  queryClient: QueryClient,
  me: string,
): { apply(event: RealtimeEvent): void; stop(): void } {
  const cache = queryClient.getQueryCache()
  const recent: RealtimeEvent[] = []

  // A snapshot read while events came in may be older than they are. Applying one twice changes nothing.
  const stop = cache.subscribe((change) => {
    const read = change.type === 'updated' && change.action.type === 'success' && change.action.manual !== true
    if (read && followsFeed(change.query.queryKey))
      for (const event of recent) applyTo(queryClient, change.query.queryKey, { event, me })
  })

  const apply = (event: RealtimeEvent) => {
    recent.push(event)
    if (recent.length > keptEvents) recent.shift()
    for (const { queryKey } of cache.getAll()) applyTo(queryClient, queryKey, { event, me })
    if (event.change.type === 'tags') void queryClient.invalidateQueries({ queryKey: ['tags'] })
    if (event.change.type === 'capture')
      void queryClient.invalidateQueries({ queryKey: ['capture', event.change.capture.id] })
  }
  return { apply, stop }
}

function applyTo(
  queryClient: QueryClient,
  queryKey: QueryKey,
  { event, me }: { event: RealtimeEvent; me: string },
): void {
  const [kind, name, tag] = queryKey
  if (kind === 'inbox')
    queryClient.setQueryData<InboxState>(
      queryKey,
      (inbox) => inbox && applyToInbox(inbox, event, { view: name as InboxView, me, tag: tag as string | undefined }),
    )
  if (isConversation(queryKey) && name === event.change.conversation.id)
    queryClient.setQueryData<TeamState>(queryKey, (state) => state && applyTeamEvent(state, event))
}
