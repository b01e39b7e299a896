import type { FlowProblem } from '@clew/flows/problems'
import type { FlowsT } from './words.ts'

type Fault = Pick<FlowProblem, 'code' | 'params'> | { code: string; params: Readonly<Record<string, string | number>> }

/** What is wrong, in a sentence, with what was probably meant. */
export function faultText(t: FlowsT, { code, params }: Fault): string {
  const named = {
    step: '',
    slot: '',
    name: '',
    id: '',
    value: '',
    flow: '',
    key: '',
    outcome: '',
    max: '',
    min: '',
    reason: '',
  }
  const said = t.find(`flows.fault_${code}`, { ...named, ...params }) ?? code
  const { suggestion } = params
  return suggestion === undefined ? said : `${said} ${t('flows.fault_suggestion', { suggestion: String(suggestion) })}`
}

/** The step that a path is about: `steps[2].next` is the third. */
export function faultyStep(path: string): number | undefined {
  const index = /^steps\[(\d+)\]/.exec(path)?.[1]
  return index === undefined ? undefined : Number(index)
}
