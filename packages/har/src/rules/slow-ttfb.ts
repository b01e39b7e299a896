import type { Rule } from '../finding.ts'
import { isWebSocket } from '../scene.ts'
import { perHost } from './grouping.ts'

/** The server took long to begin its answer. */
export const slowTtfb: Rule = {
  id: 'slow-ttfb',
  severity: 'medium',
  find: (scene) =>
    perHost(
      scene.entries.filter(
        (entry) =>
          scene.isFirstParty(entry) &&
          (entry.timings.wait ?? 0) > 2_000 &&
          (entry.timings.wait ?? 0) <= 60_000 &&
          !entry.mime.includes('event-stream') &&
          !isWebSocket(entry),
      ),
    ).map((match) => ({
      ...match,
      params: { seconds: (Math.max(...match.entries.map((entry) => entry.timings.wait ?? 0)) / 1000).toFixed(1) },
    })),
  customer: {
    en: '{count?An answer of {host} took|Some answers of {host} took up to} {seconds} s to begin.',
    el: '{count?Μια απάντηση του {host} άργησε {seconds} s να ξεκινήσει|Κάποιες απαντήσεις του {host} άργησαν έως {seconds} s να ξεκινήσουν}.',
  },
  agent: {
    en: '{count} {count?request|requests} to {host} waited {count?{seconds} s for the first byte:|over 2 s for the first byte, at most {seconds} s, first} {method} {path}.[[ Request {requestIdCount?id|ids}: {requestIds}.]]',
    el: '{count} {count?αίτημα προς {host} περίμενε {seconds} s για το πρώτο byte:|αιτήματα προς {host} περίμεναν πάνω από 2 s για το πρώτο byte, το πολύ {seconds} s, πρώτο το} {method} {path}.[[ {requestIdCount?Αναγνωριστικό|Αναγνωριστικά} αιτήματος: {requestIds}.]]',
  },
}
