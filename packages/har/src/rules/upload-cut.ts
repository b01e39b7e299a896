import type { CaptureEntry } from '../capture.ts'
import { hasNetworkError, isUpload } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'
import { megabytes } from './parts.ts'

/** A sending broke off. */
export const uploadCut: EntryRule = {
  id: 'upload-cut',
  severity: 'high',
  per: 'capture',
  canBeIncident: true,
  select: (scene) => scene.posts.filter((entry) => isUpload(entry) && isCut(entry)),
  describe: (entries, scene) => {
    const sizeMb = megabytes(entries)
    return {
      seconds: Math.round((entries[0]?.durationMs ?? 0) / 1000) || '',
      sizeMb,
      overMb:
        sizeMb !== '' && sizeMb * 1e6 > scene.uploadLimitBytes ? Math.round(scene.uploadLimitBytes / 1e5) / 10 : '',
    }
  },
  customer: {
    en: 'The upload broke off[[ after {seconds} s,]] before the server answered. A network, VPN or security product may have cut it.',
    el: 'Η μεταφόρτωση διακόπηκε[[ μετά από {seconds} s,]] πριν απαντήσει ο διακομιστής. Ίσως την έκοψε το δίκτυο, το VPN ή κάποιο πρόγραμμα ασφαλείας.',
  },
  agent: {
    en: '{method} {host}{path}[[ with {sizeMb} MB]] ended[[ after {seconds} s]] without an answer[[ ({networkError})]]: network, VPN or a middlebox; a size limit of a proxy can look like this too.[[ It is above our own limit of {overMb} MB.]]',
    el: 'Το {method} {host}{path}[[ με {sizeMb} MB]] τελείωσε[[ μετά από {seconds} s]] χωρίς απάντηση[[ ({networkError})]]: δίκτυο, VPN ή ενδιάμεση συσκευή· έτσι φαίνεται και το όριο μεγέθους ενός ενδιάμεσου διακομιστή.[[ Ξεπερνά το δικό μας όριο των {overMb} MB.]]',
  },
  nextStep: {
    flow: 'upload-failure',
    en: 'Try without VPN or on another network.',
    el: 'Δοκιμάστε χωρίς VPN ή από άλλο δίκτυο.',
  },
}

/** The request never left, so nothing was cut: other rules say why. */
const NEVER_LEFT = /BLOCKED_BY|NAME_NOT_RESOLVED|INTERNET_DISCONNECTED|ERR_CERT|ERR_SSL|PROXY|TUNNEL|CONNECTION_REFUSED/

function isCut(entry: CaptureEntry): boolean {
  if (!entry.hasResponse && entry.networkError === '') return false
  if (entry.status >= 400 || (entry.status > 0 && entry.networkError === '')) return false
  if (hasNetworkError(entry, NEVER_LEFT)) return false
  if (entry.requestBytes !== undefined && entry.requestBytes > 0) return entry.requestBytes > 1_000_000
  return !hasNetworkError(entry, /ERR_ABORTED/)
}
