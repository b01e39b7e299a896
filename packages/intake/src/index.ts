export { type ClassifiedProblem, classifyProblem } from './classify.ts'
export {
  type AlreadyAsked,
  type Completeness,
  completeness,
  type MissingField,
  type MissingPart,
  nextQuestion,
  type Question,
} from './completeness.ts'
export { clarifyTimestamp, type ExtractOptions, extractFacts, extractZone } from './extract.ts'
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
  latestFact,
  type Plan,
  plans,
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
} from './problem-kinds.ts'
