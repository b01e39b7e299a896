import {
  applyEvent,
  fromSnapshot,
  withSnapshot as renewed,
  withCase,
  withConversation,
  withMessage,
} from '@clew/client/conversation-state'
import { comparePositions } from '@clew/client/position'
import type { Conversation, ConversationSnapshot } from '@clew/contract/conversations'
import type { Position } from '@clew/contract/primitives'
import type { RealtimeEvent } from '@clew/contract/realtime'
import type { Delivered } from '../outbox/deliver.ts'
import type { PanelState } from './state.ts'

/** What was read of a conversation, unless it is gone. */
export function withSnapshot(before: PanelState, snapshot: ConversationSnapshot): PanelState {
  const { id } = snapshot.conversation
  if (isGone(before, id, snapshot.position)) return before
  const state = thereAgain(before, id)
  return { ...state, loaded: { ...state.loaded, [id]: renewed(state.loaded[id], snapshot) } }
}

/** The whole list, as it was at a place in the log. */
export function withList(before: PanelState, list: readonly Conversation[], position: Position): PanelState {
  const there = list.filter(({ id }) => !isGone(before, id, position))
  const state = there.reduce((some, { id }) => thereAgain(some, id), before)
  return { ...state, conversations: there.sort(byLatest) }
}

/** Whether what was told of it at this place was told before it went. */
function isGone({ gone }: PanelState, id: string, position: Position): boolean {
  if (!(id in gone)) return false
  const wentAt = gone[id]
  return wentAt === undefined || comparePositions(position, wentAt) <= 0
}

function thereAgain(state: PanelState, id: string): PanelState {
  if (!(id in state.gone)) return state
  const { [id]: _returned, ...gone } = state.gone
  return { ...state, gone }
}

export function withEvent(before: PanelState, event: RealtimeEvent): PanelState {
  const { change, position } = event
  if (change.type === 'erased') return withoutConversation(before, change.conversationId, position)
  const { conversation } = change
  if (isGone(before, conversation.id, position)) return before
  const state = thereAgain(before, conversation.id)
  const next = applyEvent(state.loaded[conversation.id], event)
  return {
    ...state,
    conversations: withListed(state, conversation),
    loaded: next === undefined ? state.loaded : { ...state.loaded, [conversation.id]: next },
  }
}

/** It was deleted, or left behind. Where it is shown, the panel is as at the start. */
export function withoutConversation(state: PanelState, id: string, position?: Position): PanelState {
  const { [id]: _gone, ...loaded } = state.loaded
  return {
    ...(state.current === id ? atStart(state) : state),
    loaded,
    gone: { ...state.gone, [id]: position ?? state.gone[id] },
    conversations: state.conversations.filter((each) => each.id !== id),
    outbox: state.outbox.filter(({ conversation }) => conversation !== id),
  }
}

const atStart = ({ current: _left, asking: _asked, doing: _over, ...rest }: PanelState): PanelState => ({
  ...rest,
  hars: [],
})

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
