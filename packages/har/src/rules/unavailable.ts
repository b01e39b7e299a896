import type { Rule } from '../finding.ts'
import { perHost } from './grouping.ts'

/** The server could not be reached by what stands before it. */
export const unavailable: Rule = {
  id: 'unavailable',
  severity: 'high',
  find: (scene) =>
    perHost(
      scene.entries.filter(
        (entry) =>
          entry.status === 502 ||
          entry.status === 503 ||
          (entry.status >= 520 && entry.status <= 530 && entry.status !== 524),
      ),
    ).map((match) => ({
      ...match,
      severity: match.entries.some(scene.isFirstParty) ? 'high' : 'low',
    })),
  customer: { en: '{host} was not available at that moment.', el: 'Το {host} δεν ήταν διαθέσιμο εκείνη τη στιγμή.' },
  agent: {
    en: '{count} {count?request|requests} to {host} answered {status}{count?:|, first} {method} {path}. Compare the time with the incidents on the status page.[[ Request {requestIdCount?id|ids}: {requestIds}.]]',
    el: '{count} {count?αίτημα προς {host} απάντησε|αιτήματα προς {host} απάντησαν} {status}{count?:|, πρώτο το} {method} {path}. Συγκρίνετε την ώρα με τα περιστατικά στην κατάσταση υπηρεσιών.[[ {requestIdCount?Αναγνωριστικό|Αναγνωριστικά} αιτήματος: {requestIds}.]]',
  },
  nextStep: {
    en: 'Check the status page and try again in a few minutes.',
    el: 'Δείτε την κατάσταση υπηρεσιών και δοκιμάστε ξανά σε λίγα λεπτά.',
  },
}
