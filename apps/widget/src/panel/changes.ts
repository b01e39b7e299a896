import {
  applyEvent,
  fromSnapshot,
  withSnapshot as renewed,
  withCase,
  withConversation,
  withMessage,
} from '@clew/client/conversation-state'
import type { Conversation, ConversationSnapshot } from '@clew/contract/conversations'
import type { RealtimeEvent } from '@clew/contract/realtime'
import type { Delivered } from '../outbox/deliver.ts'
import type { PanelState } from './state.ts'

/** What was read of a conversation, unless it is gone. */
export function withSnapshot(state: PanelState, snapshot: ConversationSnapshot): PanelState {
  const { id } = snapshot.conversation
  if (state.gone[id]) return state
  return { ...state, loaded: { ...state.loaded, [id]: renewed(state.loaded[id], snapshot) } }
}

export function withEvent(state: PanelState, event: RealtimeEvent): PanelState {
  if (event.change.type === 'erased') return withoutConversation(state, event.change.conversationId)
  const { conversation } = event.change
  if (state.gone[conversation.id]) return state
  const next = applyEvent(state.loaded[conversation.id], event)
  return {
    ...state,
    conversations: withListed(state, conversation),
    loaded: next === undefined ? state.loaded : { ...state.loaded, [conversation.id]: next },
  }
}

/** It was deleted. Where it is shown, the panel is as at the start. */
export function withoutConversation(state: PanelState, id: string): PanelState {
  const { [id]: _gone, ...loaded } = state.loaded
  return {
    ...(state.current === id ? atStart(state) : state),
    loaded,
    gone: { ...state.gone, [id]: true },
    conversations: state.conversations.filter((each) => each.id !== id),
    outbox: state.outbox.filter(({ conversation }) => conversation !== id),
  }
}

const atStart = ({ current: _left, asking: _asked, har: _har, doing: _over, ...rest }: PanelState): PanelState => rest

/** What is shown, known or waited for of conversations that have begun on the server. */
export function begunIds({ current, loaded, outbox }: PanelState): string[] {
  const own = outbox.flatMap(({ conversation, outgoing }) => (outgoing.kind === 'start' ? conversation : []))
  const ids = new Set([...Object.keys(loaded), ...outbox.map(({ conversation }) => conversation), current ?? ''])
  return [...ids].filter((id) => id !== '' && !own.includes(id))
}

/** What the server answered to an entry of the outbox, ahead of the event that will say the same. */
export function withDelivered(state: PanelState, delivered: Delivered): PanelState {
  const id = delivered.conversation?.id ?? delivered.message?.conversationId ?? delivered.case?.conversationId
  const known = id === undefined ? undefined : state.loaded[id]
  if (id === undefined || known === undefined) return state
  let next = known
  if (delivered.message !== undefined) next = withMessage(next, delivered.message)
  if (delivered.conversation !== undefined) next = withConversation(next, delivered.conversation)
  if (delivered.case !== undefined) next = withCase(next, delivered.case)
  return { ...state, loaded: { ...state.loaded, [id]: next } }
}

/** The conversation has an id now, and shows its first message while the rest of it is fetched. */
export function withStarted(state: PanelState, clientId: string, { conversation, message }: Delivered): PanelState {
  if (conversation === undefined) return state
  const { id } = conversation
  const begun: ConversationSnapshot = {
    conversation,
    messages: message === undefined ? [] : [message],
    case: {
      conversationId: id,
      kind: 'other',
      facts: [],
      earlier: [],
      missing: [],
      notNeeded: [],
      given: 0,
      wanted: 0,
      score: 0,
    },
    captures: [],
    // Before everything, so that whatever comes is news.
    position: '0-0-0',
  }
  return {
    ...state,
    ...(state.current === clientId ? { current: id } : {}),
    outbox: state.outbox.map((entry) => (entry.conversation === clientId ? { ...entry, conversation: id } : entry)),
    loaded: { ...state.loaded, [id]: state.loaded[id] ?? fromSnapshot(begun) },
    conversations: withListed(state, conversation),
  }
}

export const withRead = (state: PanelState, id: string, seq: number): PanelState => ({
  ...state,
  readSeq: { ...state.readSeq, [id]: Math.max(seq, state.readSeq[id] ?? 0) },
})

export const withoutDoing = (state: PanelState): PanelState => {
  const { doing: _over, ...rest } = state
  return rest
}

/** The last that someone else has said and the person has not seen; 0 when there is nothing. */
export function lastUnread(state: PanelState, id: string): number {
  const shown = state.loaded[id]
  const last = shown?.messages.findLast(({ author }) => author.type !== 'contact')?.seq ?? 0
  const seen = Math.max(shown?.conversation.contactReadSeq ?? 0, state.readSeq[id] ?? 0)
  return last > seen ? last : 0
}

export const byLatest = (a: Conversation, b: Conversation): number =>
  Date.parse(b.lastMessageAt) - Date.parse(a.lastMessageAt)

const withListed = (state: PanelState, conversation: Conversation): readonly Conversation[] =>
  [conversation, ...state.conversations.filter(({ id }) => id !== conversation.id)].sort(byLatest)
