import type { CaptureEntry } from '../capture.ts'
import { isStatic } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'

/** What the site keeps in the browser answered, and wrongly. */
export const serviceWorker: EntryRule = {
  id: 'service-worker',
  severity: 'medium',
  elsewhere: 'low',
  per: 'host',
  select: (scene) => scene.fromServiceWorker.filter(isItsFault),
  customer: {
    en: 'An old copy of the site of {host} in your browser answered with an error.',
    el: 'Ένα παλιό αντίγραφο του ιστότοπου {host} στο πρόγραμμα περιήγησής σας απάντησε με σφάλμα.',
  },
  agent: {
    en: '{count} {count?request|requests} to {host} went through the service worker and failed ({status}[[, {networkError}]]), {count?|first }{path}: an outdated worker or its cache.',
    el: '{count} {count?αίτημα προς {host} πέρασε από τον service worker και απέτυχε|αιτήματα προς {host} πέρασαν από τον service worker και απέτυχαν} ({status}[[, {networkError}]]), {count?|πρώτο }το {path}: ξεπερασμένος service worker ή η προσωρινή του μνήμη.',
  },
  nextStep: {
    en: 'Clear the data of this site and reload the page with Ctrl+Shift+R (Command+Shift+R on a Mac).',
    el: 'Διαγράψτε τα δεδομένα αυτού του ιστότοπου και φορτώστε ξανά τη σελίδα με Ctrl+Shift+R (Command+Shift+R σε Mac).',
  },
}

/** It passes on what servers say; its own are no answer at all, 504 when nothing is kept, and a file that is gone. */
function isItsFault(entry: CaptureEntry): boolean {
  if (entry.networkError.includes('ERR_ABORTED')) return false
  if (entry.status === 0 || entry.status === 504) return true
  return (entry.status === 404 || entry.status === 410) && isStatic(entry)
}
