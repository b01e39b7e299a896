import type { Rule } from '../finding.ts'
import { perHost } from './grouping.ts'

/** A web page came where data was expected. */
export const htmlForJson: Rule = {
  id: 'html-for-json',
  severity: 'high',
  find: (scene) =>
    perHost(
      scene.entries.filter((entry) => {
        const accept = entry.requestHeaders.get('accept') ?? ''
        return (
          entry.status === 200 &&
          entry.mime.includes('html') &&
          accept.includes('application/json') &&
          !accept.includes('text/html')
        )
      }),
    ),
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
