import { isDocument } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'

/** A secure page asked for something insecure. */
export const mixedContent: EntryRule = {
  id: 'mixed-content',
  severity: 'medium',
  elsewhere: 'low',
  per: 'host',
  quotesIds: false,
  select: (scene) => {
    const pages = scene.documents.filter((entry) => entry.status > 0 && entry.status < 400)
    if (pages.length === 0 || pages.some((entry) => entry.scheme !== 'https')) return []
    return scene.failing.filter(
      (entry) =>
        entry.scheme === 'http' &&
        entry.status === 0 &&
        !isLocal(entry.host) &&
        !isDocument(entry) &&
        (entry.networkError === '' || /ERR_(?:BLOCKED|FAILED)|mixed/i.test(entry.networkError)),
    )
  },
  customer: {
    en: 'The secure page asked for something over an insecure connection, which browsers block.',
    el: 'Η ασφαλής σελίδα ζήτησε κάτι μέσω μη ασφαλούς σύνδεσης και τα προγράμματα περιήγησης το αποκλείουν.',
  },
  agent: {
    en: '{count} {count?request|requests} went to http://{host} from an https page, {count?|first }{path}: blocked as mixed content.',
    el: '{count} {count?αίτημα πήγε|αιτήματα πήγαν} στο http://{host} από σελίδα https, {count?|πρώτο }το {path}: {count?αποκλείεται|αποκλείονται} ως μικτό περιεχόμενο.',
  },
}

function isLocal(host: string): boolean {
  return /^(?:localhost|127\.|\[::1\])/.test(host)
}
