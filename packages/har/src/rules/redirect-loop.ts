import type { CaptureEntry } from '../capture.ts'
import { hasNetworkError, isRedirect, targetOf, withoutFragment } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'
import { withRequestIds } from './parts.ts'

/** Redirects that come back to where they were, or do not end. */
export const redirectLoop: EntryRule = {
  id: 'redirect-loop',
  severity: 'high',
  elsewhere: 'low',
  per: 'capture',
  yieldsTo: ['sso-pingpong'],
  select: (scene) => {
    const reported = scene.withNetworkError.filter((entry) => hasNetworkError(entry, /ERR_TOO_MANY_REDIRECTS/))
    if (reported.length > 0) return reported
    return scene.redirects.length < SAME_ADDRESS ? [] : repeatedRedirects(scene.inTime)
  },
  customer: {
    en: 'The page sends your browser round in a circle. Old cookies or a sign-in that does not complete may be the cause.',
    el: 'Η σελίδα στέλνει το πρόγραμμα περιήγησής σας σε κύκλο. Η αιτία μπορεί να είναι παλιά cookies ή σύνδεση που δεν ολοκληρώνεται.',
  },
  agent: withRequestIds({
    en: '{count?Too many redirects|{count} redirects in a circle} over {hosts}, starting at {path}: cookies that are not kept, or a single sign-on that does not complete.',
    el: '{count?Πάρα πολλές ανακατευθύνσεις|{count} ανακατευθύνσεις σε κύκλο} μέσω {hosts}, με αρχή το {path}: cookies που δεν κρατιούνται ή ενιαία σύνδεση που δεν ολοκληρώνεται.',
  }),
  nextStep: {
    en: 'Clear the cookies of this site and try in a private window.',
    el: 'Διαγράψτε τα cookies αυτού του ιστότοπου και δοκιμάστε σε ανώνυμη περιήγηση.',
  },
}

const SAME_ADDRESS = 3
const LONG_CHAIN = 10
/** How many other requests may stand between a redirect and where it led. */
const REACH = 50

/** Follows each redirect to where it led; a chain that is long or comes back three times is a loop. */
function repeatedRedirects(entries: readonly CaptureEntry[]): readonly CaptureEntry[] {
  const followed = new Set<CaptureEntry>()
  for (const [at, entry] of entries.entries()) {
    if (followed.has(entry) || !isRedirect(entry)) continue
    const chain = chainFrom(entries, at)
    for (const link of chain) followed.add(link)
    if (chain.length >= LONG_CHAIN || comesBack(chain)) return chain
  }
  return []
}

function chainFrom(entries: readonly CaptureEntry[], start: number): CaptureEntry[] {
  const chain: CaptureEntry[] = []
  let at = start
  for (let entry = entries[at]; entry !== undefined && isRedirect(entry); entry = entries[at]) {
    chain.push(entry)
    const target = targetOf(entry)
    const step = entries.slice(at + 1, at + 1 + REACH).findIndex((next) => withoutFragment(next.url) === target)
    if (step < 0) break
    at += step + 1
  }
  return chain
}

function comesBack(chain: readonly CaptureEntry[]): boolean {
  const visits = new Map<string, number>()
  for (const { host, path } of chain) visits.set(host + path, (visits.get(host + path) ?? 0) + 1)
  return [...visits.values()].some((count) => count >= SAME_ADDRESS)
}
