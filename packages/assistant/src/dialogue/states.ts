/** Where the assistant stands in one conversation. */
export const states = [
  'greeting',
  'triage',
  'clarifying',
  'answering',
  'in_flow',
  'confirming',
  'collecting',
  'secret_warned',
  'handover_queued',
  'with_human',
  'resolved',
  'reopened',
] as const
export type State = (typeof states)[number]

/** What can happen to it. The first part are the contact's turns, as they were understood; then what others do. */
export const happenings = [
  'greeted',
  'asked_back',
  'answered',
  'flow_started',
  'flow_went_on',
  'flow_ended',
  'question_put',
  'refused',
  'secret_only',
  'handed_over',
  'solved',
  'nothing',
  'person_spoke',
  'called_back',
  'closed',
  'reopened',
] as const
export type Happening = (typeof happenings)[number]

type Row = Partial<Record<Happening, State>>

/** Holds from every state in which the assistant may speak. */
const speaking: Row = {
  asked_back: 'clarifying',
  answered: 'confirming',
  flow_started: 'in_flow',
  question_put: 'collecting',
  secret_only: 'secret_warned',
  handed_over: 'handover_queued',
  solved: 'resolved',
  person_spoke: 'with_human',
  closed: 'resolved',
}

/** Only a person, or the contact who comes back, changes these; the assistant is silent in them. */
const silent: Row = { person_spoke: 'with_human', called_back: 'triage', closed: 'resolved', reopened: 'reopened' }

/** What follows what. A happening that is not listed leaves the state as it is. */
export const transitions: Record<State, Row> = {
  greeting: { ...speaking, greeted: 'triage', refused: 'triage' },
  triage: { ...speaking, refused: 'triage' },
  clarifying: { ...speaking },
  answering: { ...speaking },
  in_flow: { ...speaking, answered: 'in_flow', asked_back: 'in_flow', secret_only: 'in_flow', flow_ended: 'answering' },
  confirming: { ...speaking, refused: 'confirming' },
  collecting: { ...speaking, refused: 'collecting' },
  secret_warned: { ...speaking, refused: 'triage' },
  handover_queued: { ...silent },
  with_human: { ...silent },
  resolved: { ...speaking, reopened: 'reopened', greeted: 'triage' },
  reopened: { ...speaking, greeted: 'triage', refused: 'triage' },
}

export const after = (state: State, happening: Happening): State => transitions[state][happening] ?? state

/** A person has the conversation, or is about to: the assistant says nothing. */
export const isSilent = (state: State): boolean => state === 'handover_queued' || state === 'with_human'
