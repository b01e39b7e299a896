import { hasNetworkError } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'

const FAILED =
  /ERR_CONNECTION_(?:REFUSED|RESET|TIMED_OUT|CLOSED|ABORTED|FAILED)|ERR_(?:TIMED_OUT|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED|ADDRESS_UNREACHABLE)|NS_ERROR_(?:CONNECTION_REFUSED|NET_RESET|NET_TIMEOUT|NET_INTERRUPT)|unable to connect|could not connect|connection (?:refused|reset|timed out)/i

/** A connection was refused, reset or timed out. */
export const connFail: EntryRule = {
  id: 'conn-fail',
  severity: 'high',
  elsewhere: 'medium',
  per: 'host',
  canBeIncident: true,
  yieldsTo: ['upload-cut', 'sse-cut', 'ws-fail'],
  select: (scene) => scene.withNetworkError.filter((entry) => hasNetworkError(entry, FAILED)),
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
