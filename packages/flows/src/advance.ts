import type { Flow, FlowStep, StepOutcome } from './flow.ts'
import { FlowError } from './flow-error.ts'
import { type AnswerRecord, isOpen, type Progress, type Run, type Walked, walkedOf } from './run.ts'
import type { CheckResult, Effect, Facts, RunInput } from './run-input.ts'
import { isOwnSlot } from './slots.ts'
import { type AskStep, type DoStep, findStep, type Reply, repliesOf, replyOf } from './steps.ts'
import { endAt, nextOfValue, stayAt, takeOutcome, type Walk, walkTo, withEffects } from './walk.ts'

type Of<T extends RunInput['type']> = Extract<RunInput, { type: T }>
type OpenRun = Extract<Run, { currentStepId: string }>

/**
 * Takes one input and goes on. The same input twice (a resend) changes nothing and has no effects. Pure: what it needs
 * to know it asks for with `needs`, and what should happen it returns.
 */
export function advance(flow: Flow, run: Run, about: { input: RunInput; facts: Facts }): Progress {
  const { input, facts } = about
  refuseOther(flow, run)
  const unchanged: Progress = { run, effects: [] }
  if (isResend(run, input)) return unchanged
  switch (input.type) {
    case 'repeat':
      return unchanged
    case 'cancel':
      return isOpen(run) ? endAt(walkOf(flow, run, facts), { state: 'cancelled' }) : unchanged
    case 'checks':
      return run.state === 'checking' ? takeResults(flow, run, { input, facts }) : unchanged
    case 'slots':
      return takeSlots(flow, run, { input, facts })
    case 'correct':
      return correct(flow, run, { input, facts })
    case 'reply':
      return takeReply(flow, openAt(run, input.stepId), { input, facts })
    case 'skip':
      return skip(flow, openAt(run, input.stepId), { input, facts })
  }
}

function refuseOther(flow: Flow, { flowId, flowVersion }: Run): void {
  if (flowId !== flow.id) throw new FlowError('flow.other_flow', { flowId })
  if (flowVersion !== flow.version) throw new FlowError('flow.other_version', { flowId })
}

function isResend(run: Run, input: RunInput): boolean {
  const answers = run.steps.filter((record): record is AnswerRecord => record.by === 'person')
  const { id } = input
  if (id !== undefined && answers.some(({ inputId, correctionId }) => inputId === id || correctionId === id))
    return true
  if (input.type !== 'reply' && input.type !== 'skip') return false
  const last = answers.at(-1)
  if (last?.stepId !== input.stepId || last.corrected || (isOpen(run) && run.currentStepId === input.stepId))
    return false
  return input.type === 'reply' ? last.replyId === input.replyId : last.outcome === 'skipped'
}

function openAt(run: Run, stepId: string): OpenRun {
  if (!isOpen(run)) throw new FlowError('flow.run_ended', { state: run.state })
  if (run.currentStepId !== stepId)
    throw new FlowError('flow.step_not_current', { stepId, currentStepId: run.currentStepId })
  return run
}

function currentStep(flow: Flow, { currentStepId }: OpenRun): FlowStep {
  const step = findStep(flow, currentStepId)
  if (!step) throw new FlowError('flow.step_unknown', { stepId: currentStepId })
  return step
}

function takeReply(flow: Flow, run: OpenRun, { input, facts }: { input: Of<'reply'>; facts: Facts }): Progress {
  const step = currentStep(flow, run)
  const reply = step.kind === 'do' || step.kind === 'ask' ? replyOf(step, input.replyId) : undefined
  if ((step.kind !== 'do' && step.kind !== 'ask') || !reply?.outcome)
    throw new FlowError('flow.reply_unknown', { stepId: input.stepId, replyId: input.replyId })
  const walk = recorded(walkOf(flow, run, facts), { input, step, outcome: reply.outcome, replyId: reply.id })
  const learnt = step.kind === 'ask' && reply.value !== undefined ? withSlot(walk, step.slot, reply.value) : walk
  return walkTo(withEffects(learnt, reply.effects), { next: nextOf(reply, step), reason: reply.reason })
}

/** Goes on as if it had not helped: where skipping leads, else where "not possible" or "still fails" does. */
function skip(flow: Flow, run: OpenRun, { input, facts }: { input: Of<'skip'>; facts: Facts }): Progress {
  const step = currentStep(flow, run)
  const walk = walkOf(flow, run, facts)
  if (step.kind === 'check')
    return takeResult(
      flow,
      { run, effects: [] },
      { result: { stepId: step.id, outcome: 'unknown' }, facts, at: input.at },
    )
  if (step.kind !== 'do' && step.kind !== 'ask') throw new FlowError('flow.step_not_current', { stepId: step.id })
  const order: readonly Reply['outcome'][] = ['skipped', 'not_possible', 'not_fixed']
  const replies = repliesOf(step)
  const found = order.map((wanted) => replies.find(({ outcome }) => outcome === wanted)).find(Boolean)
  const after = recorded(walk, { input, step, outcome: 'skipped' })
  const next = found ? nextOf(found, step) : (step.next ?? replies[0]?.next ?? 'handover')
  return walkTo(after, { next, reason: found?.reason })
}

