import { hasNetworkError } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'

/** A proxy wants to know who asks, or refuses. */
export const proxyAuth: EntryRule = {
  id: 'proxy-auth',
  severity: 'high',
  per: 'host',
  yieldsTo: ['ws-fail'],
  select: (scene) =>
    scene.failing.filter(
      (entry) =>
        entry.status === 407 ||
        (entry.status >= 400 && entry.responseHeaders.has('proxy-authenticate')) ||
        hasNetworkError(entry, /ERR_(?:UNEXPECTED_PROXY_AUTH|TUNNEL_|PROXY_|HTTPS_PROXY_)|NS_ERROR_PROXY/),
    ),
  customer: {
    en: 'A proxy on your network refuses the connection to {host}.',
    el: 'Ένας διακομιστής μεσολάβησης στο δίκτυό σας αρνείται τη σύνδεση με το {host}.',
  },
  agent: {
    en: "A proxy refuses {host} ({status}[[, {networkError}]], {count} {count?request|requests}): the customer's IT has to allow it.",
    el: 'Διακομιστής μεσολάβησης αρνείται το {host} ({status}[[, {networkError}]], {count} {count?αίτημα|αιτήματα}): πρέπει να το επιτρέψει το τμήμα πληροφορικής του πελάτη.',
  },
  nextStep: {
    en: 'Ask your IT department to allow {host}.',
    el: 'Ζητήστε από το τμήμα πληροφορικής σας να επιτρέψει το {host}.',
  },
}
