import type { HandOverReason } from '@clew/contract/conversations'
import type { Run } from '@clew/flows'
import type { CaseField, MissingPart } from '@clew/intake'
import type { Locale } from '@clew/text'
import { after, type State } from './states.ts'

export type AskedQuestion = { field: CaseField; part: MissingPart }

/** What the assistant remembers of one conversation. Plain data: stored, and read back without loss. */
export type Dialogue = {
  state: State
  /** How often in a row it had nothing that it trusts. */
  unsure: number
  /** How often in a row what it said did not help. */
  denied: number
  /** Every question it has put; none is put twice. */
  asked: readonly AskedQuestion[]
  /** The question that waits for its answer. */
  open: AskedQuestion | undefined
  /** Why a person is called as soon as the questions are answered. */
  pending: HandOverReason | undefined
  /** It offered a person, and a yes would mean one. */
  offeredPerson: boolean
  /** Somebody else put the last question, so a bare yes or no says nothing about the open step. */
  otherQuestion: boolean
  /** The incident it told of last. */
  incidentId: string | undefined
  /** The incident that was told already, whether or not it is the contact's matter: it is not told twice. */
  toldIncidentId: string | undefined
  run: Run | undefined
  /** A flow that was left for another matter, to be gone back to. */
  paused: Run | undefined
  /** Slugs of the articles it quoted, oldest first. */
  shown: readonly string[]
  /** The words it did not understand, to be read together with the next. */
  unclear: string | undefined
  language: Locale | undefined
}

export const comeBack = (dialogue: Dialogue): Dialogue => ({
  ...dialogue,
  state: after(dialogue.state, 'called_back'),
  unsure: 0,
  denied: 0,
  open: undefined,
  pending: undefined,
  offeredPerson: false,
  run: undefined,
  paused: undefined,
  unclear: undefined,
})

export const newDialogue: Dialogue = {
  state: 'greeting',
  unsure: 0,
  denied: 0,
  asked: [],
  open: undefined,
  pending: undefined,
  offeredPerson: false,
  otherQuestion: false,
  incidentId: undefined,
  toldIncidentId: undefined,
  run: undefined,
  paused: undefined,
  shown: [],
  unclear: undefined,
  language: undefined,
}
