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
    en: '{count} {count?request|requests} to {host} answered 403[[ ({code})]]{count?:|, first} {method} {path}[[; the answer looks like a {filter} page]].[[ Request {requestIdCount?id|ids}: {requestIds}.]]',
    el: '{count} {count?αίτημα προς {host} απάντησε|αιτήματα προς {host} απάντησαν} 403[[ ({code})]]{count?:|, πρώτο το} {method} {path}[[· η απάντηση μοιάζει με σελίδα {filter}]].[[ {requestIdCount?Αναγνωριστικό|Αναγνωριστικά} αιτήματος: {requestIds}.]]',
  },
  nextStep: {
    en: 'Check the permissions of the account[[; if they are right, send {requestIdCount?this request id|these request ids}: {requestIds}]].',
    el: 'Ελέγξτε τα δικαιώματα του λογαριασμού[[· αν είναι σωστά, στείλτε {requestIdCount?αυτό το αναγνωριστικό|αυτά τα αναγνωριστικά} αιτήματος: {requestIds}]].',
  },
}

function isFiltered(entry: CaptureEntry): boolean {
  return (
    entry.responseHeaders.has('cf-mitigated') ||
    (entry.mime.includes('html') && /json/.test(entry.requestHeaders.get('accept') ?? ''))
  )
}
