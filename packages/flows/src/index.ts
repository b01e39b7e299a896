import type { Flow } from './flow.ts'
import { ssoNoAccountsFound } from './flows/sso-no-accounts-found.ts'
import { uploadFailures } from './flows/upload-failures.ts'

export {
  type Flow,
  type FlowEnd,
  type FlowLocale,
  type FlowReply,
  type FlowStep,
  type FlowTriggers,
  findStep,
  flowEnds,
  type LocalText,
  type StepOutcome,
} from './flow.ts'
export { FlowError, type FlowErrorCode } from './flow-error.ts'
export {
  answerStep,
  describeRun,
  type Run,
  type RunDescription,
  type StepAnswer,
  type StepRecord,
  startRun,
} from './run.ts'
export { type FlowProblem, type FlowProblemCode, parseFlow, validateFlow } from './validate.ts'
export { ssoNoAccountsFound, uploadFailures }

/** The flows that ship with Clew. */
export const starterFlows: readonly Flow[] = [uploadFailures, ssoNoAccountsFound]

export function findFlow(flowId: string): Flow | undefined {
  return starterFlows.find((flow) => flow.id === flowId)
}
