import { hasNetworkError } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'

/** The browser keeps an answer from a page of another origin. */
export const orbCorp: EntryRule = {
  id: 'orb-corp',
  severity: 'medium',
  elsewhere: 'low',
  per: 'host',
  select: (scene) =>
    scene.withNetworkError.filter((entry) =>
      hasNetworkError(entry, /ERR_BLOCKED_BY_(?:RESPONSE|ORB)|NS_ERROR_DOM_CORP/),
    ),
  customer: {
    en: 'Your browser refused to use an answer of {host} on this page.',
    el: 'Το πρόγραμμα περιήγησής σας αρνήθηκε να χρησιμοποιήσει μια απάντηση του {host} σε αυτή τη σελίδα.',
  },
  agent: {
    en: '{count} {count?answer of {host} was|answers of {host} were} blocked by a cross-origin policy ({networkError}), {count?|first }{path}: CORP or COEP headers, or an error page where a picture or script was expected.',
    el: '{count} {count?απάντηση του {host} αποκλείστηκε|απαντήσεις του {host} αποκλείστηκαν} από πολιτική διασταυρούμενης προέλευσης ({networkError}), {count?|πρώτη }η {path}: κεφαλίδες CORP ή COEP, ή σελίδα σφάλματος αντί για εικόνα ή κώδικα.',
  },
  nextStep: {
    en: 'Try a private window; if it stays, the headers of {host} need a change.',
    el: 'Δοκιμάστε ανώνυμη περιήγηση· αν παραμένει, χρειάζεται αλλαγή στις κεφαλίδες του {host}.',
  },
}
