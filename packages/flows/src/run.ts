import {
  type Flow,
  type FlowLocale,
  type FlowReply,
  type FlowStep,
  findStep,
  isFlowEnd,
  type StepOutcome,
} from './flow.ts'
import { FlowError } from './flow-error.ts'

export type StepRecord = { stepId: string; replyId: string; outcome: StepOutcome; at: string }

/** One walk through a flow, as plain data: it is stored, sent and read back without loss. */
export type Run = {
  flowId: string
  flowVersion: number
  steps: readonly StepRecord[]
} & ({ state: 'running'; currentStepId: string } | { state: 'done' } | { state: 'handover' })

export function startRun(flow: Flow): Run {
  const first = flow.steps[0]
  if (!first) throw new FlowError('flow.invalid', { flowId: flow.id })
  return { flowId: flow.id, flowVersion: flow.version, steps: [], state: 'running', currentStepId: first.id }
}

export type StepAnswer = {
  stepId: string
  replyId: string
  /** ISO 8601, from the caller's clock. */
  at: string
}

/** Records a reply and moves on. The same reply to the same step twice (a resend) changes nothing. */
export function answerStep(flow: Flow, run: Run, answer: StepAnswer): Run {
  if (run.flowId !== flow.id) throw new FlowError('flow.other_flow', { flowId: run.flowId })
  if (isResend(run, answer)) return run
  const { step, reply } = findReply(flow, run, answer)
  const steps = [...run.steps, { stepId: step.id, replyId: reply.id, outcome: reply.outcome, at: answer.at }]
  const record = { flowId: flow.id, flowVersion: flow.version, steps }
  if (isFlowEnd(reply.next)) return { ...record, state: reply.next }
  if (!findStep(flow, reply.next)) throw new FlowError('flow.step_unknown', { stepId: reply.next })
  return { ...record, state: 'running', currentStepId: reply.next }
}

function isResend(run: Run, { stepId, replyId }: StepAnswer): boolean {
  const last = run.steps.at(-1)
  return (
    last?.stepId === stepId && last.replyId === replyId && !(run.state === 'running' && run.currentStepId === stepId)
  )
}

function findReply(flow: Flow, run: Run, { stepId, replyId }: StepAnswer): { step: FlowStep; reply: FlowReply } {
  if (run.state !== 'running') throw new FlowError('flow.run_ended', { state: run.state })
  if (run.currentStepId !== stepId) {
    throw new FlowError('flow.step_not_current', { stepId, currentStepId: run.currentStepId })
  }
  const step = findStep(flow, stepId)
  if (!step) throw new FlowError('flow.step_unknown', { stepId })
  const reply = step.replies.find((candidate) => candidate.id === replyId)
  if (!reply) throw new FlowError('flow.reply_unknown', { stepId, replyId })
  return { step, reply }
}

export type RunDescription = {
  flowId: string
  title: string
  articleSlug: string
  state: Run['state']
  /** Every step of the flow in order; those the person has answered carry the latest outcome and its time. */
  steps: { id: string; title: string; isCurrent: boolean; outcome?: StepOutcome; at?: string }[]
  tried: number
  current?: { id: string; title: string; say: string; minutes?: number; replies: { id: string; label: string }[] }
}

/** A run in one language, for the bubble, the article page and the case card alike. */
export function describeRun(flow: Flow, run: Run, locale: FlowLocale): RunDescription {
  const currentId = run.state === 'running' ? run.currentStepId : undefined
  const steps = flow.steps.map((step) => {
    const record = run.steps.findLast(({ stepId }) => stepId === step.id)
    const known = record ? { outcome: record.outcome, at: record.at } : {}
    return { id: step.id, title: step.title[locale], isCurrent: step.id === currentId, ...known }
  })
  const current = currentId === undefined ? undefined : findStep(flow, currentId)
  return {
    flowId: flow.id,
    title: flow.title[locale],
    articleSlug: flow.articleSlug,
    state: run.state,
    steps,
    tried: steps.filter(({ outcome }) => outcome === 'fixed' || outcome === 'not_fixed').length,
    ...(current ? { current: describeStep(current, locale) } : {}),
  }
}

function describeStep(step: FlowStep, locale: FlowLocale): NonNullable<RunDescription['current']> {
  return {
    id: step.id,
    title: step.title[locale],
    say: step.say[locale],
    ...(step.minutes === undefined ? {} : { minutes: step.minutes }),
    replies: step.replies.map(({ id, label }) => ({ id, label: label[locale] })),
  }
}
