import type { Rule } from '../finding.ts'
import { perHost } from './grouping.ts'

/** The permission request before a cross-origin call was refused. */
export const preflightFail: Rule = {
  id: 'preflight-fail',
  severity: 'high',
  find: (scene) =>
    perHost(
      scene.entries.filter(
        (entry) =>
          entry.method === 'OPTIONS' &&
          entry.requestHeaders.has('access-control-request-method') &&
          (entry.status < 200 || entry.status > 299 || !entry.responseHeaders.has('access-control-allow-origin')),
      ),
    ).map((match) => ({ ...match, params: { origin: match.entries[0]?.requestHeaders.get('origin') ?? '' } })),
  customer: {
    en: 'The browser was not allowed to talk to {host} from this page.',
    el: 'Το πρόγραμμα περιήγησης δεν είχε άδεια να επικοινωνήσει με το {host} από αυτή τη σελίδα.',
  },
  agent: {
    en: 'The CORS preflight to {host}{path} failed with {status}[[ for origin {origin}]]: the answer must be 2xx and carry access-control-allow-origin.[[ Request {requestIdCount?id|ids}: {requestIds}.]]',
    el: 'Ο προέλεγχος CORS προς {host}{path} απέτυχε με {status}[[ για την προέλευση {origin}]]: η απάντηση πρέπει να είναι 2xx και να έχει access-control-allow-origin.[[ {requestIdCount?Αναγνωριστικό|Αναγνωριστικά} αιτήματος: {requestIds}.]]',
  },
  nextStep: {
    en: "Try without proxy or extension; if it stays, the server's settings need a change.",
    el: 'Δοκιμάστε χωρίς διακομιστή μεσολάβησης ή επεκτάσεις· αν παραμένει, χρειάζεται αλλαγή στις ρυθμίσεις του διακομιστή.',
  },
}
