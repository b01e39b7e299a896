import { hasNetworkError } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'

/** The name of a host was not resolved. */
export const dnsFail: EntryRule = {
  id: 'dns-fail',
  severity: 'high',
  elsewhere: 'medium',
  per: 'host',
  select: (scene) =>
    scene.withNetworkError.filter((entry) =>
      hasNetworkError(entry, /ERR_(?:NAME_NOT_RESOLVED|DNS_|NAME_RESOLUTION)|NS_ERROR_UNKNOWN_HOST|unable to resolve/i),
    ),
  customer: {
    en: 'Your network could not find the address of {host}.',
    el: 'Το δίκτυό σας δεν μπόρεσε να βρει τη διεύθυνση του {host}.',
  },
  agent: {
    en: 'The name {host} did not resolve ({networkError}, {count} {count?request|requests}): DNS, a filter or a typo.',
    el: 'Το όνομα {host} δεν επιλύθηκε ({networkError}, {count} {count?αίτημα|αιτήματα}): DNS, φίλτρο ή λάθος πληκτρολόγησης.',
  },
  nextStep: {
    en: 'Try another network, for example a phone hotspot.',
    el: 'Δοκιμάστε άλλο δίκτυο, για παράδειγμα το κινητό σας ως σημείο πρόσβασης.',
  },
}
