import type { Finding, SanitisingPolicy } from '@clew/contract/captures'
import type { SanitiseReport } from '@clew/har'

export type SanitiseStage = 'unpacking' | 'reading' | 'cleaning' | 'proving'
export type SanitiseProgress = {
  stage: SanitiseStage
  /** Exchanges read or cleaned so far, and how many there are once they have all been read. */
  done: number
  total: number
  removed: number
  /** From 0 to 1, by bytes. */
  share: number
}
export type SanitiseResult = { safe: Blob; report: SanitiseReport; findings: Finding[] }

/** What the page says to the sanitiser, and what it hears. Nothing else crosses between them. */
export type ToSanitiser = { type: 'sanitise'; file: Blob; policy: SanitisingPolicy | undefined } | { type: 'cancel' }
export type FromSanitiser =
  | { type: 'ready' }
  | { type: 'progress'; progress: SanitiseProgress }
  | { type: 'done'; result: SanitiseResult }
  | { type: 'failed'; code: string }

export const connectMessage = 'clew:sanitiser'
export const brokenMessage = 'clew:sanitiser-broken'

export class SanitiseError extends Error {
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}
