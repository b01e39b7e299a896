import type { Rule } from '../finding.ts'
import { isUpload, isWebSocket } from '../scene.ts'
import { whole } from './grouping.ts'

/** No answer and no reason. */
export const statusZeroUnknown: Rule = {
  id: 'status-0-unknown',
  severity: 'medium',
  find: (scene) =>
    whole(
      scene.entries.filter(
        (entry) =>
          entry.status === 0 &&
          entry.networkError === '' &&
          /^https?$/.test(entry.scheme) &&
          entry.method !== '' &&
          !isUpload(entry) &&
          !isWebSocket(entry),
      ),
    ),
  customer: {
    en: '{count?A request|Some requests} got no answer, and the file does not say why.',
    el: '{count?Ένα αίτημα δεν πήρε|Κάποια αιτήματα δεν πήραν} απάντηση και το αρχείο δεν λέει γιατί.',
  },
  agent: {
    en: '{count} {count?request has|requests have} status 0 without a reason, {count?|first }{method} {host}{path}: blocked, CORS or cancelled. Firefox does not record which; its console does.',
    el: '{count} {count?αίτημα έχει|αιτήματα έχουν} κατάσταση 0 χωρίς αιτία, {count?|πρώτο }το {method} {host}{path}: αποκλεισμός, CORS ή ακύρωση. Ο Firefox δεν καταγράφει ποιο· η κονσόλα του το δείχνει.',
  },
  nextStep: {
    en: "Send a screenshot of the browser's console at the moment it fails.",
    el: 'Στείλτε στιγμιότυπο της κονσόλας του προγράμματος περιήγησης τη στιγμή της αποτυχίας.',
  },
}
