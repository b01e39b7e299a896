import type { Capture, CaptureEntry } from './capture.ts'
import { isFromBrowser } from './entry-kinds.ts'

const MIN_SAMPLES = 3
const MAX_SAMPLES = 500
/** Samples that agree with the median this closely speak of one clock; kept answers carry older dates. */
const AGREEMENT_MS = 120_000
const MIN_AGREEING = 0.8

/**
 * How much the servers' clocks are ahead of the device's: the median of `Date` minus the time of the request, over
 * answers that were made at that moment. Undefined when too few say so, or when they do not agree.
 */
export function measureClockSkew(capture: Capture): number | undefined {
  // Others are made afterwards out of logs and packets, with times of their own.
  if (!BROWSERS.test(capture.creator) && !RECORDERS.test(capture.creator)) return undefined
  const step = Math.ceil(capture.entries.length / MAX_SAMPLES)
  const samples = capture.entries
    .filter((_, at) => at % step === 0)
    .map(skewOf)
    .filter((skew) => skew !== undefined)
  if (samples.length < MIN_SAMPLES) return undefined
  samples.sort((a, b) => a - b)
  const median = samples[Math.floor(samples.length / 2)] ?? 0
  const agreeing = samples.filter((skew) => Math.abs(skew - median) <= AGREEMENT_MS).length
  if (agreeing < samples.length * MIN_AGREEING) return undefined
  return isMistakenZone(median, capture.creator) ? undefined : median
}

function skewOf(entry: CaptureEntry): number | undefined {
  const { startedAt, responseHeaders } = entry
  const isMadeThen = entry.status > 0 && !responseHeaders.has('age') && !isFromBrowser(entry)
  if (startedAt === undefined || !isMadeThen || !hasZone(entry.startedDateTime)) return undefined
  const date = Date.parse(responseHeaders.get('date') ?? '')
  return Number.isNaN(date) ? undefined : date - startedAt
}

/** Without a zone the time could be any. */
function hasZone(dateTime: string): boolean {
  return /(?:Z|[+-]\d\d:?\d\d)$/i.test(dateTime)
}

const BROWSERS = /^(?:WebInspector|Firefox|WebKit|Safari|Playwright|Edge|Opera|Brave)/i
/** They record while it happens, by the clock of the device. */
const RECORDERS = /^(?:Charles|Fiddler|Proxyman|mitmproxy|HttpWatch|HTTP Toolkit|Burp|Requestly)/i

/** Tools that are no browser often write local time and call it UTC: off by whole half hours, and no clock is wrong. */
function isMistakenZone(skewMs: number, creator: string): boolean {
  if (BROWSERS.test(creator)) return false
  const halfHour = 30 * 60_000
  const rest = Math.abs(skewMs) % halfHour
  return Math.min(rest, halfHour - rest) < 90_000
}
