import type { Flow } from './flow.ts'
import type { FlowLibrary } from './library.ts'
import { isOpen, type Progress, type Run, walkedOf } from './run.ts'
import type { Facts } from './run-input.ts'
import { findStep } from './steps.ts'
import { endAt, walkTo } from './walk.ts'

/** A run with the flow that it can go on with. Without one it has ended, and a person takes over. */
export type Rebased = Progress & { flow: Flow | undefined }

/**
 * Finds the flow of a stored run. One of an older version goes on with that version while the library has it, else at
 * the same step of the newer one if there is such a step, else it is for a person, like one of a flow that was stopped.
 */
export function rebaseRun(run: Run, library: FlowLibrary, facts: Facts): Rebased {
  const same = library.find(run.flowId, run.flowVersion)
  const newer = library.find(run.flowId)
  const isStopped = library.isStopped(run.flowId)
  if (!isOpen(run) || (same && !isStopped)) return { run, flow: same ?? newer, effects: [] }
  if (newer && !isStopped && findStep(newer, run.currentStepId)) {
    const walked = { ...walkedOf(run), flowVersion: newer.version, kept: [], passed: [] }
    return { flow: newer, ...walkTo({ flow: newer, walked: walked, facts, effects: [] }, { next: run.currentStepId }) }
  }
  return {
    flow: undefined,
    ...endAt({ walked: walkedOf(run), effects: [] }, { state: 'handover', reason: 'flow-changed' }),
  }
}
