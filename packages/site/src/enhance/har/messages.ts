import type {
  EntryDetails,
  Finding,
  HarErrorCode,
  HarValidation,
  SanitisePolicy,
  SanitiseReport,
  SanitiseRule,
  Undecidable,
} from '@clew/har'
import type { GunzipErrorCode } from '@clew/har/gunzip'
import type { WaterfallEntry } from '@clew/har/waterfall'

/** How the reader wants a file cleaned. */
export interface CleaningChoice {
  readonly policy: SanitisePolicy
  /** Hosts whose contents stay readable. */
  readonly keepBodiesOf: readonly string[]
}

/** How this site has captures cleaned. The reader may clean more than it says, and never less. */
export interface Operator {
  /** Who demands the strict policy, where it is not the site itself. */
  readonly demandedBy?: 'organisation' | 'unknown'
  readonly sanitising: CleaningChoice & { readonly rules: readonly SanitiseRule[] }
  /** A larger copy is taken here by nobody. */
  readonly maxCaptureBytes: number
}

export type CleaningStage = 'unpack' | 'check' | 'learn' | 'clean' | 'read'

export interface CleaningProgress {
  readonly stage: CleaningStage
  readonly bytesDone: number
  readonly bytesTotal: number
  readonly entriesDone: number
  readonly removed: number
  /** Of all stages together, from 0 to 1. */
  readonly share: number
}

export type FailureCode = HarErrorCode | GunzipErrorCode | 'memory' | 'unreadable' | 'worker' | 'failed'

/** Where an entry stands in the clean file, in bytes. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** One request as it stands in the clean file, for the reader to see what was done. */
export interface Sample {
  readonly line: string
  readonly headers: readonly { readonly name: string; readonly value: string }[]
}

export interface CleanCapture {
  readonly clean: Blob
  readonly report: SanitiseReport
  readonly validation: HarValidation
  readonly findings: readonly Finding[]
  readonly undecidable: readonly Undecidable[]
  readonly rows: readonly WaterfallEntry[]
  /** By the index of the entry. */
  readonly spans: readonly (Span | undefined)[]
  readonly sample: Sample | undefined
  readonly exporter: string
  readonly startedAt: string | undefined
  readonly spanMs: number
  readonly failing: number
  readonly seconds: number
}

/** From the page to the worker, and back. Nothing else crosses between them. */
export type ToWorker =
  | {
      readonly type: 'clean'
      readonly file: Blob
      readonly choice: CleaningChoice
      readonly rules: readonly SanitiseRule[]
    }
  | { readonly type: 'details'; readonly id: number; readonly entry: Blob }

export type FromWorker =
  | { readonly type: 'progress'; readonly progress: CleaningProgress }
  | { readonly type: 'done'; readonly result: CleanCapture }
  | { readonly type: 'failed'; readonly code: FailureCode; readonly validation: HarValidation | undefined }
  | { readonly type: 'details'; readonly id: number; readonly details: EntryDetails | undefined }
