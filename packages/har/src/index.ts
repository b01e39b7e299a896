export { type Analysis, type AnalysisSummary, analyse } from './analyse.ts'
export { type ByteSource, blobSource, bytesSource } from './byte-source.ts'
export { type Capture, type CaptureEntry, type CaptureTimings, readCapture } from './capture.ts'
export { HarError, type HarErrorCode } from './errors.ts'
export type { RequestId, ServerError } from './evidence.ts'
export type { Finding, NextStep, Sentence, Severity } from './finding.ts'
export { sanitiseHar, sanitiseHarBytes } from './sanitise.ts'
export type { AnalyseOptions } from './scene.ts'
export type {
  RemovalKind,
  SanitiseExample,
  SanitiseOptions,
  SanitisePhase,
  SanitisePolicy,
  SanitiseProgress,
  SanitiseReport,
  SanitiseWarning,
  Sanitising,
} from './types.ts'
