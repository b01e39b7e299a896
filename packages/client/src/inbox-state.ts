import type { Conversation, ConversationList, InboxView } from '@clew/contract/conversations'
import type { Position } from '@clew/contract/primitives'
import type { RealtimeEvent } from '@clew/contract/realtime'
import { conversationOf, isNews, type Versions } from './conversation-state.ts'

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
  // One that events have told us of and that is not known was erased, maybe after the page was read.
  const fresh = list.conversations.filter(({ id }) => state.known[id] === undefined && state.versions[id] === undefined)
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
  const about = conversationOf(event.change)
  if (!isNews(state, about, event.position)) return state

  const before = state.known[about]
  const others = state.conversations.filter(({ id }) => id !== about)
  if (event.change.type === 'erased') return withoutConversation({ ...state, conversations: others }, event, me)
  const { conversation } = event.change
  return {
    ...state,
    conversations: belongsTo(view, conversation, me) ? [...others, conversation].sort(byLatestMessage) : others,
    counts: recount(state.counts, { before, after: conversation }, me),
    countsAreStale: state.countsAreStale || before === undefined,
    versions: { ...state.versions, [conversation.id]: event.position },
    known: { ...state.known, [conversation.id]: conversation },
  }
}

function withoutConversation(state: InboxState, { change, position }: RealtimeEvent, me: string): InboxState {
  const id = conversationOf(change)
  const { [id]: before, ...known } = state.known
  return {
    ...state,
    counts: recount(state.counts, { before, after: undefined }, me),
    countsAreStale: state.countsAreStale || before === undefined,
    versions: { ...state.versions, [id]: position },
    known,
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

type Turn = { before: Conversation | undefined; after: Conversation | undefined }

/** One that was not known before is counted by nobody here: then the counts are read again. */
function recount(counts: InboxState['counts'], { before, after }: Turn, me: string) {
  if (before === undefined) return counts
  const next = { ...counts }
  for (const view of views) {
    const step = Number(after !== undefined && belongsTo(view, after, me)) - Number(belongsTo(view, before, me))
    next[view] = Math.max(0, (counts[view] ?? 0) + step)
  }
  return next
}

const byLatestMessage = (a: Conversation, b: Conversation): number =>
  Date.parse(b.lastMessageAt) - Date.parse(a.lastMessageAt) || (a.id < b.id ? 1 : -1)
