import type { AssistantAction as Action } from '@clew/contract/assistant'
import type { HandOverReason } from '@clew/contract/conversations'
import type { Progress } from '@clew/flows'
import type { Fact, ProblemKind } from '@clew/intake'
import type { Locale } from '@clew/text'
import type { Quote } from '../answering/quote.ts'
import type { Dialogue } from '../dialogue/dialogue.ts'
import { after, type Happening } from '../dialogue/states.ts'
import type { Knowledge } from '../knowledge.ts'
import type { Understanding } from '../understanding/understand.ts'

export type Reply = { id: string; label: string }

/** One message of the assistant. */
export type Saying = {
  body: string
  replies: readonly Reply[]
  quote?: Quote
  /** Articles to read besides. */
  slugs?: readonly string[]
  flow?: { flowId: string; stepId: string }
}

/** What has to be done besides speaking, in the transaction that stores the dialogue. */
export type TurnEffect =
  | { type: 'hand_over'; reason: HandOverReason }
  | { type: 'settle'; tier: 'confirmed' }
  | { type: 'flow'; progress: Progress }
  | { type: 'follow_incident'; incidentId: string }

/** What the assistant did, in the words of reports and of the evaluation door. */
export type Did = {
  action: Action
  flowId?: string
  slugs: readonly string[]
  ask: readonly string[]
}

/** What one turn comes to. */
export type Step = {
  dialogue: Dialogue
  sayings: readonly Saying[]
  effects: readonly TurnEffect[]
  did: Did
}

/** One message or pressed button, with all that is known when it arrives. */
export type Turn = {
  /** ISO 8601. */
  at: string
  messageId: string
  text: string
  /** Absent for a pressed button. */
  understood: Understanding | undefined
  locale: Locale
  /** Everything on the case, with what this message added. */
  facts: readonly Fact[]
  /** What this message added. */
  learnt: readonly Fact[]
  kind: ProblemKind
  knowledge: Knowledge
  /** `opensLine` is a sentence that says when somebody is back. */
  team: { isOpen: boolean; opensLine: string | undefined }
  brand: string
}

export const quiet = (dialogue: Dialogue): Step => ({
  dialogue,
  sayings: [],
  effects: [],
  did: { action: 'answer', slugs: [], ask: [] },
})

/** The dialogue moves on; what is not said otherwise stays. */
export const moved = (dialogue: Dialogue, happening: Happening, change: Partial<Dialogue> = {}): Dialogue => ({
  ...dialogue,
  ...change,
  state: after(dialogue.state, happening),
})
