import { hasNetworkError } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'

/** The device lost its network. */
export const offline: EntryRule = {
  id: 'offline',
  severity: 'high',
  per: 'capture',
  select: (scene) =>
    scene.withNetworkError.filter((entry) =>
      hasNetworkError(entry, /ERR_(?:INTERNET_DISCONNECTED|NETWORK_CHANGED|NETWORK_IO_SUSPENDED)|NS_ERROR_OFFLINE/),
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
