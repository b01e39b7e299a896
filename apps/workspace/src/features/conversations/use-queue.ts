import { appendPage, type InboxState } from '@clew/client/inbox-state'
import type { InboxView } from '@clew/contract/conversations'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '../../app/api.ts'
import { inboxQuery } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import { createStore, useStore } from '../../app/store.ts'
import { groupByNextAction, type NextAction, type QueueGroup } from './queue-model.ts'

export const queueViews: readonly InboxView[] = ['open', 'unassigned', 'mine', 'with_assistant', 'resolved']

/** A group that needs nothing from me now starts folded. */
const folded = createStore<ReadonlySet<NextAction>>(new Set(['colleagues']))

export function toggleFold(action: NextAction): void {
  folded.update((all) => {
    const next = new Set(all)
    if (!next.delete(action)) next.add(action)
    return next
  })
}

/** Which list, and of which tag only. */
type Shown = { view: InboxView; tag: string | undefined }

export type ShownGroup = QueueGroup & { readonly folded: boolean }

export type Queue = {
  readonly view: InboxView
  /** Only what has this tag. */
  readonly tag: string | undefined
  readonly inbox: InboxState | undefined
  readonly error: unknown
  readonly groups: readonly ShownGroup[]
  /** The ids that can be seen, from top to bottom. */
  readonly order: readonly string[]
  readonly more: { readonly busy: boolean; load(): void } | undefined
  reload(): void
}

export function useQueue({ view, tag }: Shown, openId: string | undefined): Queue {
  const me = useSession().member.id
  const { data: inbox, error, refetch } = useQuery(inboxQuery(view, tag))
  const foldedActions = useStore(folded)
  useFreshCounts(inbox, refetch)

  const groups = groupByNextAction(inbox?.conversations ?? [], me).map((group) => ({
    ...group,
    folded: view === 'open' && foldedActions.has(group.action) && !group.conversations.some(({ id }) => id === openId),
  }))
  return {
    view,
    tag,
    inbox,
    error,
    groups,
    order: groups.flatMap((group) => (group.folded ? [] : group.conversations.map(({ id }) => id))),
    more: useNextPage({ view, tag }, inbox),
    reload: () => void refetch(),
  }
}

// A conversation that was never listed has changed: its view's counts are read again, once for a burst of events.
function useFreshCounts(inbox: InboxState | undefined, refetch: () => Promise<unknown>): void {
  const stale = inbox?.countsAreStale === true
  useEffect(() => {
    if (!stale) return undefined
    const timer = setTimeout(() => void refetch(), 400)
    return () => clearTimeout(timer)
  }, [stale, refetch])
}

function useNextPage({ view, tag }: Shown, inbox: InboxState | undefined): Queue['more'] {
  const queryClient = useQueryClient()
  const [busy, setBusy] = useState(false)
  const cursor = inbox?.nextCursor
  if (cursor === undefined) return undefined
  const load = () => {
    setBusy(true)
    api
      .conversations({ view, cursor, ...(tag === undefined ? {} : { tag }) })
      .then((page) =>
        queryClient.setQueryData(inboxQuery(view, tag).queryKey, (before) => before && appendPage(before, page)),
      )
      .catch(() => undefined)
      .finally(() => setBusy(false))
  }
  return { busy, load }
}
