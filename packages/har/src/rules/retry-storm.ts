import type { CaptureEntry } from '../capture.ts'
import { withoutFragment } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'
import { groupBy } from '../scene.ts'
import { withRequestIds } from './parts.ts'

/** The same request fails and is made again at once, over and over. */
export const retryStorm: EntryRule = {
  id: 'retry-storm',
  severity: 'medium',
  elsewhere: 'low',
  per: 'host',
  select: (scene) => [...groupBy(scene.failing, callOf).values()].filter(isStorm).flatMap((tries) => tries),
  customer: {
    en: 'The page asked {host} again and again for something that failed.',
    el: 'Η σελίδα ζητούσε ξανά και ξανά από το {host} κάτι που αποτύγχανε.',
  },
  agent: withRequestIds({
    en: '{method} {host}{path} failed {count} times, 5 or more within 10 s: the page retries without a pause, and may run into a rate limit.',
    el: 'Το {method} {host}{path} απέτυχε {count} φορές, τουλάχιστον 5 μέσα σε 10 s: η σελίδα ξαναδοκιμάζει χωρίς παύση και μπορεί να φτάσει το όριο αιτημάτων.',
  }),
  nextStep: { en: 'Reload the page, and wait a minute.', el: 'Φορτώστε ξανά τη σελίδα και περιμένετε ένα λεπτό.' },
}

const TRIES = 5
const WITHIN_MS = 10_000

function callOf(entry: CaptureEntry): string {
  return `${entry.method} ${withoutFragment(entry.url)}`
}

function isStorm(tries: readonly CaptureEntry[]): boolean {
  const times = tries.map((entry) => entry.startedAt).filter((time) => time !== undefined)
  times.sort((a, b) => a - b)
  return times.some((time, at) => time - (times[at - TRIES + 1] ?? Number.NEGATIVE_INFINITY) <= WITHIN_MS)
}
