import { hasNetworkError } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'

/** The secure connection was not trusted. */
export const tlsFail: EntryRule = {
  id: 'tls-fail',
  severity: 'high',
  elsewhere: 'medium',
  per: 'host',
  select: (scene) =>
    scene.withNetworkError.filter((entry) =>
      hasNetworkError(entry, /ERR_(?:CERT_|SSL_|INSECURE_RESPONSE|BAD_SSL|ECH_)|SEC_ERROR_|SSL_ERROR_|certificate/i),
    ),
  customer: {
    en: 'Your browser did not trust the secure connection to {host}. A wrong date on the device or a security product may be the cause.',
    el: 'Το πρόγραμμα περιήγησής σας δεν εμπιστεύτηκε την ασφαλή σύνδεση με το {host}. Η αιτία μπορεί να είναι λάθος ημερομηνία στη συσκευή ή κάποιο πρόγραμμα ασφαλείας.',
  },
  agent: {
    en: 'TLS to {host} failed: {networkError}, {count} {count?request|requests}. Wrong clock, interception or an expired certificate.',
    el: 'Το TLS προς {host} απέτυχε: {networkError}, {count} {count?αίτημα|αιτήματα}. Λάθος ώρα, παρεμβολή ή ληγμένο πιστοποιητικό.',
  },
  nextStep: {
    en: 'Check date and time on the device, then try another network.',
    el: 'Ελέγξτε ημερομηνία και ώρα στη συσκευή και μετά δοκιμάστε άλλο δίκτυο.',
  },
}
