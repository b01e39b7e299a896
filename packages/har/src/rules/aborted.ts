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
    en: '{count?A request was cancelled before it finished|Some requests were cancelled before they finished}, as happens when a page is left.',
    el: '{count?Ένα αίτημα ακυρώθηκε πριν ολοκληρωθεί|Κάποια αιτήματα ακυρώθηκαν πριν ολοκληρωθούν}, όπως συμβαίνει όταν φεύγετε από μια σελίδα.',
  },
  agent: {
    en: '{count} {count?request was|requests were} cancelled ({networkError}), {count?|first }{method} {host}{path}: the page was left or a script gave up.',
    el: '{count} {count?αίτημα ακυρώθηκε|αιτήματα ακυρώθηκαν} ({networkError}), {count?|πρώτο }το {method} {host}{path}: ο χρήστης έφυγε από τη σελίδα ή {count?το|τα} διέκοψε κώδικας.',
  },
}
