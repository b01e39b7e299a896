import { isEventStream, isFromBrowser, isLongPoll, isWebSocket } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'
import { longest, withRequestIds } from './parts.ts'

/** The server took long to begin its answer. */
export const slowTtfb: EntryRule = {
  id: 'slow-ttfb',
  severity: 'medium',
  per: 'host',
  canBeIncident: true,
  select: (scene) =>
    scene.slow.filter(
      (entry) =>
        scene.isFirstParty(entry) &&
        (entry.timings.wait ?? 0) > 2_000 &&
        (entry.timings.wait ?? 0) <= 60_000 &&
        entry.status > 0 &&
        entry.status < 400 &&
        !isFromBrowser(entry) &&
        !isEventStream(entry) &&
        !isLongPoll(entry) &&
        !isWebSocket(entry),
    ),
  describe: (entries) => ({ seconds: longest(entries, (entry) => entry.timings.wait) }),
  customer: {
    en: '{count?An answer of {host} took|Some answers of {host} took up to} {seconds} s to begin.',
    el: '{count?Μια απάντηση του {host} άργησε {seconds} s να ξεκινήσει|Κάποιες απαντήσεις του {host} άργησαν έως {seconds} s να ξεκινήσουν}.',
  },
  agent: withRequestIds({
    en: '{count} {count?request|requests} to {host} waited {count?{seconds} s for the first byte:|over 2 s for the first byte, at most {seconds} s, first} {method} {path}.',
    el: '{count} {count?αίτημα προς {host} περίμενε {seconds} s για το πρώτο byte:|αιτήματα προς {host} περίμεναν πάνω από 2 s για το πρώτο byte, το πολύ {seconds} s, πρώτο το} {method} {path}.',
  }),
}
