import type { Rule } from '../finding.ts'
import { hasNetworkError } from '../scene.ts'
import { perHost } from './grouping.ts'

/** A proxy wants to know who asks, or refuses. */
export const proxyAuth: Rule = {
  id: 'proxy-auth',
  severity: 'high',
  find: (scene) =>
    perHost(
      scene.entries.filter(
        (entry) =>
          entry.status === 407 ||
          entry.responseHeaders.has('proxy-authenticate') ||
          hasNetworkError(entry, /ERR_(?:UNEXPECTED_PROXY_AUTH|TUNNEL_|PROXY_)/),
      ),
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
