import type { CaptureEntry } from '../capture.ts'
import type { EntryRule } from '../finding.ts'
import { withRequestIds } from './parts.ts'

/** The permission request before a cross-origin call was refused. */
export const preflightFail: EntryRule = {
  id: 'preflight-fail',
  severity: 'high',
  elsewhere: 'medium',
  per: 'host',
  yieldsTo: ['client-blocked', 'offline', 'dns-fail', 'conn-fail', 'tls-fail'],
  select: (scene) => scene.preflights.filter(isRefused),
  describe: ([first]) => ({
    origin: first?.requestHeaders.get('origin') ?? '',
    header: first === undefined ? '' : (refusedHeaders(first)[0] ?? ''),
  }),
  customer: {
    en: 'The browser was not allowed to talk to {host} from this page.',
    el: 'Το πρόγραμμα περιήγησης δεν είχε άδεια να επικοινωνήσει με το {host} από αυτή τη σελίδα.',
  },
  agent: withRequestIds({
    en: 'The CORS preflight to {host}{path} failed with {status}[[ for origin {origin}]]: the answer must be 2xx and carry access-control-allow-origin[[ and allow the header {header}]].',
    el: 'Ο προέλεγχος CORS προς {host}{path} απέτυχε με {status}[[ για την προέλευση {origin}]]: η απάντηση πρέπει να είναι 2xx και να έχει access-control-allow-origin[[ και να επιτρέπει την κεφαλίδα {header}]].',
  }),
  nextStep: {
    en: "Try without proxy or extension; if it stays, the server's settings need a change.",
    el: 'Δοκιμάστε χωρίς διακομιστή μεσολάβησης ή επεκτάσεις· αν παραμένει, χρειάζεται αλλαγή στις ρυθμίσεις του διακομιστή.',
  },
}

function isRefused(entry: CaptureEntry): boolean {
  if (entry.networkError.includes('ERR_ABORTED')) return false
  const isAnswered = entry.status >= 200 && entry.status < 300
  return !isAnswered || !entry.responseHeaders.has('access-control-allow-origin') || refusedHeaders(entry).length > 0
}

/** Of the headers that the page wants to send, those that the answer does not allow. */
function refusedHeaders(entry: CaptureEntry): string[] {
  const wanted = namesIn(entry.requestHeaders.get('access-control-request-headers'))
  const allowed = new Set(namesIn(entry.responseHeaders.get('access-control-allow-headers')))
  return allowed.has('*') ? [] : wanted.filter((name) => !allowed.has(name))
}

function namesIn(list = ''): string[] {
  return list
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}
