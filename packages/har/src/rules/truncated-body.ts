import type { CaptureEntry } from '../capture.ts'
import { hasNetworkError, isFromBrowser } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'
import { withRequestIds } from './parts.ts'

/** Less came than was announced. */
export const truncatedBody: EntryRule = {
  id: 'truncated-body',
  severity: 'medium',
  elsewhere: 'low',
  per: 'host',
  yieldsTo: ['sse-cut', 'upload-cut'],
  select: (scene) => {
    const reported = scene.withNetworkError.filter(isReported)
    return [...new Set([...reported, ...shortOnes(scene.sized)])]
  },
  customer: {
    en: 'An answer of {host} arrived incomplete.',
    el: 'Μια απάντηση του {host} έφτασε ελλιπής.',
  },
  agent: withRequestIds({
    en: '{count} {count?answer|answers} of {host} arrived incomplete[[ ({networkError})]], {count?|first }{path}: a middlebox that cuts, or loss.',
    el: '{count} {count?απάντηση του {host} έφτασε ελλιπής|απαντήσεις του {host} έφτασαν ελλιπείς}[[ ({networkError})]], {count?|πρώτη }η {path}: ενδιάμεση συσκευή που κόβει ή απώλειες.',
  }),
  nextStep: { en: 'Try without VPN or on another network.', el: 'Δοκιμάστε χωρίς VPN ή από άλλο δίκτυο.' },
}

function isReported(entry: CaptureEntry): boolean {
  return hasNetworkError(
    entry,
    /ERR_(?:CONTENT_LENGTH_MISMATCH|INCOMPLETE_CHUNKED_ENCODING|CONTENT_DECODING_FAILED)|NS_ERROR_NET_PARTIAL/,
  )
}

/** When many are short, the exporter counts in its own way. */
function shortOnes(entries: readonly CaptureEntry[]): readonly CaptureEntry[] {
  const comparable = entries.filter(isComparable)
  const short = comparable.filter((entry) => sizeOf(entry) < (entry.announcedBytes ?? 0) * 0.99)
  return short.length * 4 > comparable.length && short.length > 1 ? [] : short
}

/** Only where no encoding and no cache makes the sizes differ for a good reason. */
function isComparable(entry: CaptureEntry): boolean {
  const { responseHeaders, responseBytes = 0, contentBytes = 0 } = entry
  const isMeasured = responseBytes > 0 && contentBytes > 0 && !isFromBrowser(entry)
  return isMeasured && !responseHeaders.has('content-encoding') && !responseHeaders.has('transfer-encoding')
}

function sizeOf({ responseBytes = 0, contentBytes = 0, transferBytes = 0 }: CaptureEntry): number {
  return Math.max(responseBytes, contentBytes, transferBytes)
}
