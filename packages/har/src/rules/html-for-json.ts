import type { CaptureEntry } from '../capture.ts'
import { wantsOnlyJson } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'

/** A web page came where data was expected. */
export const htmlForJson: EntryRule = {
  id: 'html-for-json',
  severity: 'high',
  elsewhere: 'low',
  per: 'host',
  yieldsTo: ['block-page', 'captive-portal'],
  select: (scene) => scene.pages.filter((entry) => entry.status === 200 && wantsOnlyJson(entry) && isPage(entry)),
  customer: {
    en: 'Instead of data, {host} answered with a web page, probably a sign-in or filter page.',
    el: 'Αντί για δεδομένα, το {host} απάντησε με ιστοσελίδα, πιθανώς σελίδα σύνδεσης ή φίλτρου.',
  },
  agent: {
    en: '{count} {count?call|calls} to {host} asked for JSON and got HTML with 200, {count?|first }{method} {path}: a sign-in page or a proxy’s page.',
    el: '{count} {count?κλήση προς {host} ζήτησε JSON και πήρε|κλήσεις προς {host} ζήτησαν JSON και πήραν} HTML με 200, {count?|πρώτη }η {method} {path}: σελίδα σύνδεσης ή σελίδα διακομιστή μεσολάβησης.',
  },
  nextStep: {
    en: 'Open {host} in a tab and see whether it asks you to sign in.',
    el: 'Ανοίξτε το {host} σε μια καρτέλα και δείτε αν σας ζητά να συνδεθείτε.',
  },
}

/** Many servers call their JSON HTML, and pieces of pages are fetched on purpose: only a whole page counts. */
function isPage(entry: CaptureEntry): boolean {
  if (!entry.mime.includes('html') || /\.x?html?$|\.tpl$/i.test(entry.path)) return false
  return entry.evidence.bodyLooksLike === 'html' || (!entry.hasBody && entry.contentBytes !== 0)
}
