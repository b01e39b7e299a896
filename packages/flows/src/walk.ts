import { type Flow, type FlowStep, type HandoverReason, isPlainEnd } from './flow.ts'
import { FlowError } from './flow-error.ts'
import { limits } from './limits.ts'
import type { Progress, Run, Walked } from './run.ts'
import type { Effect, Facts, Heard } from './run-input.ts'
import { isOwnSlot, type SlotValue } from './slots.ts'
import {
  type AskStep,
  type CheckStep,
  type EndStep,
  findStep,
  type OwnEffects,
  outcomeOf,
  repliesOf,
  replyOf,
} from './steps.ts'

/** Where a walk stands, and what it has caused so far. */
export type Walk = { flow: Flow; walked: Walked; facts: Facts; effects: readonly Effect[] }
export type Way = { next: string; reason?: HandoverReason | undefined }

/** Goes on from `next` until somebody or something has to answer, or it ends. */
export function walkTo(start: Walk, way: Way): Progress {
  let walk: Walk = { ...start, walked: { ...start.walked, passed: [] } }
  let { next } = way
  // A valid flow does not go round in silence; the bound is for one that nobody has checked.
  for (let steps = 0; steps <= limits.records; steps += 1) {
    if (walk.walked.steps.length >= limits.records) return endAt(walk, { state: 'handover', reason: 'too-long' })
    if (isPlainEnd(next)) return endPlain(walk, next, way.reason)
    const step = findStep(walk.flow, next)
    if (!step) throw new FlowError('flow.step_unknown', { stepId: next })
    if (step.kind === 'end') return endWith(walk, step)
    const passing = passThrough(walk, step)
    if (!passing) return stayAt(walk, step)
    walk = passing.walk
    next = passing.next
  }
  return endAt(walk, { state: 'handover', reason: 'too-long' })
}

/** Stands at a step and waits, known or not. */
export function stayAt(walk: Walk, step: FlowStep): Progress {
  const { walked, effects } = step.kind === 'check' ? walk : withEffects(walk, effectsOf(step))
  if (step.kind !== 'check') return { run: { ...walked, state: 'running', currentStepId: step.id }, effects }
  const need = { stepId: step.id, check: step.check, params: { ...step.with } }
  return { run: { ...walked, state: 'checking', currentStepId: step.id, needs: [need] }, effects }
}

type Passing = { walk: Walk; next: string }

function passThrough(walk: Walk, step: Exclude<FlowStep, EndStep>): Passing | undefined {
  switch (step.kind) {
    case 'say':
      return { walk: withEffects(noticed(walk, step.id), effectsOf(step)), next: step.next }
    case 'branch': {
      const value = slotValue(walk, step.slot)
      const found = step.cases.find(({ is }) => (Array.isArray(is) ? is : [is]).some((one) => isSame(one, value)))
      return { walk, next: found?.next ?? step.otherwise }
    }
    case 'ask':
      return passKnown(walk, step)
    case 'check':
      return step.check === 'slot-known' ? passSlotCheck(walk, step) : undefined
    case 'do': {
      const kept = walk.walked.kept.find(({ stepId }) => stepId === step.id)
      const reply = kept && replyOf(step, kept.replyId)
      if (!reply?.next) return undefined
      const rest = walk.walked.kept.filter((each) => each !== kept)
      return { walk: { ...walk, walked: { ...walk.walked, kept: rest } }, next: reply.next }
    }
  }
}

/** A question whose answer is known, or that the person would not answer, is not asked. */
function passKnown(walk: Walk, step: AskStep): Passing | undefined {
  const value = slotValue(walk, step.slot)
  if (value === undefined && !wasDeclined(walk, step.slot)) return undefined
  const next = nextOfValue(step, value)
  return next === undefined ? undefined : { walk: withHeard(walk, step.slot), next }
}

/** A slot of the flow's own that was filled by what was said: from here on the run knows it, and from which words. */
function withHeard(walk: Walk, slot: string): Walk {
  const { walked } = walk
  const heard = Object.hasOwn(walked.slots, slot) ? undefined : heardOf(walk, slot)
  if (!heard) return walk
  return {
    ...walk,
    walked: {
      ...walked,
      slots: { ...walked.slots, [slot]: heard.value },
      heard: { ...walked.heard, [slot]: heard },
    },
  }
}

const heardOf = (walk: Walk, slot: string): Heard | undefined => {
  const heard = walk.facts.heard ?? {}
  return isOwnSlot(slot) && Object.hasOwn(heard, slot) && !wasDeclined(walk, slot) ? heard[slot] : undefined
}

