import type { Rule } from '../finding.ts'
import { perHost } from './grouping.ts'

/** The server did not accept who asks. */
export const authRejected: Rule = {
  id: 'auth-401',
  severity: 'high',
  find: (scene) => perHost(scene.entries.filter((entry) => entry.status === 401)),
  customer: {
    en: 'Your session was not accepted by {host}: you may have been signed out.',
    el: 'Η σύνδεσή σας δεν έγινε δεκτή από το {host}: ίσως αποσυνδεθήκατε.',
  },
  agent: {
    en: '{count} requests to {host} answered 401[[ ({code})]][[: {text}]], first {method} {path}: expired or missing credentials.[[ Request ids: {requestIds}.]]',
    el: '{count} αιτήματα προς {host} απάντησαν 401[[ ({code})]][[: {text}]], πρώτο το {method} {path}: ληγμένα ή ελλιπή στοιχεία σύνδεσης.[[ Αναγνωριστικά αιτήματος: {requestIds}.]]',
  },
  nextStep: { en: 'Sign out and in again.', el: 'Αποσυνδεθείτε και συνδεθείτε ξανά.' },
}
