import type { Rule } from '../finding.ts'
import { cookieBytes } from '../scene.ts'
import { perHost } from './grouping.ts'

/** The request header is larger than the server takes. */
export const headerTooBig: Rule = {
  id: 'header-too-big',
  severity: 'high',
  find: (scene) =>
    perHost(
      scene.entries.filter(
        (entry) =>
          entry.status === 431 || ((entry.status === 414 || entry.status === 400) && cookieBytes(entry) > 8_192),
      ),
    ).map((match) => ({
      ...match,
      params: { kilobytes: Math.round(Math.max(...match.entries.map(cookieBytes)) / 1024) || '' },
    })),
  customer: {
    en: 'Your browser sends more cookies to {host} than it accepts.',
    el: 'Το πρόγραμμα περιήγησής σας στέλνει στο {host} περισσότερα cookies από όσα δέχεται.',
  },
  agent: {
    en: '{host} answered {status} to {count} {count?request|requests}[[ with {count?|up to }{kilobytes} KB of cookies]]: the request header is too big.[[ Request {requestIdCount?id|ids}: {requestIds}.]]',
    el: 'Το {host} απάντησε {status} σε {count} {count?αίτημα|αιτήματα}[[ με {count?|έως }{kilobytes} KB cookies]]: η κεφαλίδα του αιτήματος είναι πολύ μεγάλη.[[ {requestIdCount?Αναγνωριστικό|Αναγνωριστικά} αιτήματος: {requestIds}.]]',
  },
  nextStep: { en: 'Clear the cookies of this site.', el: 'Διαγράψτε τα cookies αυτού του ιστότοπου.' },
}
