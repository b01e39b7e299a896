import type { Rule } from '../finding.ts'
import { isUpload } from '../scene.ts'
import { megabytes, whole } from './grouping.ts'

/** A sending broke off. */
export const uploadCut: Rule = {
  id: 'upload-cut',
  severity: 'high',
  find: (scene) =>
    whole(
      scene.entries.filter(
        (entry) => isUpload(entry) && (entry.status === 0 || entry.networkError !== '') && entry.status !== 413,
      ),
    ).map((match) => ({
      ...match,
      params: {
        seconds: Math.round((match.entries[0]?.durationMs ?? 0) / 1000) || '',
        sizeMb: megabytes(match.entries),
      },
    })),
  customer: {
    en: 'The upload broke off[[ after {seconds} s,]] before the server answered. A network, VPN or security product may have cut it.',
    el: 'Η μεταφόρτωση διακόπηκε[[ μετά από {seconds} s,]] πριν απαντήσει ο διακομιστής. Ίσως την έκοψε το δίκτυο, το VPN ή κάποιο πρόγραμμα ασφαλείας.',
  },
  agent: {
    en: '{method} {host}{path}[[ with {sizeMb} MB]] ended[[ after {seconds} s]] without an answer[[ ({networkError})]]: network, VPN or a middlebox; a size limit of a proxy can look like this too.',
    el: 'Το {method} {host}{path}[[ με {sizeMb} MB]] τελείωσε[[ μετά από {seconds} s]] χωρίς απάντηση[[ ({networkError})]]: δίκτυο, VPN ή ενδιάμεση συσκευή· έτσι φαίνεται και το όριο μεγέθους ενός ενδιάμεσου διακομιστή.',
  },
  nextStep: {
    flow: 'upload-failures',
    en: 'Try without VPN or on another network.',
    el: 'Δοκιμάστε χωρίς VPN ή από άλλο δίκτυο.',
  },
}
