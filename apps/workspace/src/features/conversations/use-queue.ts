import type { InboxState } from '@clew/client/inbox-state'
import type { Conversation, InboxView } from '@clew/contract/conversations'
import { useQuery } from '@tanstack/react-query'
import { inboxQuery } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import { createStore, useStore } from '../../app/store.ts'
import { useFound } from './finder.tsx'
import { type Shown, type Upkeep, useUpkeep } from './inbox-upkeep.ts'
import { groupByNextAction, type NextAction, type QueueGroup } from './queue-model.ts'

export const queueViews: readonly InboxView[] = ['open', 'unassigned', 'mine', 'snoozed', 'with_assistant', 'resolved']

/** A group that needs nothing from me now starts folded. */
const folded = createStore<ReadonlySet<NextAction>>(new Set(['colleagues']))

export function toggleFold(action: NextAction): void {
  folded.update((all) => {
    const next = new Set(all)
    if (!next.delete(action)) next.add(action)
    return next
  })
}

export type ShownGroup = QueueGroup & { readonly folded: boolean }

export type Queue = {
  /** What is looked for, and the first that it found; the groups are then of what was found. */
  readonly found: { readonly q: string; readonly first: string | undefined } | undefined
  readonly view: InboxView
  /** Only what has this tag. */
  readonly tag: string | undefined
  readonly isRead: boolean
  readonly tags: InboxState['tags']
  readonly counts: InboxState['counts'] | undefined
  readonly error: unknown
  readonly groups: readonly ShownGroup[]
  /** The ids that can be seen, from top to bottom. */
  readonly order: readonly string[]
  readonly more: Upkeep['more']
  reload(): void
}

/** What is looked for is shown in place of this list only. */
export const nameOf = ({ view, tag }: Shown): string => `${view} ${tag ?? ''}`

export function useQueue({ view, tag }: Shown, openId: string | undefined): Queue {
  const me = useSession().member.id
  const { data: inbox, error, refetch } = useQuery(inboxQuery(view, tag))
  const foldedActions = useStore(folded)
  const { more } = useUpkeep({ view, tag }, inbox)

  const found = useFound(nameOf({ view, tag }))
  const groups = groupByNextAction((found ?? inbox)?.conversations ?? [], me).map((group) => ({
    ...group,
    folded:
      found === undefined &&
      view === 'open' &&
      foldedActions.has(group.action) &&
      !group.conversations.some(({ id }) => id === openId),
  }))
  return {
    view,
    tag,
    found,
    isRead: (found ?? inbox)?.conversations !== undefined,
    tags: inbox?.tags ?? {},
    counts: inbox?.counts,
    error: found === undefined ? error : found.error,
    groups,
    order: groups.flatMap((group) => (group.folded ? [] : group.conversations.map(({ id }) => id))),
    more: found === undefined ? more : undefined,
    reload: found === undefined ? () => void refetch() : found.again,
  }
}

/** How things stand, whatever list is shown: what I have to answer, and who waits for a person, the longest first. */
export type Standing = {
  readonly counts: InboxState['counts']
  readonly toAnswer: readonly Conversation[]
  readonly waiting: readonly Conversation[]
}

export function useStanding(shown: Shown): Standing | undefined {
  const me = useSession().member.id
  const { data: inbox } = useQuery(inboxQuery('open'))
  const isShown = shown.view === 'open' && shown.tag === undefined
  useUpkeep(open, isShown ? undefined : inbox)
  if (inbox === undefined) return undefined
  const groups = groupByNextAction(inbox.conversations, me)
  const of = (action: NextAction) => groups.find((group) => group.action === action)?.conversations ?? []
  return { counts: inbox.counts, toAnswer: of('reply'), waiting: of('waiting') }
}

const open: Shown = { view: 'open', tag: undefined }
