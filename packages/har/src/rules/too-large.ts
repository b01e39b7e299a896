import { isUpload } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'
import { megabytes, withRequestIds } from './parts.ts'

/** The server refused a body for its size. */
export const tooLarge: EntryRule = {
  id: 'too-large',
  severity: 'high',
  per: 'capture',
  select: (scene) => {
    const refused = scene.withStatus(413)
    if (refused.length > 0) return refused
    return scene.failing.filter(
      (entry) => isUpload(entry) && (entry.requestBytes ?? 0) > scene.uploadLimitBytes && entry.status >= 400,
    )
  },
  describe: (entries) => ({ sizeMb: megabytes(entries) }),
  customer: {
    en: 'The file was refused because it is too large[[ ({sizeMb} MB)]]. The limit is {limitMb} MB.',
    el: 'Το αρχείο δεν έγινε δεκτό επειδή είναι πολύ μεγάλο[[ ({sizeMb} MB)]]. Το όριο είναι {limitMb} MB.',
  },
  agent: withRequestIds({
    en: '{method} {host}{path} answered {status}[[ ({code})]]: the body[[ of {sizeMb} MB]] exceeds a limit; ours is {limitMb} MB. If the file is smaller, a proxy in between has a lower one.',
    el: 'Το {method} {host}{path} απάντησε {status}[[ ({code})]]: το σώμα[[ των {sizeMb} MB]] ξεπερνά κάποιο όριο· το δικό μας είναι {limitMb} MB. Αν το αρχείο είναι μικρότερο, κάποιος ενδιάμεσος διακομιστής έχει χαμηλότερο όριο.',
  }),
  nextStep: {
    flow: 'upload-failure',
    en: 'Choose a file under {limitMb} MB, or make this one smaller.',
    el: 'Επιλέξτε αρχείο κάτω από {limitMb} MB ή μικρύνετε αυτό.',
  },
}
