import type { CaptureEntry } from '../capture.ts'
import { isEventStream, isLongPoll, isWebSocket } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'
import { largest, withRequestIds } from './parts.ts'

/** The server, or what stands before it, gave up waiting. */
export const timeout: EntryRule = {
  id: 'timeout',
  severity: 'high',
  elsewhere: 'low',
  per: 'capture',
  canBeIncident: true,
  yieldsTo: ['block-page', 'upload-cut', 'sse-cut', 'ws-fail', 'service-worker'],
  select: (scene) => [...new Set([...scene.withStatus(408, 504, 524), ...scene.slow.filter(hasWaitedTooLong)])],
  describe: (entries) => ({
    seconds: Math.round(largest(entries, (entry) => entry.timings.wait ?? entry.durationMs) / 1000) || '',
  }),
  customer: { en: '{host} took too long to answer.', el: 'Το {host} άργησε πολύ να απαντήσει.' },
  agent: withRequestIds({
    en: '{count} {count?request|requests} timed out{count?:|, first} {method} {host}{path} ({status}[[, waited {seconds} s]]).',
    el: '{count} {count?αίτημα έληξε|αιτήματα έληξαν} χωρίς απάντηση{count?:|, πρώτο το} {method} {host}{path} ({status}[[, αναμονή {seconds} s]]).',
  }),
  nextStep: {
    en: 'Check the status page and try again in a few minutes.',
    el: 'Δείτε την κατάσταση υπηρεσιών και δοκιμάστε ξανά σε λίγα λεπτά.',
  },
}

function hasWaitedTooLong(entry: CaptureEntry): boolean {
  return (entry.timings.wait ?? 0) > 60_000 && !isEventStream(entry) && !isWebSocket(entry) && !isLongPoll(entry)
}
