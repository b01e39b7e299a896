import type { CaptureEntry } from '../capture.ts'
import { wantsOnlyJson } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'
import { withRequestIds } from './parts.ts'

/** Refused: no permission, or a filter in front of the server. */
export const forbidden: EntryRule = {
  id: 'forbidden-403',
  severity: 'high',
  elsewhere: 'low',
  per: 'host',
  yieldsTo: ['block-page', 'header-too-big', 'ws-fail', 'sso-error', 'preflight-fail', 'upload-cut'],
  select: (scene) => scene.withStatus(403),
  describe: (entries) => ({ filter: entries.some(isFiltered) ? 'WAF' : '' }),
  customer: {
    en: '{host} refused this: either your account has no permission, or a protection filter stopped it.',
    el: 'Το {host} το αρνήθηκε: είτε ο λογαριασμός σας δεν έχει δικαίωμα είτε το σταμάτησε ένα φίλτρο προστασίας.',
  },
  agent: withRequestIds({
    en: '{count} {count?request|requests} to {host} answered 403[[ ({code})]]{count?:|, first} {method} {path}[[; the answer looks like a {filter} page]].',
    el: '{count} {count?αίτημα προς {host} απάντησε|αιτήματα προς {host} απάντησαν} 403[[ ({code})]]{count?:|, πρώτο το} {method} {path}[[· η απάντηση μοιάζει με σελίδα {filter}]].',
  }),
  nextStep: {
    en: 'Check the permissions of the account[[; if they are right, send {requestIdCount?this request id|these request ids}: {requestIds}]].',
    el: 'Ελέγξτε τα δικαιώματα του λογαριασμού[[· αν είναι σωστά, στείλτε {requestIdCount?αυτό το αναγνωριστικό|αυτά τα αναγνωριστικά} αιτήματος: {requestIds}]].',
  },
}

function isFiltered(entry: CaptureEntry): boolean {
  return (
    entry.responseHeaders.has('cf-mitigated') ||
    /^(?:just a moment|attention required|access denied|request rejected)/i.test(entry.evidence.title) ||
    (entry.mime.includes('html') && wantsOnlyJson(entry))
  )
}
