import type { Rule } from '../finding.ts'
import { perHost } from './grouping.ts'

/** The server understood the address but not the request. */
export const badRequest: Rule = {
  id: 'bad-request',
  severity: 'medium',
  find: (scene) =>
    perHost(
      scene.entries.filter(
        (entry) =>
          /^(?:400|405|406|409|415|422)$/.test(String(entry.status)) &&
          (scene.isFirstParty(entry) || entry.error !== undefined),
      ),
    ),
  customer: {
    en: 'The server did not accept what was sent[[: {text}]].',
    el: 'Ο διακομιστής δεν δέχτηκε όσα στάλθηκαν[[: {text}]].',
  },
  agent: {
    en: '{method} {host}{path} answered {status}[[ with code {code}]][[: {text}]]{count?| ({count} in all)}.[[ Request {requestIdCount?id|ids}: {requestIds}.]]',
    el: 'Το {method} {host}{path} απάντησε {status}[[ με κωδικό {code}]][[: {text}]]{count?| (συνολικά {count})}.[[ {requestIdCount?Αναγνωριστικό|Αναγνωριστικά} αιτήματος: {requestIds}.]]',
  },
}
