import type { CaptureEntry } from '../capture.ts'
import { hasNetworkError } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'
import { groupBy, type Scene } from '../scene.ts'
import { withRequestIds } from './parts.ts'

/** A WebSocket did not open, or was cut again and again. */
export const wsFail: EntryRule = {
  id: 'ws-fail',
  severity: 'high',
  elsewhere: 'medium',
  per: 'host',
  canBeIncident: true,
  select: (scene) => {
    const cut = new Set([...scene.webSockets.filter(isRefused), ...shortLived(scene)])
    return scene.webSockets.filter((entry) => cut.has(entry))
  },
  describe: ([first]) => ({ closeCode: String(first?.evidence.socket?.closeCode ?? '') }),
  customer: {
    en: 'The live connection to {host} could not be kept open. A proxy or firewall may block it.',
    el: 'Η ζωντανή σύνδεση με το {host} δεν μπόρεσε να μείνει ανοιχτή. Ίσως την αποκλείει διακομιστής μεσολάβησης ή τείχος προστασίας.',
  },
  agent: withRequestIds({
    en: 'The WebSocket to {host}{path} did not open or was cut at once: status {status}[[ ({networkError})]][[, close code {closeCode}]]{count?|, {count} times}. A proxy or firewall that blocks upgrades looks like this.',
    el: 'Το WebSocket προς {host}{path} δεν άνοιξε ή διακόπηκε αμέσως: κατάσταση {status}[[ ({networkError})]][[, κωδικός κλεισίματος {closeCode}]]{count?|, {count} φορές}. Έτσι φαίνεται όταν διακομιστής μεσολάβησης ή τείχος προστασίας εμποδίζει την αναβάθμιση.',
  }),
  nextStep: { en: 'Try without VPN or on another network.', el: 'Δοκιμάστε χωρίς VPN ή από άλλο δίκτυο.' },
}

/** Some exporters write 200 for a socket over HTTP/2. One without status or error was still opening. */
function isRefused(entry: CaptureEntry): boolean {
  if (hasNetworkError(entry, /ERR_ABORTED|ERR_BLOCKED_BY_CLIENT/)) return false
  if (entry.status === 0) return entry.networkError !== ''
  return entry.status !== 101 && entry.status !== 200
}

const SHORT_MS = 5_000
const TRIES = 3

function shortLived({ webSockets }: Scene): CaptureEntry[] {
  const brief = webSockets.filter(
    (entry) => entry.status === 101 && entry.durationMs !== undefined && entry.durationMs < SHORT_MS,
  )
  const broken = brief.filter(({ evidence: { socket } }) => socket?.closeCode === 1006 || socket?.hasError === true)
  const again = [...groupBy(brief, (entry) => entry.host + entry.path).values()].filter(
    (tries) => tries.length >= TRIES && tries.every((entry) => entry.evidence.socket?.received === 0),
  )
  return [...broken, ...again.flat()]
}
