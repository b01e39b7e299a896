export type HarErrorCode =
  | 'har.not_json'
  | 'har.not_har'
  | 'har.empty'
  | 'har.too_deep'
  | 'har.too_large'
  | 'har.unsupported_encoding'
  | 'har.cancelled'

/** What is wrong with a file as a stable code; the words for people are in the catalogues. */
export class HarError extends Error {
  readonly code: HarErrorCode
  readonly params: Readonly<Record<string, string | number>>

  constructor(code: HarErrorCode, params: Readonly<Record<string, string | number>> = {}) {
    super(code)
    this.name = 'HarError'
    this.code = code
    this.params = params
  }
}

export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new HarError('har.cancelled')
}
