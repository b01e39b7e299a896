import type { Rule } from '../finding.ts'
import { hasNetworkError } from '../scene.ts'
import { whole } from './grouping.ts'

/** The device lost its network. */
export const offline: Rule = {
  id: 'offline',
  severity: 'high',
  find: (scene) =>
    whole(
      scene.entries.filter((entry) =>
        hasNetworkError(
          entry,
          /ERR_(?:INTERNET_DISCONNECTED|NETWORK_CHANGED|ADDRESS_UNREACHABLE|NETWORK_IO_SUSPENDED)/,
        ),
      ),
    ),
  customer: {
    en: 'Your internet connection dropped while this was recorded.',
    el: 'Η σύνδεσή σας στο διαδίκτυο διακόπηκε όσο γινόταν η καταγραφή.',
  },
  agent: {
    en: '{count} {count?request|requests} failed with {networkError}: the device was offline or changed network.',
    el: '{count} {count?αίτημα απέτυχε|αιτήματα απέτυχαν} με {networkError}: η συσκευή ήταν εκτός σύνδεσης ή άλλαξε δίκτυο.',
  },
  nextStep: { en: 'Check the connection and try again.', el: 'Ελέγξτε τη σύνδεση και δοκιμάστε ξανά.' },
}
