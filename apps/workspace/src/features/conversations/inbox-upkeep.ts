import { appendPage, type InboxState, withCounts } from '@clew/client/inbox-state'
import type { InboxView } from '@clew/contract/conversations'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { api } from '../../app/api.ts'
import { inboxQuery } from '../../app/queries.ts'

/** Which list, and of which tag only. */
export type Shown = { readonly view: InboxView; readonly tag: string | undefined }

export type Upkeep = { readonly more: { readonly busy: boolean; load(): void } | undefined }

/** Keeps the counts of a list true, and the list whole where who has waited longest comes first. */
export function useUpkeep(shown: Shown, inbox: InboxState | undefined): Upkeep {
  useFreshCounts(shown, inbox)
  const { state, load } = useNextPage(shown)
  const cursor = inbox?.nextCursor
  const step = state?.cursor === cursor ? state?.step : undefined
  const goesOn = step !== 'failed' && readsOn(shown.view, inbox?.conversations.length ?? 0)
  const wanted = goesOn && step === undefined ? cursor : undefined
  useEffect(() => {
    if (wanted !== undefined) load(wanted)
  }, [wanted, load])
  return { more: cursor === undefined || goesOn ? undefined : { busy: step === 'busy', load: () => load(cursor) } }
}

const wholeUntil = 500
const byWait: readonly InboxView[] = ['open', 'mine', 'unassigned']

/** A page is of the latest messages, so whoever has waited longest is on the last one. */
const readsOn = (view: InboxView, shown: number): boolean => byWait.includes(view) && shown < wholeUntil

const queryOf = ({ tag }: Shown) => (tag === undefined ? {} : { tag })

/** A conversation that was never listed has changed: the counts are read again, once for a burst of events. */
function useFreshCounts({ view, tag }: Shown, inbox: InboxState | undefined): void {
  const queryClient = useQueryClient()
  const [tries, setTries] = useState(0)
  const stale = inbox?.countsAreStale === true
  useEffect(() => {
    if (!stale) return undefined
    const timer = setTimeout(
      () => {
        readCounts(queryClient, { view, tag }).then(
          (isTaken) => setTries((before) => (isTaken ? 0 : before + 1)),
          () => setTries((before) => before + 1),
        )
      },
      400 * 2 ** Math.min(tries, 6),
    )
    return () => clearTimeout(timer)
  }, [stale, tries, queryClient, view, tag])
}

/** Answers whether they were still true when they came. */
async function readCounts(queryClient: QueryClient, shown: Shown): Promise<boolean> {
  const list = await api.conversations({ view: shown.view, ...queryOf(shown), limit: 1 })
  const { queryKey } = inboxQuery(shown.view, shown.tag)
  queryClient.setQueryData(queryKey, (before) => before && withCounts(before, list))
  return queryClient.getQueryData(queryKey)?.countsAreStale !== true
}

type Loading = { readonly cursor: string; readonly step: 'busy' | 'failed' }

function useNextPage({ view, tag }: Shown) {
  const queryClient = useQueryClient()
  const [state, setState] = useState<Loading>()
  const load = useCallback(
    (cursor: string) => {
      setState({ cursor, step: 'busy' })
      api.conversations({ view, ...queryOf({ view, tag }), cursor, limit: 100 }).then(
        (page) =>
          queryClient.setQueryData(inboxQuery(view, tag).queryKey, (before) =>
            before?.nextCursor === cursor ? appendPage(before, page) : before,
          ),
        () => setState({ cursor, step: 'failed' }),
      )
    },
    [queryClient, view, tag],
  )
  return { state, load }
}
