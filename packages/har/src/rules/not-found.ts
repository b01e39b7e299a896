import type { Rule } from '../finding.ts'
import { isApiCall } from '../scene.ts'
import { whole } from './grouping.ts'

/** A call of our own went to something that is not there. */
export const notFound: Rule = {
  id: 'not-found',
  severity: 'medium',
  find: (scene) =>
    whole(
      scene.entries.filter(
        (entry) =>
          (entry.status === 404 || entry.status === 410) &&
          scene.isFirstParty(entry) &&
          (isApiCall(entry) || entry.resourceType === 'document'),
      ),
    ),
  customer: {
    en: 'Something the page asked for does not exist, or not any more.',
    el: 'Κάτι που ζήτησε η σελίδα δεν υπάρχει ή δεν υπάρχει πια.',
  },
  agent: {
    en: '{count} {count?request|requests} answered {status}[[ ({code})]], {count?|first }{method} {host}{path}: a wrong id or region, or an old client.[[ Request {requestIdCount?id|ids}: {requestIds}.]]',
    el: '{count} {count?αίτημα απάντησε|αιτήματα απάντησαν} {status}[[ ({code})]], {count?|πρώτο }το {method} {host}{path}: λάθος αναγνωριστικό ή περιοχή, ή παλιά έκδοση της εφαρμογής.[[ {requestIdCount?Αναγνωριστικό|Αναγνωριστικά} αιτήματος: {requestIds}.]]',
  },
  nextStep: { en: 'Reload the page and check the address.', el: 'Φορτώστε ξανά τη σελίδα και ελέγξτε τη διεύθυνση.' },
}
