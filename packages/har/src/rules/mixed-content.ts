import type { Rule } from '../finding.ts'
import { perHost } from './grouping.ts'

/** A secure page asked for something insecure. */
export const mixedContent: Rule = {
  id: 'mixed-content',
  severity: 'medium',
  find: (scene) => {
    const isSecurePage = scene.entries.some(
      (entry) => entry.scheme === 'https' && (entry.resourceType === 'document' || entry.mime.includes('html')),
    )
    if (!isSecurePage) return []
    const isLocal = (host: string): boolean => /^(?:localhost|127\.|\[::1\])/.test(host)
    return perHost(
      scene.entries.filter(
        (entry) =>
          entry.scheme === 'http' &&
          !isLocal(entry.host) &&
          entry.resourceType !== 'document' &&
          (entry.status === 0 || /^(?:xhr|fetch|script|stylesheet)$/.test(entry.resourceType)),
      ),
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
