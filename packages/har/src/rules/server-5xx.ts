import type { Rule } from '../finding.ts'
import { perHost } from './grouping.ts'

/** The server failed. */
export const serverError: Rule = {
  id: 'server-5xx',
  severity: 'high',
  find: (scene) =>
    perHost(
      scene.entries.filter(
        (entry) => entry.status === 500 || entry.status === 501 || (entry.status >= 505 && entry.status < 520),
      ),
    ).map((match) => ({
      ...match,
      severity: match.entries.some(scene.isFirstParty) ? 'high' : 'low',
    })),
  customer: {
    en: 'The server at {host} made an error. This is not your fault.',
    el: 'Ο διακομιστής {host} παρουσίασε σφάλμα. Δεν φταίτε εσείς.',
  },
  agent: {
    en: '{count} {count?request|requests} to {host} answered {status}[[ ({code})]]{count?:|, first} {method} {path}.[[ The server says “{text}”.]][[ Request {requestIdCount?id|ids}: {requestIds}.]]',
    el: '{count} {count?αίτημα προς {host} απάντησε|αιτήματα προς {host} απάντησαν} {status}[[ ({code})]]{count?:|, πρώτο το} {method} {path}.[[ Ο διακομιστής λέει «{text}».]][[ {requestIdCount?Αναγνωριστικό|Αναγνωριστικά} αιτήματος: {requestIds}.]]',
  },
}
