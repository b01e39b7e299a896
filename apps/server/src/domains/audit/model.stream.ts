import type { StreamFailure } from '@clew/contract/audit-streams'
import type { OutwardAnswer } from '../../platform/outward-post.ts'

/** What came of sending a batch. Where there is a status, the other side has spoken. */
export type Sent = { failure: StreamFailure | undefined; status?: number; retryAfterMs?: number }

export const arrived: Sent = { failure: undefined }

/** An answer of an HTTP receiver. Only that it has taken the batch moves the stream on. */
export function sentOf(answer: OutwardAnswer, now: Date): Sent {
  if ('failure' in answer) return { failure: answer.failure }
  const { status } = answer
  if (status >= 200 && status < 300) return { ...arrived, status }
  const retryAfterMs = readRetryAfter(answer.retryAfter, now)
  return { failure: failureOf(status), status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
}

function failureOf(status: number): StreamFailure {
  if (status === 401 || status === 403) return 'unauthorised'
  return status === 429 || status === 503 ? 'busy' : 'refused'
}

/** RFC 9110 §10.2.3: seconds, or a date. */
export function readRetryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000
  const at = Date.parse(header)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime())
}

const firstMs = 5_000
const mostMs = 15 * 60_000
const mostAskedMs = 6 * 3_600_000

/** When to try again after so many failures in a row: later each time, and not before the receiver said. */
export function nextTryIn(attempts: number, retryAfterMs = 0): number {
  const own = Math.min(mostMs, firstMs * 2 ** Math.min(attempts - 1, 20))
  return Math.max(own, Math.min(retryAfterMs, mostAskedMs))
}

/** Nobody is asked again who has said that we may not: a person has to look. */
export const isPausing = (failure: StreamFailure): boolean => failure === 'unauthorised'
