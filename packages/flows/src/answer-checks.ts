import { advance } from './advance.ts'
import type { Flow } from './flow.ts'
import { limits } from './limits.ts'
import type { Progress } from './run.ts'
import type { CheckResult, Facts } from './run-input.ts'

export type Need = {
  stepId: string
  check: string
  params: Readonly<Record<string, unknown>>
  /** How large the person says the file is, for a check of its size. */
  saidBytes?: number
}
export type Look = (need: Need) => Promise<Omit<CheckResult, 'stepId'>>

/** Lets `look` answer what a run needs to know, until it needs a person or has ended. */
export async function answerChecks(
  flow: Flow,
  progress: Progress,
  { look, facts, at }: { look: Look; facts: Facts; at: string },
): Promise<Progress> {
  let { run, effects } = progress
  for (let left = limits.steps; left > 0 && run.state === 'checking'; left -= 1) {
    const results: CheckResult[] = []
    for (const need of run.needs) results.push({ stepId: need.stepId, ...(await look(need)) })
    const next = advance(flow, run, { input: { type: 'checks', results, at }, facts })
    run = next.run
    effects = [...effects, ...next.effects]
  }
  return { run, effects }
}
