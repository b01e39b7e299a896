import type { CaptureSummary } from '@clew/contract/captures'
import type { Case } from '@clew/contract/cases'
import type { Conversation, ConversationSnapshot, Message } from '@clew/contract/conversations'
import type { Position } from '@clew/contract/primitives'
import type { RealtimeChange, RealtimeEvent } from '@clew/contract/realtime'
import { comparePositions } from './position.ts'

/** A conversation as a client knows it. `versions` says from which event each part comes, where not from the snapshot. */
export type ConversationState = {
  readonly conversation: Conversation
  /** In order of `seq`, each once. A contact sees gaps where notes are. */
  readonly messages: readonly Message[]
  readonly case: Case
  /** Oldest first. */
  readonly captures: readonly CaptureSummary[]
  readonly position: Position
  readonly versions: Versions
}

export type Versions = Readonly<Record<string, Position>>

export const fromSnapshot = (snapshot: ConversationSnapshot): ConversationState => ({
  conversation: snapshot.conversation,
  messages: snapshot.messages.reduce<readonly Message[]>(putMessage, []),
  case: snapshot.case,
  captures: snapshot.captures.reduce<readonly CaptureSummary[]>(putCapture, []),
  position: snapshot.position,
  versions: {},
})

/** A snapshot replaces what was known, but for what is newer: a reading may have been overtaken by what events said meanwhile. */
export function withSnapshot(state: ConversationState | undefined, snapshot: ConversationSnapshot): ConversationState {
  const fresh = fromSnapshot(snapshot)
  const { position, conversation } = snapshot
  if (state === undefined) return fresh
  if (comparePositions(state.position, position) > 0) return state
  const later = Object.entries(state.versions).filter(([, version]) => comparePositions(version, position) > 0)
  const versions = Object.fromEntries(later)
  return {
    ...fresh,
    ...('conversation' in versions ? { conversation: state.conversation } : {}),
    ...('case' in versions ? { case: state.case } : {}),
    messages: state.messages
      .filter(({ id, seq }) => seq > conversation.lastSeq || `message ${id}` in versions)
      .reduce(putMessage, fresh.messages),
    captures: state.captures.filter(({ id }) => `capture ${id}` in versions).reduce(putCapture, fresh.captures),
    versions,
  }
}

/** Which conversation a change is about. */
export const conversationOf = (change: RealtimeChange): Conversation['id'] =>
  change.type === 'erased' ? change.conversationId : change.conversation.id

/**
 * Applies one event. In whatever order and however often events come, the state ends the same: as nothing, once the
 * conversation was erased.
 */
export function applyEvent<S extends ConversationState>(state: S | undefined, event: RealtimeEvent): S | undefined {
  const { change, position } = event
  if (state === undefined || conversationOf(change) !== state.conversation.id) return state
  if (change.type === 'erased') return undefined

  let next = state
  if (isNews(state, 'conversation', position))
    next = { ...next, conversation: change.conversation, versions: mark(next, 'conversation', position) }

  switch (change.type) {
    case 'conversation':
    case 'tags':
      return next
    case 'message':
      return applyMessage(next, change.message, position)
    case 'case':
      if (!isNews(state, 'case', position)) return next
      return { ...next, case: change.case, versions: mark(next, 'case', position) }
    case 'capture':
      return applyCapture(next, change.capture, position)
  }
}

/** Puts in a message that a call of our own answered with, ahead of its event. */
export const withMessage = <S extends ConversationState>(state: S, message: Message): S =>
  message.conversationId === state.conversation.id ? { ...state, messages: putMessage(state.messages, message) } : state

/** Puts in what a call of our own answered with, ahead of its event. */
export const withConversation = <S extends ConversationState>(state: S, conversation: Conversation): S =>
  conversation.id === state.conversation.id ? { ...state, conversation } : state

export const withCase = <S extends ConversationState>(state: S, known: Case): S =>
  known.conversationId === state.conversation.id ? { ...state, case: known } : state

/** Whether an event at this position says something newer about a part than what the state holds. */
export function isNews(
  state: { readonly position: Position; readonly versions: Versions },
  part: string,
  position: Position,
): boolean {
  return comparePositions(position, state.versions[part] ?? state.position) > 0
}

const mark = (state: ConversationState, part: string, position: Position): Versions => ({
  ...state.versions,
  [part]: position,
})

function applyMessage<S extends ConversationState>(state: S, message: Message, position: Position): S {
  const part = `message ${message.id}`
  const known = state.messages.some(({ id }) => id === message.id)
  if (known && !isNews(state, part, position)) return state
  return { ...state, messages: putMessage(state.messages, message), versions: mark(state, part, position) }
}

function applyCapture<S extends ConversationState>(state: S, capture: CaptureSummary, position: Position): S {
  const part = `capture ${capture.id}`
  const known = state.captures.some(({ id }) => id === capture.id)
  if (known && !isNews(state, part, position)) return state
  return { ...state, captures: putCapture(state.captures, capture), versions: mark(state, part, position) }
}

const putMessage = (messages: readonly Message[], message: Message): readonly Message[] =>
  [...messages.filter(({ id }) => id !== message.id), message].sort((a, b) => a.seq - b.seq)

const putCapture = (captures: readonly CaptureSummary[], capture: CaptureSummary): readonly CaptureSummary[] =>
  [...captures.filter(({ id }) => id !== capture.id), capture].sort(
    (a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || (a.id < b.id ? -1 : 1),
  )
