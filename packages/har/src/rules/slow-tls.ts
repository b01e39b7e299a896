import type { EntryRule } from '../finding.ts'
import { longest } from './parts.ts'

/** Agreeing on the secure connection took long. */
export const slowTls: EntryRule = {
  id: 'slow-tls',
  severity: 'medium',
  elsewhere: 'low',
  per: 'host',
  yieldsTo: ['tls-intercept', 'slow-connect'],
  quotesIds: false,
  select: (scene) => scene.slow.filter((entry) => (entry.timings.ssl ?? 0) > 500),
  describe: (entries) => ({ seconds: longest(entries, (entry) => entry.timings.ssl) }),
  customer: {
    en: 'Securing the connection to {host} took {seconds} s. A security product that inspects traffic may be the cause.',
    el: 'Η ασφάλιση της σύνδεσης με το {host} διήρκεσε {seconds} s. Η αιτία μπορεί να είναι πρόγραμμα ασφαλείας που ελέγχει την κίνηση.',
  },
  agent: {
    en: 'The TLS handshake with {host} took{count?| up to} {seconds} s{count?| on {count} requests}: an inspecting proxy, distance or loss.',
    el: 'Η χειραψία TLS με το {host} διήρκεσε{count?| έως} {seconds} s{count?| σε {count} αιτήματα}: διακομιστής που επιθεωρεί την κίνηση, απόσταση ή απώλειες.',
  },
  nextStep: { en: 'Try without VPN or on another network.', el: 'Δοκιμάστε χωρίς VPN ή από άλλο δίκτυο.' },
}
