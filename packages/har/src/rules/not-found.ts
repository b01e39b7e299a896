import { isApiCall, isDocument } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'
import { withRequestIds } from './parts.ts'

/** A call of our own went to something that is not there. */
export const notFound: EntryRule = {
  id: 'not-found',
  severity: 'medium',
  per: 'capture',
  yieldsTo: ['ws-fail', 'preflight-fail'],
  select: (scene) =>
    scene
      .withStatus(404, 410)
      .filter((entry) => scene.isFirstParty(entry) && !isIcon(entry.path) && (isApiCall(entry) || isDocument(entry))),
  customer: {
    en: 'Something the page asked for does not exist, or not any more.',
    el: 'Κάτι που ζήτησε η σελίδα δεν υπάρχει ή δεν υπάρχει πια.',
  },
  agent: withRequestIds({
    en: '{count} {count?request|requests} answered {status}[[ ({code})]], {count?|first }{method} {host}{path}: a wrong id or region, or an old client.',
    el: '{count} {count?αίτημα απάντησε|αιτήματα απάντησαν} {status}[[ ({code})]], {count?|πρώτο }το {method} {host}{path}: λάθος αναγνωριστικό ή περιοχή, ή παλιά έκδοση της εφαρμογής.',
  }),
  nextStep: { en: 'Reload the page and check the address.', el: 'Φορτώστε ξανά τη σελίδα και ελέγξτε τη διεύθυνση.' },
}

/** Browsers ask for these on their own; a server answers with its page for what is not there. */
function isIcon(path: string): boolean {
  return /\.(?:ico|png|gif|jpe?g|svg|webp|css|js|map|woff2?)$|\/\.well-known\//i.test(path)
}
