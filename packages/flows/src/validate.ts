import { type Flow, type FlowReply, type FlowStep, flowEnds, isFlowEnd, type LocalText } from './flow.ts'
import { FlowError } from './flow-error.ts'

export type FlowProblemCode =
  | 'not_an_object'
  | 'missing'
  | 'wrong_type'
  | 'bad_id'
  | 'duplicate_id'
  | 'empty_text'
  | 'bad_outcome'
  | 'unknown_next'
  | 'fixed_must_end'
  | 'unreachable'
  | 'endless'

/** `path` leads to the place, such as `steps.2.replies.0.next`; an editor shows the problem there. */
export type FlowProblem = { path: string; code: FlowProblemCode }

const idPattern = /^[a-z][a-z0-9-]{0,63}$/
const outcomes: readonly unknown[] = ['fixed', 'not_fixed', 'skipped', 'not_possible']

/** Reads a flow from outside (a file, an editor, another installation) or throws a FlowError that names the first problem. */
export function parseFlow(input: unknown): Flow {
  const problems = validateFlow(input)
  const first = problems[0]
  if (first) throw new FlowError('flow.invalid', { path: first.path, problem: first.code })
  return asValidatedFlow(input)
}

/** Every problem of a flow: shape first, then whether each step can be reached and each run can end. */
export function validateFlow(input: unknown): FlowProblem[] {
  if (!isRecord(input)) return [{ path: '', code: 'not_an_object' }]
  const shape = [
    ...checkId(input['id'], 'id'),
    ...(Number.isInteger(input['version']) && Number(input['version']) > 0 ? [] : problem('version', 'wrong_type')),
    ...checkText(input['title'], 'title'),
    ...checkId(input['articleSlug'], 'articleSlug'),
    ...checkTriggers(input['triggers']),
    ...checkSteps(input['steps']),
  ]
  return shape.length > 0 ? shape : checkGraph(asValidatedFlow(input))
}

/** Safe only after the shape was checked, which is why this stays private to the validator. */
function asValidatedFlow(input: unknown): Flow {
  return input as Flow
}

function checkTriggers(input: unknown): FlowProblem[] {
  const phrases = isRecord(input) ? input['phrases'] : undefined
  if (!isRecord(phrases)) return problem('triggers.phrases', 'missing')
  return (['en', 'el'] as const).flatMap((locale) => {
    const list = phrases[locale]
    const valid = Array.isArray(list) && list.every((phrase) => typeof phrase === 'string' && phrase.trim() !== '')
    return valid ? [] : problem(`triggers.phrases.${locale}`, 'wrong_type')
  })
}

function checkSteps(input: unknown): FlowProblem[] {
  if (!Array.isArray(input) || input.length === 0) return problem('steps', 'missing')
  return [...input.flatMap((step: unknown, index) => checkStep(step, `steps.${index}`)), ...duplicates(input, 'steps')]
}

function checkStep(input: unknown, path: string): FlowProblem[] {
  if (!isRecord(input)) return problem(path, 'not_an_object')
  const { minutes, replies } = input
  const validMinutes = minutes === undefined || (typeof minutes === 'number' && minutes >= 0 && minutes <= 120)
  return [
    ...checkId(input['id'], `${path}.id`),
    ...checkText(input['title'], `${path}.title`),
    ...checkText(input['say'], `${path}.say`),
    ...(validMinutes ? [] : problem(`${path}.minutes`, 'wrong_type')),
    ...checkReplies(replies, `${path}.replies`),
  ]
}

function checkReplies(input: unknown, path: string): FlowProblem[] {
  if (!Array.isArray(input) || input.length === 0) return problem(path, 'missing')
  return [
    ...input.flatMap((reply: unknown, index) => checkReply(reply, `${path}.${index}`)),
    ...duplicates(input, path),
  ]
}

function checkReply(input: unknown, path: string): FlowProblem[] {
  if (!isRecord(input)) return problem(path, 'not_an_object')
  return [
    ...checkId(input['id'], `${path}.id`),
    ...checkText(input['label'], `${path}.label`),
    ...(outcomes.includes(input['outcome']) ? [] : problem(`${path}.outcome`, 'bad_outcome')),
    ...(typeof input['next'] === 'string' ? [] : problem(`${path}.next`, 'missing')),
  ]
}

function duplicates(items: readonly unknown[], path: string): FlowProblem[] {
  const ids = items.map((item) => (isRecord(item) ? item['id'] : undefined))
  return ids.flatMap((id, index) => (ids.indexOf(id) < index ? problem(`${path}.${index}.id`, 'duplicate_id') : []))
}

function checkId(input: unknown, path: string): FlowProblem[] {
  if (typeof input !== 'string') return problem(path, 'missing')
  const isReserved = flowEnds.some((end) => end === input)
  const isStep = /^steps\.\d+\.id$/.test(path)
  return idPattern.test(input) && !(isStep && isReserved) ? [] : problem(path, 'bad_id')
}

function checkText(input: unknown, path: string): FlowProblem[] {
  if (!isRecord(input)) return problem(path, 'missing')
  return (['en', 'el'] as const satisfies readonly (keyof LocalText)[]).flatMap((locale) => {
    const text = input[locale]
    return typeof text === 'string' && text.trim() !== '' ? [] : problem(`${path}.${locale}`, 'empty_text')
  })
}

function checkGraph(flow: Flow): FlowProblem[] {
  const ids = new Set(flow.steps.map(({ id }) => id))
  const replies = flow.steps.flatMap((step, s) =>
    step.replies.map((reply, r) => ({ reply, path: `steps.${s}.replies.${r}.next` })),
  )
  const broken = replies.flatMap(({ reply, path }) => checkNext(reply, path, ids))
  if (broken.length > 0) return broken
  const reached = reachable(flow)
  const ending = endingSteps(flow)
  return flow.steps.flatMap((step, index) => [
    ...(reached.has(step.id) ? [] : problem(`steps.${index}`, 'unreachable')),
    ...(ending.has(step.id) ? [] : problem(`steps.${index}`, 'endless')),
  ])
}

function checkNext({ next, outcome }: FlowReply, path: string, ids: ReadonlySet<string>): FlowProblem[] {
  if (!isFlowEnd(next) && !ids.has(next)) return problem(path, 'unknown_next')
  return outcome === 'fixed' && next !== 'done' ? problem(path, 'fixed_must_end') : []
}

function reachable(flow: Flow): Set<string> {
  const byId = new Map(flow.steps.map((step) => [step.id, step]))
  const reached = new Set<string>()
  const open: (FlowStep | undefined)[] = [flow.steps[0]]
  for (let step = open.pop(); step; step = open.pop()) {
    if (reached.has(step.id)) continue
    reached.add(step.id)
    open.push(...step.replies.map(({ next }) => byId.get(next)).filter((found) => found !== undefined))
  }
  return reached
}

/** Steps from which some sequence of replies ends the run. */
function endingSteps(flow: Flow): Set<string> {
  const ending = new Set<string>()
  for (let grew = true; grew; ) {
    const before = ending.size
    for (const step of flow.steps) {
      if (step.replies.some(({ next }) => isFlowEnd(next) || ending.has(next))) ending.add(step.id)
    }
    grew = ending.size > before
  }
  return ending
}

function isRecord(input: unknown): input is Record<string, unknown> {
  return typeof input === 'object' && input !== null && !Array.isArray(input)
}

function problem(path: string, code: FlowProblemCode): FlowProblem[] {
  return [{ path, code }]
}
