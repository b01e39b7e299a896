import type { CaptureEntry } from '../capture.ts'
import type { Sentence } from '../sentence.ts'

/** Adds the ids of the requests to what an agent reads. */
export function withRequestIds(sentence: Sentence): Sentence {
  return {
    en: `${sentence.en}[[ Request {requestIdCount?id|ids}: {requestIds}.]]`,
    el: `${sentence.el}[[ {requestIdCount?Αναγνωριστικό|Αναγνωριστικά} αιτήματος: {requestIds}.]]`,
  }
}

/** The largest body that was sent; empty when the capture does not say: an upload often breaks off before its size is known. */
export function megabytes(entries: readonly CaptureEntry[]): number | '' {
  const bytes = largest(entries, (entry) => entry.requestBytes)
  return bytes > 100_000 ? Math.round(bytes / 1e5) / 10 : ''
}

/** In seconds with one decimal; empty when nobody knows. */
export function longest(
  entries: readonly CaptureEntry[],
  millisecondsOf: (entry: CaptureEntry) => number | undefined,
): number | '' {
  const milliseconds = largest(entries, millisecondsOf)
  return milliseconds > 0 ? Math.round(milliseconds / 100) / 10 : ''
}

export function largest(
  entries: readonly CaptureEntry[],
  amountOf: (entry: CaptureEntry) => number | undefined,
): number {
  return entries.reduce((most, entry) => Math.max(most, amountOf(entry) ?? 0), 0)
}
