export { advance } from './advance.ts'
export { currentFlowId } from './aliases.ts'
export { answerChecks, type Look, type Need } from './answer-checks.ts'
export { type CheckName, checks, outcomesOf } from './checks.ts'
export {
  type CurrentStep,
  describeRun,
  type Reader,
  type RunDescription,
  type TriedStep,
  triedSteps,
  type Words,
} from './describe.ts'
export {
  type Flow,
  type FlowLocale,
  type FlowStep,
  type HandoverReason,
  handoverReasons,
  type LocalText,
  type SlotReader,
  type StepKind,
  type StepOutcome,
  stepKinds,
} from './flow.ts'
export { FlowError, type FlowErrorCode } from './flow-error.ts'
export { flowJsonSchema } from './json-schema.ts'
export { type FlowLibrary, flowLibrary } from './library.ts'
export { limits } from './limits.ts'
export { type FlowNote, notesOf } from './notes.ts'
export { fillText, type PlaceholderValues, placeholderNames } from './placeholders.ts'
export type { FlowProblem, FlowProblemCode } from './problems.ts'
export { type Rebased, rebaseRun } from './rebase.ts'
export { isOpen, type Progress, type Run, readRun, type StepRecord } from './run.ts'
export type { CheckResult, Effect, Facts, Heard, RunInput } from './run-input.ts'
export { caseSlots, caseValueOf, isOwnSlot, type SlotType, type SlotValue, slotsOf, slotType } from './slots.ts'
export { startRun } from './start.ts'
export { type AskStep, findStep, type Reply, repliesOf } from './steps.ts'
export { parseFlow, validateFlow, validateFlows } from './validate.ts'
