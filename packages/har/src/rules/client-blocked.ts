import { hasNetworkError } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'

/** An extension stopped the request before it left. */
export const clientBlocked: EntryRule = {
  id: 'client-blocked',
  severity: 'high',
  elsewhere: 'medium',
  per: 'host',
  quotesIds: false,
  select: (scene) => scene.withNetworkError.filter((entry) => hasNetworkError(entry, /ERR_BLOCKED_BY_CLIENT/)),
  customer: {
    en: 'Something in your browser, probably an extension such as an ad blocker, blocked {count?a request|requests} to {host}.',
    el: 'Κάτι στο πρόγραμμα περιήγησής σας, πιθανώς μια επέκταση όπως ένα πρόγραμμα αποκλεισμού διαφημίσεων, απέκλεισε {count?ένα αίτημα|αιτήματα} προς {host}.',
  },
  agent: {
    en: '{count} {count?request to {host} was|requests to {host} were} blocked in the browser (ERR_BLOCKED_BY_CLIENT), {count?|first }{path}: an extension, not the server.',
    el: '{count} {count?αίτημα προς {host} αποκλείστηκε|αιτήματα προς {host} αποκλείστηκαν} στο πρόγραμμα περιήγησης (ERR_BLOCKED_BY_CLIENT), {count?|πρώτο }το {path}: φταίει επέκταση, όχι ο διακομιστής.',
  },
  nextStep: {
    flow: 'upload-failure',
    en: 'Try a private window, or switch off extensions for this site.',
    el: 'Δοκιμάστε ανώνυμη περιήγηση ή απενεργοποιήστε τις επεκτάσεις για αυτόν τον ιστότοπο.',
  },
}
