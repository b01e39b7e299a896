import type { CaptureEntry } from '../capture.ts'
import { hasNetworkError } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'
import { withRequestIds } from './parts.ts'

/** An answer came, but without the header that lets another origin read it. */
export const corsMissing: EntryRule = {
  id: 'cors-missing',
  severity: 'high',
  elsewhere: 'medium',
  per: 'host',
  select: (scene) =>
    [...new Set([...scene.withNetworkError, ...scene.failing])].filter(
      (entry) => isCrossOrigin(entry) && isKeptFromPage(entry),
    ),
  describe: ([first]) => ({ origin: first?.requestHeaders.get('origin') ?? '' }),
  customer: {
    en: 'Your browser was not allowed to read the answer of {host}. A proxy or security product may have changed it.',
    el: 'Το πρόγραμμα περιήγησής σας δεν είχε άδεια να διαβάσει την απάντηση του {host}. Ίσως την άλλαξε διακομιστής μεσολάβησης ή πρόγραμμα ασφαλείας.',
  },
  agent: withRequestIds({
    en: '{count} {count?answer of {host} lacks|answers of {host} lack} access-control-allow-origin[[ for {origin}]], {count?|first }{method} {path}: a proxy strips the header, or the server does not send it.',
    el: '{count} {count?απάντηση του {host} δεν έχει|απαντήσεις του {host} δεν έχουν} access-control-allow-origin[[ για {origin}]], {count?|πρώτη }στο {method} {path}: διακομιστής μεσολάβησης αφαιρεί την κεφαλίδα ή δεν τη στέλνει ο διακομιστής.',
  }),
  nextStep: {
    en: "Try without proxy or extension; if it stays, the server's settings need a change.",
    el: 'Δοκιμάστε χωρίς διακομιστή μεσολάβησης ή επεκτάσεις· αν παραμένει, χρειάζεται αλλαγή στις ρυθμίσεις του διακομιστή.',
  },
}

function isCrossOrigin(entry: CaptureEntry): boolean {
  if (entry.method === 'OPTIONS') return false
  const origin = entry.requestHeaders.get('origin') ?? ''
  const isCall = /^(?:xhr|fetch)$/.test(entry.resourceType) || entry.requestHeaders.get('sec-fetch-mode') === 'cors'
  return isCall && /^https?:\/\//.test(origin) && origin.toLowerCase() !== `${entry.scheme}://${entry.host}`
}

/** Answered, without the header, and then failed for the page. */
function isKeptFromPage(entry: CaptureEntry): boolean {
  const isAnswered = entry.responseHeaders.size > 0 && entry.status < 400
  const hasFailed = entry.status === 0 ? entry.networkError === '' || isBare(entry) : isBare(entry)
  return isAnswered && hasFailed && !entry.responseHeaders.has('access-control-allow-origin')
}

/** Chrome says no more than this about CORS. */
function isBare(entry: CaptureEntry): boolean {
  return hasNetworkError(entry, /ERR_FAILED\b|cors/i)
}
