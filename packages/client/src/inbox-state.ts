import type { Conversation, ConversationList, InboxView } from '@clew/contract/conversations'
import type { Position } from '@clew/contract/primitives'
import type { RealtimeEvent } from '@clew/contract/realtime'
import { conversationOf, isNews, type Versions } from './conversation-state.ts'
import { comparePositions } from './position.ts'

export type InboxState = {
  /** What the view shows, latest message first; what sleeps, the first to wake first. */
  readonly conversations: readonly Conversation[]
  readonly nextCursor?: string
  /** By conversation; one without any need not be in it. */
  readonly tags: Readonly<Record<string, readonly string[]>>
  readonly counts: Readonly<Record<InboxView, number>>
  /** An event concerned a conversation we had not seen before, so the counts are a guess until read again. */
  readonly countsAreStale: boolean
  /** What came before this place is in the counts already. */
  readonly countedAt: Position
  readonly position: Position
  readonly versions: Versions
  /** Every conversation seen so far, in whatever view. */
  readonly known: Readonly<Record<string, Conversation>>
}

export const inboxFromList = (list: ConversationList): InboxState => ({
  tags: list.tags,
  conversations: [...list.conversations].sort(inOrder),
  ...(list.nextCursor === undefined ? {} : { nextCursor: list.nextCursor }),
  counts: list.counts,
  countsAreStale: false,
  countedAt: list.position,
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
    conversations: [...state.conversations, ...fresh].sort(inOrder),
    ...(list.nextCursor === undefined ? {} : { nextCursor: list.nextCursor }),
    tags: { ...list.tags, ...state.tags },
    known: { ...state.known, ...Object.fromEntries(fresh.map((conversation) => [conversation.id, conversation])) },
  }
}

/** Takes the counts of a list that was read anew; what is shown stays. A list older than what events have told is not taken. */
export function withCounts(state: InboxState, { counts, position }: ConversationList): InboxState {
  const isOvertaken = Object.values(state.versions).some((version) => comparePositions(version, position) > 0)
  return isOvertaken ? state : { ...state, counts, countedAt: position, countsAreStale: false }
}

/** Which view is looked at, by which agent, and of which tag only. */
type Seen = { view: InboxView; me: string; tag?: string | undefined }

/** Applies one event to the view: the conversation enters, moves or leaves. Order and repetition do not matter. */
export function applyToInbox(state: InboxState, event: RealtimeEvent, { view, me, tag }: Seen): InboxState {
  if (event.change.type === 'erased') return withoutConversation(state, event, me)
  const news = newsIn(state, event)
  if (!news) return state

  const { conversation, tags, versions } = news
  const { id } = conversation
  const before = state.known[id]
  const others = state.conversations.filter((other) => other.id !== id)
  const isOfTag = tag === undefined || tags[id]?.includes(tag) === true
  return {
    ...state,
    tags,
    conversations: isOfTag && belongsTo(view, conversation, me) ? [...others, conversation].sort(inOrder) : others,
    ...counted(state, { before, after: conversation, at: event.position }, me),
    versions,
    known: { ...state.known, [id]: conversation },
  }
}

function withoutConversation(state: InboxState, { change, position }: RealtimeEvent, me: string): InboxState {
  const id = conversationOf(change)
  if (!isNews(state, id, position)) return state
  const { [id]: before, ...known } = state.known
  const { [id]: _theirs, ...tags } = state.tags
  return {
    ...state,
    tags,
    conversations: state.conversations.filter((other) => other.id !== id),
    ...counted(state, { before, after: undefined, at: position }, me),
    versions: { ...state.versions, [id]: position, [tagsOf(id)]: position },
    known,
  }
}

type News = Pick<InboxState, 'tags' | 'versions'> & { conversation: Conversation }

/** The conversation and its tags each by their latest event; undefined where both are known already. */
function newsIn(state: InboxState, { change, position }: RealtimeEvent): News | undefined {
  if (change.type === 'erased') return undefined
  const { id } = change.conversation
  const isFresh = isNews(state, id, position)
  const fresh: News = {
    conversation: isFresh ? change.conversation : (state.known[id] ?? change.conversation),
    tags: state.tags,
    versions: isFresh ? { ...state.versions, [id]: position } : state.versions,
  }
  if (change.type !== 'tags' || !isNews(state, tagsOf(id), position)) return isFresh ? fresh : undefined
  return {
    ...fresh,
    tags: { ...state.tags, [id]: change.tags },
    versions: { ...fresh.versions, [tagsOf(id)]: position },
  }
}

const tagsOf = (id: string): string => `tags ${id}`

/** The same rule by which the server fills a view. */
export function belongsTo(view: InboxView, conversation: Conversation, me: string): boolean {
  const { status, handling, snoozed } = conversation
  if (view === 'resolved') return status === 'resolved'
  if (status !== 'open') return false
  if (view === 'with_assistant') return handling === 'assistant'
  return view === 'snoozed' ? snoozed !== undefined : snoozed === undefined && isToDo(view, conversation, me)
}

function isToDo(view: 'open' | 'mine' | 'unassigned', { handling, assignee }: Conversation, me: string): boolean {
  switch (view) {
    case 'open':
      return handling !== 'assistant'
    case 'mine':
      return assignee?.id === me
    case 'unassigned':
      return assignee === undefined && handling !== 'assistant'
  }
}

const views: readonly InboxView[] = ['mine', 'unassigned', 'open', 'with_assistant', 'snoozed', 'resolved']

type Turn = { before: Conversation | undefined; after: Conversation | undefined; at: Position }

/** One that was not known before is counted by nobody here: then the counts are read again. */
function counted(state: InboxState, { before, after, at }: Turn, me: string) {
  if (comparePositions(at, state.countedAt) <= 0) return {}
  if (before === undefined) return { countsAreStale: true }
  const counts = { ...state.counts }
  for (const view of views) {
    const step = Number(after !== undefined && belongsTo(view, after, me)) - Number(belongsTo(view, before, me))
    counts[view] = Math.max(0, (counts[view] ?? 0) + step)
  }
  return { counts }
}

/** What sleeps stands only in a view of its own, so that one order serves every view. */
function inOrder(a: Conversation, b: Conversation): number {
  if (a.snoozed && b.snoozed) return Date.parse(a.snoozed.until) - Date.parse(b.snoozed.until) || (a.id < b.id ? -1 : 1)
  if (a.snoozed || b.snoozed) return a.snoozed ? -1 : 1
  return Date.parse(b.lastMessageAt) - Date.parse(a.lastMessageAt) || (a.id < b.id ? 1 : -1)
}
