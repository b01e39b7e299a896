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
    en: '{count} {count?request|requests} to {host} answered 401[[ ({code})]], {count?|first }{method} {path}: expired or missing credentials.[[ The server says “{text}”.]][[ Request {requestIdCount?id|ids}: {requestIds}.]]',
    el: '{count} {count?αίτημα προς {host} απάντησε|αιτήματα προς {host} απάντησαν} 401[[ ({code})]], {count?|πρώτο }το {method} {path}: ληγμένα ή ελλιπή στοιχεία σύνδεσης.[[ Ο διακομιστής λέει «{text}».]][[ {requestIdCount?Αναγνωριστικό|Αναγνωριστικά} αιτήματος: {requestIds}.]]',
  },
  nextStep: { en: 'Sign out and in again.', el: 'Αποσυνδεθείτε και συνδεθείτε ξανά.' },
}
