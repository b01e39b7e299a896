import { hasNetworkError } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'

/** The newer kinds of connection broke down. */
export const quicTrouble: EntryRule = {
  id: 'quic-trouble',
  severity: 'medium',
  elsewhere: 'low',
  per: 'host',
  yieldsTo: ['sse-cut', 'upload-cut', 'ws-fail'],
  select: (scene) => scene.withNetworkError.filter((entry) => hasNetworkError(entry, /ERR_(?:QUIC_|HTTP2_|SPDY_)/)),
  customer: {
    en: 'A firewall or security product seems to disturb the connection to {host}.',
    el: 'Ένα τείχος προστασίας ή πρόγραμμα ασφαλείας φαίνεται να διαταράσσει τη σύνδεση με το {host}.',
  },
  agent: {
    en: '{count} {count?request|requests} to {host} broke with {networkError}, {count?|first }{path}: a firewall that does not understand HTTP/2 or HTTP/3.',
    el: '{count} {count?αίτημα προς {host} διακόπηκε|αιτήματα προς {host} διακόπηκαν} με {networkError}, {count?|πρώτο }το {path}: τείχος προστασίας που δεν καταλαβαίνει HTTP/2 ή HTTP/3.',
  },
  nextStep: {
    en: 'Switch off HTTP/3 (QUIC) in the browser, or try on another network.',
    el: 'Απενεργοποιήστε το HTTP/3 (QUIC) στο πρόγραμμα περιήγησης ή δοκιμάστε από άλλο δίκτυο.',
  },
}
