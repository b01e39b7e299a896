export { type ClassifiedProblem, classifyProblem } from './classify.ts'
export {
  type AlreadyAsked,
  type Completeness,
  completeness,
  type MissingField,
  type MissingPart,
  nextQuestion,
  type Question,
  type Raise,
  whatRaisesMost,
} from './completeness.ts'
export {
  type Extracted,
  type ExtractedField,
  extractedFields,
  extractedOf,
  f1Of,
  judgeExtraction,
  type Verdict,
} from './evaluate-extraction.ts'
export { expectationsOf } from './extract/expecting.ts'
export { readFileSize, readHttpStatus } from './extract/said-values.ts'
export type { Expectation } from './extract/source.ts'
export {
  clarifyTimestamp,
  type ExtractOptions,
  extractFacts,
  extractZone,
  readTypedMoment,
  withoutMoments,
} from './extract.ts'
export {
  type CaseField,
  type CurrentValues,
  caseFields,
  currentValues,
  type EnvironmentValue,
  type Fact,
  type FactOf,
  type FactSource,
  type FactValues,
  factSources,
  historyOf,
  latestFact,
  type Plan,
  plans,
  standingFacts,
  type TimestampValue,
} from './facts.ts'
export {
  fieldNeeds,
  fieldsNotNeeded,
  harImportance,
  type Importance,
  importanceOf,
  type ProblemKind,
  problemKinds,
  reasonFor,
} from './problem-kinds.ts'
