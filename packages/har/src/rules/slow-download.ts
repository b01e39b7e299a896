import type { CaptureEntry } from '../capture.ts'
import { isEventStream, isFromBrowser, isLongPoll, isWebSocket } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'
import { longest, withRequestIds } from './parts.ts'

/** The answer came in slowly. */
export const slowDownload: EntryRule = {
  id: 'slow-download',
  severity: 'medium',
  elsewhere: 'low',
  per: 'host',
  select: (scene) => scene.slow.filter(isSlow),
  describe: (entries) => ({
    seconds: longest(entries, (entry) => entry.timings.receive),
    kilobits: Math.round(Math.min(...entries.map(kilobitsPerSecond))),
  }),
  customer: {
    en: 'Your connection received data of {host} slowly, at {kilobits} kbit/s.',
    el: 'Η σύνδεσή σας λάμβανε δεδομένα του {host} αργά, με {kilobits} kbit/s.',
  },
  agent: withRequestIds({
    en: '{count} {count?answer|answers} of {host} took{count?| up to} {seconds} s to arrive, at {kilobits} kbit/s, {count?|first }{path}: bandwidth or loss.',
    el: '{count} {count?απάντηση|απαντήσεις} του {host} {count?έφτανε|έφταναν έως και} επί {seconds} s, με {kilobits} kbit/s, {count?|πρώτη }η {path}: εύρος ζώνης ή απώλειες.',
  }),
  nextStep: {
    en: 'Try on a faster network, and stop other downloads.',
    el: 'Δοκιμάστε από ταχύτερο δίκτυο και σταματήστε άλλες λήψεις.',
  },
}

const SLOW_MS = 5_000
const SLOW_KILOBITS = 1_000
/** Less may be an answer that is written while it is sent. */
const WORTH_BYTES = 100_000

function isSlow(entry: CaptureEntry): boolean {
  if ((entry.timings.receive ?? 0) <= SLOW_MS || entry.status === 0 || isFromBrowser(entry)) return false
  if (isEventStream(entry) || isWebSocket(entry) || isLongPoll(entry)) return false
  return bytesOf(entry) >= WORTH_BYTES && kilobitsPerSecond(entry) < SLOW_KILOBITS
}

function bytesOf(entry: CaptureEntry): number {
  return entry.transferBytes ?? entry.responseBytes ?? 0
}

function kilobitsPerSecond(entry: CaptureEntry): number {
  return (bytesOf(entry) * 8) / Math.max(1, entry.timings.receive ?? 0)
}