/** Where a value leads: as the reply that stands for it, else where the question leads. */
export function nextOfValue(step: AskStep, value: SlotValue | undefined): string | undefined {
  const replies = repliesOf(step)
  const same = value === undefined ? undefined : replies.find((reply) => isSame(reply.value, value))
  const declined = value === undefined ? replies.find(({ outcome }) => outcome === 'skipped') : undefined
  return same?.next ?? declined?.next ?? step.next
}

function passSlotCheck(walk: Walk, step: Extract<CheckStep, { check: 'slot-known' }>): Passing {
  const isKnown = slotValue(walk, step.with.slot) !== undefined
  return takeOutcome(walk, step, isKnown ? 'known' : 'unknown')
}

export function takeOutcome(walk: Walk, step: CheckStep, name: string): Passing {
  const outcome = outcomeOf(step, name)
  return { walk: withEffects(noticed(walk, step.id, name), outcome), next: outcome.next }
}

function wasDeclined({ flow, walked }: Walk, slot: string): boolean {
  return walked.steps.some((record) => {
    if (record.by !== 'person' || record.outcome !== 'skipped' || record.corrected) return false
    const step = findStep(flow, record.stepId)
    return step?.kind === 'ask' && step.slot === slot
  })
}

function slotValue(walk: Walk, slot: string): SlotValue | undefined {
  const { walked, facts } = walk
  const own = Object.hasOwn(walked.slots, slot) ? walked.slots[slot] : undefined
  if (own !== undefined) return own
  if (isOwnSlot(slot)) return heardOf(walk, slot)?.value
  return Object.hasOwn(facts.slots, slot) ? facts.slots[slot] : undefined
}

const isSame = (a: SlotValue | undefined, b: SlotValue | undefined): boolean =>
  typeof a === 'string' && typeof b === 'string' ? a.toLowerCase() === b.trim().toLowerCase() : a === b

const noticed = (walk: Walk, stepId: string, outcome?: string): Walk => ({
  ...walk,
  walked: {
    ...walk.walked,
    passed: [...walk.walked.passed, { stepId, ...(outcome === undefined ? {} : { outcome }) }],
  },
})

export function withEffects(walk: Walk, { tags = [], set = {}, article }: OwnEffects): Walk {
  const effects: Effect[] = [
    ...tags.map((tag): Effect => ({ type: 'tag', tag })),
    ...Object.entries(set)
      .filter(([slot]) => !isOwnSlot(slot))
      .map(([slot, value]): Effect => ({ type: 'slot', slot, value })),
    ...(article === undefined ? [] : [{ type: 'article', slug: article } as const]),
  ]
  return {
    ...walk,
    walked: { ...walk.walked, slots: { ...walk.walked.slots, ...set } },
    effects: [...walk.effects, ...effects],
  }
}

const effectsOf = (step: FlowStep): OwnEffects => (step.kind === 'branch' || step.kind === 'check' ? {} : step)

type End =
  | { state: 'done' | 'answered' | 'cancelled' }
  | { state: 'handover'; reason: HandoverReason }
  | { state: 'continued'; nextFlowId: string }

const endPlain = (walk: Walk, end: 'done' | 'handover', reason: HandoverReason = 'exhausted'): Progress =>
  endAt(walk, end === 'done' ? { state: 'done' } : { state: 'handover', reason })

function endWith(walk: Walk, step: EndStep): Progress {
  const after = withEffects(walk, effectsOf(step))
  switch (step.end) {
    case 'done':
      return endAt(after, { state: 'done' }, step.id)
    case 'answer':
      return endAt(after, { state: 'answered' }, step.id)
    case 'handover':
      return endAt(after, { state: 'handover', reason: step.reason ?? 'exhausted' }, step.id)
    case 'flow':
      return endAt(after, { state: 'continued', nextFlowId: step.flow ?? '' }, step.id)
  }
}

export function endAt({ walked, effects }: Pick<Walk, 'walked' | 'effects'>, end: End, stepId?: string): Progress {
  const run: Run = { ...walked, ...end, ...(stepId === undefined ? {} : { endStepId: stepId }) }
  if (end.state === 'handover') return { run, effects: [...effects, { type: 'handover', reason: end.reason }] }
  if (end.state === 'continued') return { run, effects: [...effects, { type: 'flow', flowId: end.nextFlowId }] }
  return { run, effects }
}
