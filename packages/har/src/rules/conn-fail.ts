import type { Rule } from '../finding.ts'
import { hasNetworkError } from '../scene.ts'
import { perHost } from './grouping.ts'

/** A connection was refused, reset or timed out. */
export const connFail: Rule = {
  id: 'conn-fail',
  severity: 'high',
  find: (scene) =>
    perHost(
      scene.entries.filter((entry) =>
        hasNetworkError(
          entry,
          /ERR_CONNECTION_(?:REFUSED|RESET|TIMED_OUT|CLOSED|ABORTED|FAILED)|ERR_(?:TIMED_OUT|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED)|Unable to connect/i,
        ),
      ),
    ),
  customer: {
    en: 'Your browser could not keep a connection to {host}. A firewall, a VPN or an outage may be the cause.',
    el: 'Το πρόγραμμα περιήγησής σας δεν μπόρεσε να συνδεθεί με το {host}. Η αιτία μπορεί να είναι τείχος προστασίας, VPN ή διακοπή.',
  },
  agent: {
    en: '{count?The connection|Connections} to {host} failed: {networkError}{count?|, {count} requests}. Firewall, VPN or an outage; compare with the status page.',
    el: '{count?Η σύνδεση με το {host} απέτυχε|Οι συνδέσεις με το {host} απέτυχαν}: {networkError}{count?|, {count} αιτήματα}. Τείχος προστασίας, VPN ή διακοπή· συγκρίνετε με την κατάσταση υπηρεσιών.',
  },
  nextStep: {
    en: 'Check the status page, then try without VPN or on another network.',
    el: 'Δείτε την κατάσταση υπηρεσιών και μετά δοκιμάστε χωρίς VPN ή από άλλο δίκτυο.',
  },
}
