import type { Conversation, ConversationList, InboxView } from '@clew/contract/conversations'
import type { Position } from '@clew/contract/primitives'
import type { RealtimeEvent } from '@clew/contract/realtime'
import { isNews, type Versions } from './conversation-state.ts'

export type InboxState = {
  /** What the view shows, latest message first. */
  readonly conversations: readonly Conversation[]
  readonly nextCursor?: string
  readonly counts: Readonly<Record<InboxView, number>>
  /** An event concerned a conversation we had not seen before, so the counts are a guess until read again. */
  readonly countsAreStale: boolean
  readonly position: Position
  readonly versions: Versions
  /** Every conversation seen so far, in whatever view. */
  readonly known: Readonly<Record<string, Conversation>>
}

export const inboxFromList = (list: ConversationList): InboxState => ({
  conversations: [...list.conversations].sort(byLatestMessage),
  ...(list.nextCursor === undefined ? {} : { nextCursor: list.nextCursor }),
  counts: list.counts,
  countsAreStale: false,
  position: list.position,
  versions: {},
  known: Object.fromEntries(list.conversations.map((conversation) => [conversation.id, conversation])),
})

/** Adds the next page. What events have taught us since is kept. */
export function appendPage(state: InboxState, list: ConversationList): InboxState {
  const fresh = list.conversations.filter(({ id }) => state.known[id] === undefined)
  const { nextCursor: _seen, ...rest } = state
  return {
    ...rest,
    conversations: [...state.conversations, ...fresh].sort(byLatestMessage),
    ...(list.nextCursor === undefined ? {} : { nextCursor: list.nextCursor }),
    known: { ...state.known, ...Object.fromEntries(fresh.map((conversation) => [conversation.id, conversation])) },
  }
}

/** Which view is looked at, and by which agent. */
type Seen = [view: InboxView, me: string]

/** Applies one event to the view: the conversation enters, moves or leaves. Order and repetition do not matter. */
export function applyToInbox(state: InboxState, event: RealtimeEvent, ...[view, me]: Seen): InboxState {
  const { conversation } = event.change
  if (!isNews(state, conversation.id, event.position)) return state

  const before = state.known[conversation.id]
  const others = state.conversations.filter(({ id }) => id !== conversation.id)
  return {
    ...state,
    conversations: belongsTo(view, conversation, me) ? [...others, conversation].sort(byLatestMessage) : others,
    counts: before === undefined ? state.counts : recount(state.counts, { before, after: conversation }, me),
    countsAreStale: state.countsAreStale || before === undefined,
    versions: { ...state.versions, [conversation.id]: event.position },
    known: { ...state.known, [conversation.id]: conversation },
  }
}

/** The same rule by which the server fills a view. */
export function belongsTo(view: InboxView, conversation: Conversation, me: string): boolean {
  if (view === 'resolved') return conversation.status === 'resolved'
  if (conversation.status !== 'open') return false
  switch (view) {
    case 'open':
      return true
    case 'mine':
      return conversation.assignee?.id === me
    case 'unassigned':
      return conversation.assignee === undefined && conversation.handling !== 'assistant'
    case 'with_assistant':
      return conversation.handling === 'assistant'
  }
}

const views: readonly InboxView[] = ['mine', 'unassigned', 'open', 'with_assistant', 'resolved']

function recount(counts: InboxState['counts'], change: { before: Conversation; after: Conversation }, me: string) {
  const next = { ...counts }
  for (const view of views) {
    const step = Number(belongsTo(view, change.after, me)) - Number(belongsTo(view, change.before, me))
    next[view] = Math.max(0, (counts[view] ?? 0) + step)
  }
  return next
}

const byLatestMessage = (a: Conversation, b: Conversation): number =>
  Date.parse(b.lastMessageAt) - Date.parse(a.lastMessageAt) || (a.id < b.id ? 1 : -1)
