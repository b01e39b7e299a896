import type { RemovalKind } from '@clew/har'

/** What analysis says about a capture, in the words for the person who recorded it. */
export interface FoundCause {
  readonly severity: 'high' | 'medium' | 'low'
  readonly text: { readonly en: string; readonly el: string }
  readonly nextStep?: { readonly en: string; readonly el: string }
  readonly requestIds: readonly string[]
}

/** From the worker to the page. The file itself goes the other way, once, as the only message. */
export type HarWorkerMessage =
  | { readonly type: 'progress'; readonly share: number }
  | { readonly type: 'done'; readonly result: HarResult }
  | { readonly type: 'refused'; readonly reason: 'not_a_har' | 'failed' }

export interface HarResult {
  readonly clean: Blob
  readonly entries: number
  readonly removed: readonly { readonly kind: RemovalKind; readonly count: number }[]
  readonly removedTotal: number
  readonly entriesDropped: number
  readonly seconds: number
  readonly findings: readonly FoundCause[]
}
