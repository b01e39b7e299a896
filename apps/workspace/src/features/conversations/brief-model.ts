import type { ConversationState } from '@clew/client/conversation-state'
import type { CaptureSummary, Finding } from '@clew/contract/captures'
import type { Activity } from '@clew/contract/conversations'

export type FlowEnded = Extract<Activity, { type: 'flow_ended' }>
type Step = FlowEnded['steps'][number]

export type Brief = {
  /** The worst finding of all captures: what the machine takes for the cause. */
  readonly cause?: { readonly finding: Finding; readonly capture: CaptureSummary }
  /** The last flow that was walked. */
  readonly tried?: FlowEnded
}

const order: Record<Finding['severity'], number> = { high: 0, medium: 1, low: 2 }

/** What can be said of the case in two lines; nothing where nothing is known. */
export function briefOf(state: ConversationState): Brief {
  const found = state.captures
    .flatMap((capture) => capture.findings.map((finding) => ({ finding, capture })))
    .filter(({ finding }) => finding.severity !== 'low')
    .sort((a, b) => order[a.finding.severity] - order[b.finding.severity])
    .at(0)
  const tried = state.messages
    .map((message) => message.activity)
    .filter((activity) => activity?.type === 'flow_ended')
    .at(-1)
  return { ...(found === undefined ? {} : { cause: found }), ...(tried === undefined ? {} : { tried }) }
}

/** The steps of a flow by what came of them, in the order in which each outcome first came up. */
export function stepsByOutcome(flow: FlowEnded): { outcome: Step['outcome']; titles: string[] }[] {
  const outcomes = [...new Set(flow.steps.map(({ outcome }) => outcome))]
  return outcomes.map((outcome) => ({
    outcome,
    titles: flow.steps.filter((step) => step.outcome === outcome).map(({ title }) => title),
  }))
}
