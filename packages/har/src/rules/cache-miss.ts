import type { CaptureEntry } from '../capture.ts'
import { isFromBrowser } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'
import type { Scene } from '../scene.ts'

type Kind = Pick<EntryRule, 'select' | 'customer' | 'agent'>

/** Files came over the network that a browser or a cache would keep: warn before the speed is judged. One for each reason. */
export const cacheMiss: readonly EntryRule[] = [
  reason({
    select: (scene) => mostly(ownStatics(scene), asksForFresh),
    customer: {
      en: '“Disable cache” was on while this was recorded, so pages loaded more slowly than they usually do.',
      el: 'Η «Απενεργοποίηση προσωρινής μνήμης» ήταν ενεργή στην καταγραφή, οπότε οι σελίδες φόρτωναν πιο αργά από ό,τι συνήθως.',
    },
    agent: {
      en: '{count} {count?file was|files were} asked for without the cache: “Disable cache” was on. Do not judge the speed by this capture.',
      el: '{count} {count?αρχείο ζητήθηκε|αρχεία ζητήθηκαν} χωρίς προσωρινή μνήμη: το «Disable cache» ήταν ενεργό. Μην κρίνετε την ταχύτητα από αυτή την καταγραφή.',
    },
  }),
  reason({
    select: (scene) => mostly(ownStatics(scene).filter(isPartOfPage), isNeverKept),
    customer: {
      en: 'Files of {host} are loaded anew on each visit.',
      el: 'Αρχεία του {host} φορτώνονται από την αρχή σε κάθε επίσκεψη.',
    },
    agent: {
      en: '{count} static {count?file|files} of {host} {count?says|say} no-store, {count?|first }{path}: loaded anew each time.',
      el: '{count} {count?στατικό αρχείο του {host} έχει|στατικά αρχεία του {host} έχουν} no-store, {count?|πρώτο }το {path}: {count?φορτώνεται|φορτώνονται} κάθε φορά από την αρχή.',
    },
  }),
  reason({
    select: (scene) => mostly(ownStatics(scene), isMiss),
    customer: {
      en: 'Files of {host} were not in the nearest cache, so they came from further away.',
      el: 'Αρχεία του {host} δεν ήταν στην πλησιέστερη προσωρινή μνήμη και ήρθαν από πιο μακριά.',
    },
    agent: {
      en: '{count} static {count?file|files} of {host} missed the CDN’s cache, {count?|first }{path}. Look again before judging the speed.',
      el: '{count} {count?στατικό αρχείο του {host} δεν βρέθηκε|στατικά αρχεία του {host} δεν βρέθηκαν} στην προσωρινή μνήμη του CDN, {count?|πρώτο }το {path}. Ελέγξτε ξανά πριν κρίνετε την ταχύτητα.',
    },
  }),
]

function reason(kind: Kind): EntryRule {
  return { id: 'cache-miss', severity: 'low', per: 'capture', quotesIds: false, ...kind }
}

function ownStatics(scene: Scene): CaptureEntry[] {
  return scene.statics.filter((entry) => scene.isFirstParty(entry) && entry.status === 200 && !isFromBrowser(entry))
}

const ENOUGH = 5

/** All that match, when they are several and the greater part. */
function mostly(entries: readonly CaptureEntry[], test: (entry: CaptureEntry) => boolean): readonly CaptureEntry[] {
  const matching = entries.filter(test)
  return matching.length >= ENOUGH && matching.length * 5 >= entries.length * 4 ? matching : []
}

/** Pictures that are never kept are mostly there to count visits. */
function isPartOfPage(entry: CaptureEntry): boolean {
  return !entry.mime.startsWith('image/')
}

function asksForFresh({ requestHeaders }: CaptureEntry): boolean {
  return requestHeaders.get('pragma') === 'no-cache' && requestHeaders.get('cache-control') === 'no-cache'
}

function isNeverKept({ responseHeaders }: CaptureEntry): boolean {
  return /\bno-store\b/i.test(responseHeaders.get('cache-control') ?? '')
}

function isMiss({ responseHeaders }: CaptureEntry): boolean {
  const said = ['x-cache', 'cf-cache-status', 'x-vercel-cache', 'x-cache-status'].map(
    (name) => responseHeaders.get(name) ?? '',
  )
  return said.some((text) => /\bmiss\b/i.test(text)) && !said.some((text) => /\bhit\b/i.test(text))
}
