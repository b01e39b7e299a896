import { hasNetworkError, isWebSocket } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'

/** The page or a script withdrew the request. */
export const aborted: EntryRule = {
  id: 'aborted',
  severity: 'low',
  per: 'capture',
  yieldsTo: ['upload-cut', 'sse-cut', 'ws-fail', 'preflight-fail', 'cors-missing'],
  quotesIds: false,
  select: (scene) =>
    scene.withNetworkError.filter((entry) => hasNetworkError(entry, /ERR_(?:ABORTED|FAILED)\b/) && !isWebSocket(entry)),
  customer: {
    en: '{count?A request was cancelled before it finished|Some requests were cancelled before they finished}, as happens when a page is left.',
    el: '{count?Ένα αίτημα ακυρώθηκε πριν ολοκληρωθεί|Κάποια αιτήματα ακυρώθηκαν πριν ολοκληρωθούν}, όπως συμβαίνει όταν φεύγετε από μια σελίδα.',
  },
  agent: {
    en: '{count} {count?request was|requests were} cancelled ({networkError}), {count?|first }{method} {host}{path}: the page was left or a script gave up.',
    el: '{count} {count?αίτημα ακυρώθηκε|αιτήματα ακυρώθηκαν} ({networkError}), {count?|πρώτο }το {method} {host}{path}: ο χρήστης έφυγε από τη σελίδα ή {count?το|τα} διέκοψε κώδικας.',
  },
}
