import type { CaptureEntry } from '../capture.ts'
import type { EntryRule } from '../finding.ts'
import { longest } from './parts.ts'

/** Opening the connection, without TLS, took long. */
export const slowConnect: EntryRule = {
  id: 'slow-connect',
  severity: 'medium',
  elsewhere: 'low',
  per: 'host',
  quotesIds: false,
  select: (scene) => scene.slow.filter((entry) => tcpOf(entry) > 1_000),
  describe: (entries) => ({ seconds: longest(entries, tcpOf) }),
  customer: {
    en: 'Your network took {seconds} s to open a connection to {host}.',
    el: 'Το δίκτυό σας χρειάστηκε {seconds} s για να ανοίξει σύνδεση με το {host}.',
  },
  agent: {
    en: 'Connecting to {host} took{count?| up to} {seconds} s before TLS{count?| on {count} requests}: packet loss or distance.',
    el: 'Το άνοιγμα σύνδεσης με το {host} διήρκεσε{count?| έως} {seconds} s πριν από το TLS{count?| σε {count} αιτήματα}: απώλεια πακέτων ή απόσταση.',
  },
  nextStep: {
    en: 'Try on another network, by cable if you can.',
    el: 'Δοκιμάστε από άλλο δίκτυο, με καλώδιο αν γίνεται.',
  },
}

/** `ssl` is inside `connect`; exporters that count it apart write a smaller `connect`. */
function tcpOf({ timings: { connect = 0, ssl = 0 } }: CaptureEntry): number {
  return connect >= ssl ? connect - ssl : connect
}
