import { briefAt, type HandedOver } from '@clew/client/brief'
import type { ConversationState } from '@clew/client/conversation-state'
import type { CaptureSummary, Finding } from '@clew/contract/captures'
import type { CaseField } from '@clew/contract/cases'
import type { Activity, HandOverBrief } from '@clew/contract/conversations'

type FlowEnded = Extract<Activity, { type: 'flow_ended' }>
export type TriedStep = FlowEnded['steps'][number]

export type Brief = {
  /** Why the assistant called a person; absent while it answers itself. */
  readonly reason?: HandedOver['reason']
  /** How the contact feels, where that changes how one answers. */
  readonly mood?: 'anger' | 'danger'
  readonly told?: HandOverBrief
  /** The worst finding of all captures: what the machine takes for the cause. */
  readonly cause?: { readonly finding: Finding; readonly capture: CaptureSummary }
  /** What was tried before the handover, else the last flow that was walked. */
  readonly tried: readonly TriedStep[]
  /** What was missing when it was handed over and still is. */
  readonly missing: readonly CaseField[]
}

const order: Record<Finding['severity'], number> = { high: 0, medium: 1, low: 2 }

/** What can be said of the case at a glance; nothing where nothing is known. */
export function briefOf(state: ConversationState): Brief {
  const cause = causeOf(state)
  const activities = state.messages.flatMap(({ activity }) => activity ?? [])
  const flow = activities.findLast((activity) => activity.type === 'flow_ended')
  const handed = handOverOf(state, activities)
  const told = handed && briefAt(handed, state)
  return {
    ...(handed === undefined ? {} : reasonOf(handed)),
    ...(told === undefined ? {} : { told }),
    ...(cause === undefined ? {} : { cause }),
    tried: told !== undefined && told.tried.length > 0 ? told.tried : (flow?.steps ?? []),
    missing: told?.missing.filter((field) => state.case.missing.some((missing) => missing.field === field)) ?? [],
  }
}

function causeOf({ captures }: ConversationState): Brief['cause'] {
  return captures
    .flatMap((capture) => capture.findings.map((finding) => ({ finding, capture })))
    .filter(({ finding }) => finding.severity !== 'low')
    .sort((a, b) => order[a.finding.severity] - order[b.finding.severity])
    .at(0)
}

const reasonOf = ({ reason }: HandedOver): Pick<Brief, 'reason' | 'mood'> =>
  reason === 'anger' || reason === 'danger' ? { reason, mood: reason } : { reason }

/** The last handover, unless the assistant was called back since. */
function handOverOf({ conversation }: ConversationState, activities: readonly Activity[]): HandedOver | undefined {
  if (conversation.handling === 'assistant') return undefined
  return activities.findLast((activity) => activity.type === 'handed_over')
}

export const isEmpty = ({ reason, cause, tried }: Brief): boolean =>
  reason === undefined && cause === undefined && tried.length === 0

/** A full stop, unless it ends with a mark of its own, as a question does (in Greek with a semicolon). */
export const asSentence = (words: string): string => (/[.?!;…]$/u.test(words) ? words : `${words}.`)

/** Steps by what came of them, in the order in which each outcome first came up. */
export function stepsByOutcome(steps: readonly TriedStep[]): { outcome: TriedStep['outcome']; titles: string[] }[] {
  const outcomes = [...new Set(steps.map(({ outcome }) => outcome))]
  return outcomes.map((outcome) => ({
    outcome,
    titles: steps.filter((step) => step.outcome === outcome).map(({ title }) => title),
  }))
}
