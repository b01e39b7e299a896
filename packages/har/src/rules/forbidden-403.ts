import type { CaptureEntry } from '../capture.ts'
import type { Rule } from '../finding.ts'
import { perHost } from './grouping.ts'

/** Refused: no permission, or a filter in front of the server. */
export const forbidden: Rule = {
  id: 'forbidden-403',
  severity: 'high',
  find: (scene) =>
    perHost(scene.entries.filter((entry) => entry.status === 403)).map((match) => ({
      ...match,
      severity: match.entries.some(scene.isFirstParty) ? 'high' : 'low',
      params: { filter: match.entries.some(isFiltered) ? 'WAF' : '' },
    })),
  customer: {
    en: '{host} refused this: either your account has no permission, or a protection filter stopped it.',
    el: 'Το {host} το αρνήθηκε: είτε ο λογαριασμός σας δεν έχει δικαίωμα είτε το σταμάτησε ένα φίλτρο προστασίας.',
  },
  agent: {
    en: '{count} requests to {host} answered 403[[ ({code})]], first {method} {path}[[; the answer looks like a {filter} page]].[[ Request ids: {requestIds}.]]',
    el: '{count} αιτήματα προς {host} απάντησαν 403[[ ({code})]], πρώτο το {method} {path}[[· η απάντηση μοιάζει με σελίδα {filter}]].[[ Αναγνωριστικά αιτήματος: {requestIds}.]]',
  },
  nextStep: {
    en: 'Check the permissions of the account; if they are right, send the request ids.',
    el: 'Ελέγξτε τα δικαιώματα του λογαριασμού· αν είναι σωστά, στείλτε τα αναγνωριστικά αιτήματος.',
  },
}

function isFiltered(entry: CaptureEntry): boolean {
  return (
    entry.responseHeaders.has('cf-mitigated') ||
    (entry.mime.includes('html') && /json/.test(entry.requestHeaders.get('accept') ?? ''))
  )
}
