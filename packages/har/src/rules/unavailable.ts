import type { EntryRule } from '../finding.ts'
import { withRequestIds } from './parts.ts'

/** The server could not be reached by what stands before it. */
export const unavailable: EntryRule = {
  id: 'unavailable',
  severity: 'high',
  elsewhere: 'low',
  per: 'host',
  canBeIncident: true,
  yieldsTo: ['block-page', 'ws-fail', 'upload-cut', 'preflight-fail'],
  select: (scene) =>
    scene.failing.filter(
      ({ status }) => status === 502 || status === 503 || (status >= 520 && status <= 530 && status !== 524),
    ),
  customer: { en: '{host} was not available at that moment.', el: 'Το {host} δεν ήταν διαθέσιμο εκείνη τη στιγμή.' },
  agent: withRequestIds({
    en: '{count} {count?request|requests} to {host} answered {status}{count?:|, first} {method} {path}. Compare the time with the incidents on the status page.',
    el: '{count} {count?αίτημα προς {host} απάντησε|αιτήματα προς {host} απάντησαν} {status}{count?:|, πρώτο το} {method} {path}. Συγκρίνετε την ώρα με τα περιστατικά στην κατάσταση υπηρεσιών.',
  }),
  nextStep: {
    en: 'Check the status page and try again in a few minutes.',
    el: 'Δείτε την κατάσταση υπηρεσιών και δοκιμάστε ξανά σε λίγα λεπτά.',
  },
}
