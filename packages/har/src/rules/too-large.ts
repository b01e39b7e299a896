import type { Rule } from '../finding.ts'
import { isUpload } from '../scene.ts'
import { megabytes, whole } from './grouping.ts'

/** The server refused a body for its size. */
export const tooLarge: Rule = {
  id: 'too-large',
  severity: 'high',
  find: (scene) => {
    const refused = scene.entries.filter((entry) => entry.status === 413)
    if (refused.length > 0) return whole(refused, { sizeMb: megabytes(refused) })
    const large = scene.entries.filter(
      (entry) => isUpload(entry) && (entry.requestBytes ?? 0) > scene.uploadLimitBytes && entry.status >= 400,
    )
    return whole(large, { sizeMb: megabytes(large) })
  },
  customer: {
    en: 'The file was refused because it is too large[[ ({sizeMb} MB)]]. The limit is {limitMb} MB.',
    el: 'Το αρχείο δεν έγινε δεκτό επειδή είναι πολύ μεγάλο[[ ({sizeMb} MB)]]. Το όριο είναι {limitMb} MB.',
  },
  agent: {
    en: '{method} {host}{path} answered {status}[[ ({code})]]: the body[[ of {sizeMb} MB]] exceeds a limit; ours is {limitMb} MB. If the file is smaller, a proxy in between has a lower one.[[ Request {requestIdCount?id|ids}: {requestIds}.]]',
    el: 'Το {method} {host}{path} απάντησε {status}[[ ({code})]]: το σώμα[[ των {sizeMb} MB]] ξεπερνά κάποιο όριο· το δικό μας είναι {limitMb} MB. Αν το αρχείο είναι μικρότερο, κάποιος ενδιάμεσος διακομιστής έχει χαμηλότερο όριο.[[ {requestIdCount?Αναγνωριστικό|Αναγνωριστικά} αιτήματος: {requestIds}.]]',
  },
  nextStep: {
    flow: 'upload-failures',
    en: 'Choose a file under {limitMb} MB, or make this one smaller.',
    el: 'Επιλέξτε αρχείο κάτω από {limitMb} MB ή μικρύνετε αυτό.',
  },
}
