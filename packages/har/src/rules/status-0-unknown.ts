import { isWebSocket } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'

/** No answer and no reason. */
export const statusZeroUnknown: EntryRule = {
  id: 'status-0-unknown',
  severity: 'medium',
  elsewhere: 'low',
  per: 'capture',
  yieldsTo: ['upload-cut', 'sse-cut', 'ws-fail', 'csp-block', 'mixed-content', 'preflight-fail', 'cors-missing'],
  select: (scene) =>
    scene.failing.filter(
      (entry) =>
        entry.status === 0 &&
        entry.networkError === '' &&
        /^https?$/.test(entry.scheme) &&
        entry.method !== '' &&
        !/^(?:ping|beacon|csp_?report|cspviolationreport|preflight)$/.test(entry.resourceType) &&
        !isWebSocket(entry),
    ),
  customer: {
    en: '{count?A request|Some requests} got no answer, and the file does not say why.',
    el: '{count?Ένα αίτημα δεν πήρε|Κάποια αιτήματα δεν πήραν} απάντηση και το αρχείο δεν λέει γιατί.',
  },
  agent: {
    en: '{count} {count?request has|requests have} status 0 without a reason, {count?|first }{method} {host}{path}: blocked, CORS or cancelled. The file does not say which; the browser’s console does.',
    el: '{count} {count?αίτημα έχει|αιτήματα έχουν} κατάσταση 0 χωρίς αιτία, {count?|πρώτο }το {method} {host}{path}: αποκλεισμός, CORS ή ακύρωση. Το αρχείο δεν λέει ποιο· η κονσόλα του προγράμματος περιήγησης το δείχνει.',
  },
  nextStep: {
    en: "Send a screenshot of the browser's console at the moment it fails.",
    el: 'Στείλτε στιγμιότυπο της κονσόλας του προγράμματος περιήγησης τη στιγμή της αποτυχίας.',
  },
}
