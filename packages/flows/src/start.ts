import type { Flow } from './flow.ts'
import { FlowError } from './flow-error.ts'
import { limits } from './limits.ts'
import type { Progress, Run, Walked } from './run.ts'
import type { Facts } from './run-input.ts'
import { isOwnSlot } from './slots.ts'
import { walkTo } from './walk.ts'

/** Begins at the first step. `from` is the run that led on to this flow; what it learnt is known here too. */
export function startRun(flow: Flow, facts: Facts, from?: Run): Progress {
  const [first] = flow.steps
  if (!first) throw new FlowError('flow.invalid', { flowId: flow.id })
  const came = from ? [...from.came, from.flowId] : []
  const walked: Walked = {
    flowId: flow.id,
    flowVersion: flow.version,
    steps: [],
    slots: Object.fromEntries(Object.entries(from?.slots ?? {}).filter(([slot]) => !isOwnSlot(slot))),
    heard: {},
    values: from?.values ?? {},
    passed: [],
    kept: [],
    came,
  }
  // Flows that lead to one another in a circle would go on for ever.
  const isCircle = came.includes(flow.id) || came.length > limits.chain
  return walkTo(
    { flow, walked, facts, effects: [] },
    isCircle ? { next: 'handover', reason: 'too-long' } : { next: first.id },
  )
}
