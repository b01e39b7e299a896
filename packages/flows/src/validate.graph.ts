import { type Flow, type FlowStep, isPlainEnd } from './flow.ts'
import { type Problem, problem } from './problems.ts'
import { edgesOf } from './steps.ts'

/** Whether each step can be reached, can come to an end, and nothing goes round without a person. */
export function graphProblems(flow: Flow): Problem[] {
  const nexts = new Map(flow.steps.map((step) => [step.id, stepsAfter(step, () => true)]))
  const silent = new Map(flow.steps.map((step) => [step.id, stepsAfter(step, ({ isSilent }) => isSilent)]))
  const reached = reachable(flow.steps[0]?.id, nexts)
  const ending = endingSteps(flow)
  return flow.steps.flatMap(({ id }, index) => [
    ...(reached.has(id) ? [] : [problem(['steps', index], 'unreachable', { step: id })]),
    ...(ending.has(id) ? [] : [problem(['steps', index], 'never_ends', { step: id })]),
    ...(goesRound(id, silent) ? [problem(['steps', index], 'silent_cycle', { step: id })] : []),
  ])
}

type Steps = ReadonlyMap<string, readonly string[]>

const stepsAfter = (step: FlowStep, counts: (edge: { isSilent: boolean }) => boolean): string[] =>
  edgesOf(step)
    .filter(counts)
    .flatMap(({ next }) => (next === undefined || isPlainEnd(next) ? [] : [next]))

function reachable(from: string | undefined, nexts: Steps): Set<string> {
  const reached = new Set<string>()
  const open = from === undefined ? [] : [from]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue
    reached.add(id)
    open.push(...(nexts.get(id) ?? []))
  }
  return reached
}

/** Steps from which some way ends the run. */
function endingSteps(flow: Flow): Set<string> {
  const ending = new Set<string>()
  const ends = (step: FlowStep): boolean =>
    step.kind === 'end' ||
    edgesOf(step).some(({ next }) => next !== undefined && (isPlainEnd(next) || ending.has(next)))
  for (let grew = true; grew; ) {
    const before = ending.size
    for (const step of flow.steps) if (!ending.has(step.id) && ends(step)) ending.add(step.id)
    grew = ending.size > before
  }
  return ending
}

/** Whether a step comes back to itself without anybody's reply. */
const goesRound = (id: string, silent: Steps): boolean =>
  (silent.get(id) ?? []).some((next) => reachable(next, silent).has(id))
