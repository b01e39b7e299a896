import type { Rule } from '../finding.ts'
import { isWebSocket } from '../scene.ts'
import { perHost } from './grouping.ts'

/** A WebSocket did not open. */
export const wsFail: Rule = {
  id: 'ws-fail',
  severity: 'high',
  find: (scene) =>
    perHost(scene.entries.filter((entry) => isWebSocket(entry) && entry.status !== 101 && entry.status !== 200)),
  customer: {
    en: 'The live connection to {host} could not be opened. A proxy or firewall may block it.',
    el: 'Δεν μπόρεσε να ανοίξει η ζωντανή σύνδεση με το {host}. Ίσως την αποκλείει διακομιστής μεσολάβησης ή τείχος προστασίας.',
  },
  agent: {
    en: 'The WebSocket handshake with {host}{path} ended with {status}[[ ({networkError})]] instead of 101{count?|, {count} times}: a proxy or firewall blocks upgrades.[[ Request {requestIdCount?id|ids}: {requestIds}.]]',
    el: 'Η χειραψία WebSocket με το {host}{path} κατέληξε σε {status}[[ ({networkError})]] αντί για 101{count?|, {count} φορές}: διακομιστής μεσολάβησης ή τείχος προστασίας εμποδίζει την αναβάθμιση.[[ {requestIdCount?Αναγνωριστικό|Αναγνωριστικά} αιτήματος: {requestIds}.]]',
  },
  nextStep: { en: 'Try without VPN or on another network.', el: 'Δοκιμάστε χωρίς VPN ή από άλλο δίκτυο.' },
}
