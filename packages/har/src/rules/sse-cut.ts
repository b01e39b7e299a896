import type { CaptureEntry } from '../capture.ts'
import { hasNetworkError } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'
import { longest, withRequestIds } from './parts.ts'

/** An answer that is written piece by piece stopped in the middle. */
export const sseCut: EntryRule = {
  id: 'sse-cut',
  severity: 'high',
  elsewhere: 'medium',
  per: 'host',
  canBeIncident: true,
  select: (scene) => scene.eventStreams.filter(isCut),
  describe: (entries) => ({ seconds: longest(entries, (entry) => entry.durationMs) }),
  undecidable: (scene) =>
    scene.eventStreams.some((entry) => entry.status === 200 && entry.evidence.stream === undefined)
      ? {
          en: 'What the event streams carried is not in the file, so it cannot be seen whether they came to their end.',
          el: 'Το περιεχόμενο των ροών συμβάντων δεν είναι στο αρχείο, οπότε δεν φαίνεται αν έφτασαν στο τέλος τους.',
        }
      : undefined,
  customer: {
    en: 'An answer from {host} was cut off in the middle. A proxy, VPN or unstable network may be the cause.',
    el: 'Μια απάντηση από το {host} κόπηκε στη μέση. Η αιτία μπορεί να είναι διακομιστής μεσολάβησης, VPN ή ασταθές δίκτυο.',
  },
  agent: withRequestIds({
    en: '{count?An event stream|{count} event streams} from {host}{path} ended without the closing event[[ after {seconds} s]][[ ({networkError})]]: a proxy that buffers or cuts, a VPN, or the server.',
    el: '{count?Μια ροή συμβάντων|{count} ροές συμβάντων} από το {host}{path} {count?τελείωσε|τελείωσαν} χωρίς το τελικό συμβάν[[ μετά από {seconds} s]][[ ({networkError})]]: διακομιστής μεσολάβησης που συγκρατεί ή κόβει, VPN ή ο διακομιστής.',
  }),
  nextStep: { en: 'Try without VPN or on another network.', el: 'Δοκιμάστε χωρίς VPN ή από άλλο δίκτυο.' },
}

const CUT =
  /ERR_(?:INCOMPLETE_CHUNKED|HTTP2_|SPDY_|QUIC_|CONNECTION_(?:RESET|CLOSED|ABORTED|TIMED_OUT)|NETWORK_CHANGED|TIMED_OUT|CONTENT_LENGTH|EMPTY_RESPONSE)|NS_ERROR_NET_(?:PARTIAL|RESET|INTERRUPT)/

/** One that the reader stopped is aborted, and notifications have no end to wait for. */
function isCut(entry: CaptureEntry): boolean {
  if (entry.status >= 400) return false
  if (entry.networkError !== '') return hasNetworkError(entry, CUT)
  const { stream } = entry.evidence
  // Without a duration it was still running when the file was written.
  return (
    entry.durationMs !== undefined && entry.status === 200 && stream !== undefined && stream.isAnswer && !stream.isOver
  )
}
