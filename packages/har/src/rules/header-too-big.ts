import { cookieBytes } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'
import { largest, withRequestIds } from './parts.ts'

/** The request header is larger than the server takes. */
export const headerTooBig: EntryRule = {
  id: 'header-too-big',
  severity: 'high',
  elsewhere: 'low',
  per: 'host',
  select: (scene) => [
    ...scene.withStatus(431),
    ...scene.withStatus(400, 414).filter((entry) => cookieBytes(entry) > 8_192),
  ],
  describe: (entries) => ({ kilobytes: Math.round(largest(entries, cookieBytes) / 1024) || '' }),
  undecidable: (scene) =>
    scene.capture.lacksCredentials && scene.withStatus(400, 414).some(scene.isFirstParty)
      ? {
          en: 'The file holds no cookies, as in the browser’s own sanitised export, so it cannot be seen whether they were too many.',
          el: 'Το αρχείο δεν περιέχει cookies, όπως στην εξαγωγή χωρίς ευαίσθητα δεδομένα του ίδιου του προγράμματος περιήγησης, οπότε δεν φαίνεται αν ήταν πάρα πολλά.',
        }
      : undefined,
  customer: {
    en: 'Your browser sends more cookies to {host} than it accepts.',
    el: 'Το πρόγραμμα περιήγησής σας στέλνει στο {host} περισσότερα cookies από όσα δέχεται.',
  },
  agent: withRequestIds({
    en: '{host} answered {status} to {count} {count?request|requests}[[ with {count?|up to }{kilobytes} KB of cookies]]: the request header is too big.',
    el: 'Το {host} απάντησε {status} σε {count} {count?αίτημα|αιτήματα}[[ με {count?|έως }{kilobytes} KB cookies]]: η κεφαλίδα του αιτήματος είναι πολύ μεγάλη.',
  }),
  nextStep: { en: 'Clear the cookies of this site.', el: 'Διαγράψτε τα cookies αυτού του ιστότοπου.' },
}
