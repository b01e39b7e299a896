import { type Flow, FlowSchema } from './flow.ts'
import { FlowError } from './flow-error.ts'
import { type FlowProblem, type Problem, writePath } from './problems.ts'
import { graphProblems } from './validate.graph.ts'
import { senseProblems } from './validate.sense.ts'
import { shapeProblems } from './validate.shape.ts'

/** Reads a flow from outside (an editor, another installation) or throws a FlowError that names the first problem. */
export function parseFlow(input: unknown): Flow {
  const { flow, problems } = checkFlow(input)
  if (flow) return flow
  const [first] = problems
  throw new FlowError('flow.invalid', { path: first ? writePath(first.at) : '', problem: first?.code ?? 'missing' })
}

/** Every problem of a flow; those of its shape first, and only without any whether it makes sense and comes to an end. */
export const validateFlow = (input: unknown): FlowProblem[] => checkFlow(input).problems.map(toFlowProblem)

export const toFlowProblem = ({ at, code, params }: Problem): FlowProblem => ({ path: writePath(at), code, params })

export type Checked = { flow: Flow; problems: [] } | { flow: undefined; problems: Problem[] }

export function checkFlow(input: unknown): Checked {
  const parsed = FlowSchema.safeParse(input)
  if (!parsed.success) return { flow: undefined, problems: shapeProblems(input, parsed.error) }
  const sense = senseProblems(parsed.data)
  // A step that nobody can name makes every way to it look lost.
  const problems = sense.some(({ code }) => code === 'duplicate_id' || code === 'unknown_step')
    ? sense
    : [...sense, ...graphProblems(parsed.data)]
  return problems.length > 0 ? { flow: undefined, problems } : { flow: parsed.data, problems: [] }
}

/** Whether flows fit together: one that leads on to another needs it to be there. */
export function validateFlows(flows: readonly Flow[]): (FlowProblem & { flowId: string })[] {
  const ids = new Set(flows.map(({ id }) => id))
  return flows.flatMap((flow, index) => [
    ...(flows.findIndex(({ id }) => id === flow.id) < index
      ? [{ flowId: flow.id, path: 'id', code: 'duplicate_id' as const, params: { id: flow.id } }]
      : []),
    ...flow.steps.flatMap((step, at) =>
      step.kind === 'end' && step.flow !== undefined && !ids.has(step.flow)
        ? [{ flowId: flow.id, path: `steps[${at}].flow`, code: 'unknown_flow' as const, params: { flow: step.flow } }]
        : [],
    ),
  ])
}