/** Values that became known, from the person's own words or elsewhere; the open question may be answered by them. */
function takeSlots(flow: Flow, run: Run, { input, facts }: { input: Of<'slots'>; facts: Facts }): Progress {
  const known = { ...run, slots: { ...run.slots, ...input.slots } }
  const step = isOpen(run) ? findStep(flow, run.currentStepId) : undefined
  if (step?.kind !== 'ask' || !Object.hasOwn(input.slots, step.slot)) return { run: known, effects: [] }
  const walk = recorded(walkOf(flow, known, facts), { input, step, outcome: 'answered' })
  return walkTo(walk, { next: nextOfValue(step, input.slots[step.slot]) ?? firstWay(step) })
}

/** One look may lead to the next, which may be answered already. */
function takeResults(
  flow: Flow,
  run: Extract<Run, { state: 'checking' }>,
  { input, facts }: { input: Of<'checks'>; facts: Facts },
): Progress {
  let progress: Progress = { run, effects: [] }
  for (let left = flow.steps.length; left > 0 && progress.run.state === 'checking'; left -= 1) {
    const { currentStepId } = progress.run
    const result = input.results.find(({ stepId }) => stepId === currentStepId)
    if (!result) break
    progress = takeResult(flow, progress, { result, facts, at: input.at })
  }
  return progress
}

function takeResult(
  flow: Flow,
  { run, effects }: Progress,
  { result, facts, at }: { result: CheckResult; facts: Facts; at: string },
): Progress {
  const step = findStep(flow, result.stepId)
  if (step?.kind !== 'check') throw new FlowError('flow.step_unknown', { stepId: result.stepId })
  const name = Object.hasOwn(step.outcomes, result.outcome) ? result.outcome : 'unknown'
  const record = { by: 'product', stepId: step.id, check: step.check, result: name, at } as const
  const carried = walkedOf({ ...run, steps: [...run.steps, record], values: { ...run.values, ...result.values } })
  const passing = takeOutcome({ flow, walked: { ...carried, passed: [] }, facts, effects }, step, name)
  const before = [...carried.passed, ...passing.walk.walked.passed]
  return withPassed(walkTo(passing.walk, { next: passing.next }), before)
}

/** What was said on the way before a look is still to be read after it. */
const withPassed = ({ run, effects }: Progress, before: Walked['passed']): Progress => ({
  run: { ...run, passed: [...before, ...run.passed] },
  effects,
})

/** Goes back to a step that was answered. What was learnt from it is forgotten; later answers that still fit are kept. */
function correct(flow: Flow, run: Run, { input, facts }: { input: Of<'correct'>; facts: Facts }): Progress {
  if (run.state === 'running' && run.currentStepId === input.stepId) return { run, effects: [] }
  const index = run.steps.findLastIndex(
    (record) => record.by === 'person' && record.stepId === input.stepId && !record.corrected,
  )
  const step = findStep(flow, input.stepId)
  const wasHeard = step?.kind === 'ask' && Object.hasOwn(run.heard, step.slot)
  if ((index < 0 && !wasHeard) || !step) throw new FlowError('flow.step_not_answered', { stepId: input.stepId })
  const later = run.steps.slice(index + 1)
  const kept = later.flatMap((record) =>
    record.by === 'person' && record.replyId !== undefined && record.outcome !== 'fixed' && !record.corrected
      ? [{ stepId: record.stepId, replyId: record.replyId }]
      : [],
  )
  const mark = { corrected: true as const, ...(input.id === undefined ? {} : { correctionId: input.id }) }
  const steps = run.steps.map((record, at) =>
    at === index && record.by === 'person' ? { ...record, ...mark } : record,
  )
  const slots = { ...run.slots }
  const heard = { ...run.heard }
  if (step.kind === 'ask') {
    delete slots[step.slot]
    delete heard[step.slot]
  }
  return stayAt({ flow, walked: { ...walkedOf(run), steps, slots, heard, kept, passed: [] }, facts, effects: [] }, step)
}

type Answer = { input: RunInput; step: DoStep | AskStep; outcome: StepOutcome | 'answered'; replyId?: string }

function recorded(walk: Walk, { input, step, outcome, replyId }: Answer): Walk {
  const record: AnswerRecord = {
    by: 'person',
    stepId: step.id,
    outcome,
    at: input.at,
    ...(replyId === undefined ? {} : { replyId }),
    ...(input.id === undefined ? {} : { inputId: input.id }),
  }
  const tried: Effect[] =
    step.kind === 'do' && outcome !== 'answered' ? [{ type: 'tried', stepId: step.id, outcome }] : []
  return {
    ...walk,
    walked: { ...walk.walked, steps: [...walk.walked.steps, record] },
    effects: [...walk.effects, ...tried],
  }
}

function withSlot(walk: Walk, slot: string, value: string | number | boolean): Walk {
  const learnt = { ...walk, walked: { ...walk.walked, slots: { ...walk.walked.slots, [slot]: value } } }
  return isOwnSlot(slot) ? learnt : { ...learnt, effects: [...learnt.effects, { type: 'slot', slot, value }] }
}

function nextOf(reply: Reply, step: DoStep | AskStep): string {
  if (reply.next === undefined) throw new FlowError('flow.invalid', { stepId: step.id })
  return reply.next
}

const firstWay = (step: AskStep): string => repliesOf(step)[0]?.next ?? 'handover'

const walkOf = (flow: Flow, run: Run, facts: Facts): Walk => ({ flow, walked: walkedOf(run), facts, effects: [] })
