/** A sentence for people in every language that Clew ships with. */
export type LocalText = { en: string; el: string }

export type FlowLocale = keyof LocalText

/** What a reply says about the step: `not_possible` is "I may not do that here", `skipped` is "I would rather not". */
export type StepOutcome = 'fixed' | 'not_fixed' | 'skipped' | 'not_possible'

export type FlowReply = {
  id: string
  label: LocalText
  outcome: StepOutcome
  /** The id of the next step, or how the run ends. */
  next: string
}

export type FlowStep = {
  id: string
  title: LocalText
  say: LocalText
  minutes?: number
  replies: readonly FlowReply[]
}

export type FlowTriggers = {
  /** Phrases that people use for this problem. */
  phrases: { en: readonly string[]; el: readonly string[] }
}

export type Flow = {
  id: string
  version: number
  title: LocalText
  /** The article that shows the same steps for reading. */
  articleSlug: string
  triggers: FlowTriggers
  /** The first one is where a run starts. */
  steps: readonly FlowStep[]
}

/** The two values of `next` that end a run; no step may be called like them. */
export const flowEnds = ['done', 'handover'] as const
export type FlowEnd = (typeof flowEnds)[number]

export function isFlowEnd(next: string): next is FlowEnd {
  return next === 'done' || next === 'handover'
}

export function findStep(flow: Flow, stepId: string): FlowStep | undefined {
  return flow.steps.find((step) => step.id === stepId)
}
