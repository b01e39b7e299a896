import type { Rule } from '../finding.ts'
import { hasNetworkError, isUpload, isWebSocket } from '../scene.ts'
import { whole } from './grouping.ts'

/** The page or a script withdrew the request. */
export const aborted: Rule = {
  id: 'aborted',
  severity: 'low',
  find: (scene) =>
    whole(
      scene.entries.filter(
        (entry) => hasNetworkError(entry, /ERR_(?:ABORTED|FAILED)\b/) && !isUpload(entry) && !isWebSocket(entry),
      ),
    ),
  customer: {
    en: 'Some requests were cancelled before they finished, as happens when a page is left.',
    el: 'Κάποια αιτήματα ακυρώθηκαν πριν ολοκληρωθούν, όπως συμβαίνει όταν φεύγετε από μια σελίδα.',
  },
  agent: {
    en: '{count} requests were cancelled ({networkError}), first {method} {host}{path}: the page was left or a script gave up.',
    el: '{count} αιτήματα ακυρώθηκαν ({networkError}), πρώτο το {method} {host}{path}: ο χρήστης έφυγε από τη σελίδα ή τα διέκοψε κώδικας.',
  },
}
