export { type Analysis, type AnalysisSummary, analyse, type Undecidable } from './analyse.ts'
export { blobOf } from './blob-of.ts'
export { type ByteSource, blobSource, bytesSource } from './byte-source.ts'
export {
  type CacheSource,
  type Capture,
  CaptureCollector,
  type CaptureEntry,
  type CapturePage,
  type CaptureTimings,
  type HttpProtocol,
  type Initiator,
  readCapture,
  readCaptureOf,
  type SecurityDetails,
} from './capture.ts'
export {
  type CaptureDiff,
  type ChangedPlace,
  type DiffEntry,
  type DiffOptions,
  diffCaptures,
  type EntryChange,
  isSameCapture,
  type PlaceChange,
} from './diff.ts'
export {
  type BodyDetails,
  type CallFrame,
  type CookieDetails,
  type EntryDetails,
  entryDetails,
  type FormPart,
  type NameValue,
  readEntryDetails,
  type StreamMessage,
} from './entry-details.ts'
export { HarError, type HarErrorCode } from './errors.ts'
export type { RequestId, ServerError } from './evidence.ts'
export type { Finding, NextStep, Sentence, Severity } from './finding.ts'
export type { RecordedWith } from './recorded-with.ts'
export { sanitiseHar, sanitiseHarBytes } from './sanitise.ts'
export {
  type ParsedSanitiseRules,
  parseSanitiseRules,
  type RuleProblem,
  type RuleProblemCode,
} from './sanitise-rules.ts'
export type { AnalyseOptions, BrowserName, Incident } from './scene.ts'
export { blobShelf, type Shelf, type Shelved } from './shelf.ts'
export type {
  KeptReason,
  RemovalKind,
  SanitiseExample,
  SanitiseKept,
  SanitiseOptions,
  SanitisePhase,
  SanitisePolicy,
  SanitiseProgress,
  SanitiseReport,
  SanitiseRule,
  SanitiseRuleAction,
  SanitiseWarning,
  Sanitising,
} from './types.ts'
export {
  type HarProblem,
  type HarProblemCode,
  type HarValidation,
  type ProblemGroup,
  type ProblemSeverity,
  type ValidateOptions,
  validateHar,
} from './validate.ts'
