import type { Flow, FlowStep, HandoverReason, LocalText, StepOutcome } from './flow.ts'
import type { SlotValue } from './slots.ts'
import { isStandardReply, standardReplies } from './standard-replies.ts'

export type DoStep = Extract<FlowStep, { kind: 'do' }>
export type AskStep = Extract<FlowStep, { kind: 'ask' }>
export type CheckStep = Extract<FlowStep, { kind: 'check' }>
export type EndStep = Extract<FlowStep, { kind: 'end' }>

export type OwnEffects = {
  tags?: readonly string[] | undefined
  set?: Readonly<Record<string, SlotValue>> | undefined
  article?: string | undefined
}

/** A reply with all that follows from it, whether it was written out or only named. */
export type Reply = {
  id: string
  label: LocalText | undefined
  outcome: StepOutcome | 'answered' | undefined
  /** Undefined only in a flow that is not valid. */
  next: string | undefined
  value?: SlotValue
  reason: HandoverReason | undefined
  /** How people say it in words of their own. */
  said?: { en: readonly string[]; el: readonly string[] }
  effects: OwnEffects
}

export function repliesOf(step: DoStep | AskStep): Reply[] {
  return step.kind === 'do'
    ? step.replies.map((reply) => doReply(step, reply))
    : (step.replies ?? []).map((reply) => askReply(step, reply))
}

function doReply(step: DoStep, written: DoStep['replies'][number]): Reply {
  const reply = typeof written === 'string' ? { id: written } : written
  const standard = isStandardReply(reply.id) ? standardReplies[reply.id] : undefined
  const outcome = reply.outcome ?? standard?.outcome
  return {
    id: reply.id,
    label: reply.label ?? standard?.label,
    outcome,
    next: reply.next ?? (outcome === 'fixed' ? 'done' : step.next),
    reason: reply.reason,
    effects: reply,
  }
}

function askReply(step: AskStep, written: NonNullable<AskStep['replies']>[number]): Reply {
  const reply = typeof written === 'string' ? { id: written } : written
  const standard = isStandardReply(reply.id) ? standardReplies[reply.id] : undefined
  const base = {
    id: reply.id,
    next: reply.next ?? step.next,
    reason: reply.reason,
    effects: reply,
    ...('said' in reply ? { said: reply.said } : {}),
  }
  return standard
    ? { ...base, label: reply.label ?? standard.label, outcome: standard.outcome }
    : { ...base, label: reply.label, outcome: 'answered', value: reply.value ?? reply.id }
}

export type Outcome = { next: string; say?: LocalText; note?: LocalText; admin?: LocalText } & OwnEffects

export function outcomeOf(step: CheckStep, name: string): Outcome {
  const outcomes = new Map<string, string | Outcome>(Object.entries(step.outcomes))
  const found = outcomes.get(name) ?? step.outcomes.unknown
  return typeof found === 'string' ? { next: found } : found
}

/** Where a step can lead, with the place in the flow that says so; `isSilent` when nobody need reply for it. */
export type Edge = { next: string | undefined; path: (string | number)[]; isSilent: boolean }

export function edgesOf(step: FlowStep): Edge[] {
  switch (step.kind) {
    case 'say':
      return [{ next: step.next, path: ['next'], isSilent: true }]
    case 'do':
      return repliesOf(step).map(({ next }, index) => ({ next, path: replyPath(step, index), isSilent: false }))
    case 'ask':
      return askEdges(step)
    case 'check':
      return Object.keys(step.outcomes).map((name) => ({
        next: outcomeOf(step, name).next,
        path: outcomePath(step, name),
        isSilent: true,
      }))
    case 'branch':
      return [
        ...step.cases.map(({ next }, index) => ({ next, path: ['cases', index, 'next'], isSilent: true })),
        { next: step.otherwise, path: ['otherwise'], isSilent: true },
      ]
    case 'end':
      return []
  }
}

/** A question whose answer is known is passed over, so every way on from it may be taken in silence. */
function askEdges(step: AskStep): Edge[] {
  const replies = repliesOf(step).map(({ next }, index) => ({ next, path: replyPath(step, index), isSilent: true }))
  const own = step.next === undefined && replies.length > 0 ? [] : [{ next: step.next, path: ['next'], isSilent: true }]
  return [...replies, ...own]
}

function replyPath(step: DoStep | AskStep, index: number): (string | number)[] {
  const written = step.replies?.[index]
  const hasOwn = typeof written === 'object' && written.next !== undefined
  return hasOwn || step.next === undefined ? ['replies', index, ...(hasOwn ? ['next'] : [])] : ['next']
}

const outcomePath = (step: CheckStep, name: string): (string | number)[] => {
  const written = new Map<string, unknown>(Object.entries(step.outcomes)).get(name)
  return typeof written === 'string' ? ['outcomes', name] : ['outcomes', name, 'next']
}

export const findStep = (flow: Flow, stepId: string): FlowStep | undefined =>
  flow.steps.find((step) => step.id === stepId)

export const replyOf = (step: DoStep | AskStep, replyId: string): Reply | undefined =>
  repliesOf(step).find(({ id }) => id === replyId)
