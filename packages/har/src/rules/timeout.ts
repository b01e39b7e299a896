import type { Rule } from '../finding.ts'
import { whole } from './grouping.ts'

/** The server, or what stands before it, gave up waiting. */
export const timeout: Rule = {
  id: 'timeout',
  severity: 'high',
  find: (scene) =>
    whole(
      scene.entries.filter(
        (entry) =>
          /^(?:408|504|524)$/.test(String(entry.status)) ||
          ((entry.timings.wait ?? 0) > 60_000 && !entry.mime.includes('event-stream')),
      ),
    ).map((match) => ({
      ...match,
      params: {
        seconds:
          Math.round(Math.max(...match.entries.map((entry) => entry.timings.wait ?? entry.durationMs ?? 0)) / 1000) ||
          '',
      },
    })),
  customer: { en: '{host} took too long to answer.', el: 'Το {host} άργησε πολύ να απαντήσει.' },
  agent: {
    en: '{count} {count?request|requests} timed out{count?:|, first} {method} {host}{path} ({status}[[, waited {seconds} s]]).[[ Request {requestIdCount?id|ids}: {requestIds}.]]',
    el: '{count} {count?αίτημα έληξε|αιτήματα έληξαν} χωρίς απάντηση{count?:|, πρώτο το} {method} {host}{path} ({status}[[, αναμονή {seconds} s]]).[[ {requestIdCount?Αναγνωριστικό|Αναγνωριστικά} αιτήματος: {requestIds}.]]',
  },
  nextStep: {
    en: 'Check the status page and try again in a few minutes.',
    el: 'Δείτε την κατάσταση υπηρεσιών και δοκιμάστε ξανά σε λίγα λεπτά.',
  },
}
