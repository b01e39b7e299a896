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
    en: '{count} requests went to http://{host} from an https page, first {path}: blocked as mixed content.',
    el: '{count} αιτήματα πήγαν στο http://{host} από σελίδα https, πρώτο το {path}: αποκλείονται ως μικτό περιεχόμενο.',
  },
}
