import type { CaptureEntry } from '../capture.ts'
import type { Rule } from '../finding.ts'
import { hasNetworkError } from '../scene.ts'
import { whole } from './grouping.ts'

/** Redirects that come back to where they were, or do not end. */
export const redirectLoop: Rule = {
  id: 'redirect-loop',
  severity: 'high',
  find: (scene) => {
    const reported = scene.entries.filter((entry) => hasNetworkError(entry, /ERR_TOO_MANY_REDIRECTS/))
    return whole(reported.length > 0 ? reported : repeatedRedirects(scene.entries))
  },
  customer: {
    en: 'The page sends your browser round in a circle. Old cookies or a sign-in that does not complete may be the cause.',
    el: 'Η σελίδα στέλνει το πρόγραμμα περιήγησής σας σε κύκλο. Η αιτία μπορεί να είναι παλιά cookies ή σύνδεση που δεν ολοκληρώνεται.',
  },
  agent: {
    en: '{count} redirects in a circle over {hosts}, starting at {path}: cookies that are not kept, or a single sign-on that does not complete.[[ Request ids: {requestIds}.]]',
    el: '{count} ανακατευθύνσεις σε κύκλο μέσω {hosts}, με αρχή το {path}: cookies που δεν κρατιούνται ή ενιαία σύνδεση που δεν ολοκληρώνεται.[[ Αναγνωριστικά αιτήματος: {requestIds}.]]',
  },
  nextStep: {
    en: 'Clear the cookies of this site and try in a private window.',
    el: 'Διαγράψτε τα cookies αυτού του ιστότοπου και δοκιμάστε σε ανώνυμη περιήγηση.',
  },
}

const SAME_ADDRESS = 3
const LONG_CHAIN = 10

function isRedirect(entry: CaptureEntry): boolean {
  return entry.status >= 300 && entry.status < 400 && entry.status !== 304 && entry.redirectUrl !== ''
}

function repeatedRedirects(entries: readonly CaptureEntry[]): readonly CaptureEntry[] {
  const byAddress = new Map<string, CaptureEntry[]>()
  let chain: CaptureEntry[] = []
  let longest: CaptureEntry[] = []
  for (const entry of entries) {
    if (!isRedirect(entry)) {
      if (chain.length > longest.length) longest = chain
      chain = []
      continue
    }
    chain.push(entry)
    const address = entry.host + entry.path
    byAddress.set(address, [...(byAddress.get(address) ?? []), entry])
  }
  if (chain.length > longest.length) longest = chain
  const repeated = [...byAddress.values()].find(
    (group) => group.length >= SAME_ADDRESS && group.some((entry) => pointsBack(entry, byAddress)),
  )
  return repeated ?? (longest.length >= LONG_CHAIN ? longest : [])
}

/** A tracker that is asked often redirects often; a loop leads to an address that redirects again. */
function pointsBack(entry: CaptureEntry, byAddress: ReadonlyMap<string, CaptureEntry[]>): boolean {
  const match = /^(?:[a-z]+:)?\/\/([^/?#]+)([^?#]*)/i.exec(entry.redirectUrl)
  const target =
    match === null
      ? entry.host + (entry.redirectUrl.split(/[?#]/, 1)[0] ?? '')
      : `${(match[1] ?? '').toLowerCase()}${match[2] || '/'}`
  return (byAddress.get(target)?.length ?? 0) >= SAME_ADDRESS
}
