import type { EntryRule } from '../finding.ts'
import { longest } from './parts.ts'

/** Finding the address took long. */
export const slowDns: EntryRule = {
  id: 'slow-dns',
  severity: 'medium',
  elsewhere: 'low',
  per: 'host',
  quotesIds: false,
  select: (scene) => scene.slow.filter((entry) => (entry.timings.dns ?? 0) > 500),
  describe: (entries) => ({ seconds: longest(entries, (entry) => entry.timings.dns) }),
  customer: {
    en: 'Your network took {seconds} s to find the address of {host}.',
    el: 'Το δίκτυό σας χρειάστηκε {seconds} s για να βρει τη διεύθυνση του {host}.',
  },
  agent: {
    en: 'Resolving {host} took{count?| up to} {seconds} s{count?| on {count} requests}: a slow resolver or a VPN.',
    el: 'Η επίλυση του {host} διήρκεσε{count?| έως} {seconds} s{count?| σε {count} αιτήματα}: αργός διακομιστής DNS ή VPN.',
  },
  nextStep: {
    en: 'Try without VPN, or with another DNS resolver.',
    el: 'Δοκιμάστε χωρίς VPN ή με άλλον διακομιστή DNS.',
  },
}
