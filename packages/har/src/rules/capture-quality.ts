import type { CaptureRule, Finding } from '../finding.ts'
import { hostOf, siteOf } from '../hosts.ts'
import type { Scene } from '../scene.ts'

const DAY_MS = 86_400_000

type Step = Pick<CaptureRule, 'applies' | 'customer' | 'agent'> & {
  step: string
  next: NonNullable<CaptureRule['nextStep']>
}

/** What is wrong with the recording itself, and which step of the guide was missed. One rule for each step. */
export const captureQuality: readonly CaptureRule[] = [
  quality({
    step: 'nothing_recorded',
    applies: (scene) => scene.entries.length === 0,
    customer: {
      en: 'The file holds no requests: recording had not begun, or the list was cleared afterwards.',
      el: 'Το αρχείο δεν περιέχει αιτήματα: η καταγραφή δεν είχε αρχίσει ή η λίστα καθαρίστηκε μετά.',
    },
    agent: { en: 'The capture has no entries.', el: 'Η καταγραφή δεν έχει αιτήματα.' },
    next: {
      en: 'Open the Network tab first, then reproduce the problem and export.',
      el: 'Ανοίξτε πρώτα την καρτέλα Δίκτυο, μετά αναπαραγάγετε το πρόβλημα και κάντε εξαγωγή.',
    },
  }),
  quality({
    step: 'other_time',
    applies: (scene) => distanceMs(scene) > DAY_MS,
    customer: {
      en: 'The file was recorded more than a day away from the time you gave.',
      el: 'Το αρχείο καταγράφηκε πάνω από μία ημέρα μακριά από την ώρα που δώσατε.',
    },
    agent: {
      en: 'The capture was recorded more than 24 h from the reported time.',
      el: 'Η καταγραφή έγινε πάνω από 24 ώρες μακριά από την ώρα που αναφέρθηκε.',
    },
    next: { en: 'Record again while the problem happens.', el: 'Καταγράψτε ξανά την ώρα που συμβαίνει το πρόβλημα.' },
  }),
  quality({
    step: 'before_the_problem',
    applies: (scene, found) => scene.entries.length > 0 && scene.failing.length === 0 && !explainsMuch(found),
    customer: {
      en: 'No request in the file failed: it may have been recorded before the problem.',
      el: 'Κανένα αίτημα στο αρχείο δεν απέτυχε: ίσως καταγράφηκε πριν από το πρόβλημα.',
    },
    agent: {
      en: 'No entry failed. Recorded before the problem, or the problem is not one of the network.',
      el: 'Κανένα αίτημα δεν απέτυχε. Η καταγραφή έγινε πριν από το πρόβλημα ή το πρόβλημα δεν είναι του δικτύου.',
    },
    next: {
      en: 'Record once more and export only after the error is on the screen.',
      el: 'Καταγράψτε άλλη μία φορά και κάντε εξαγωγή μόνο αφού φανεί το σφάλμα στην οθόνη.',
    },
  }),
  quality({
    step: 'no_preserve_log',
    applies: (scene) => scene.entries.length > 0 && scene.documents.length === 0,
    customer: {
      en: 'The file does not show the page itself loading: “Preserve log” was off, or recording began too late.',
      el: 'Το αρχείο δεν δείχνει τη φόρτωση της ίδιας της σελίδας: η «Διατήρηση αρχείου καταγραφής» ήταν ανενεργή ή η καταγραφή άρχισε αργά.',
    },
    agent: {
      en: 'No document in the capture: Preserve log was off, or it was recorded after the page had loaded.',
      el: 'Η καταγραφή δεν έχει έγγραφο: το Preserve log ήταν ανενεργό ή άρχισε αφού είχε φορτώσει η σελίδα.',
    },
    next: {
      en: 'Tick “Preserve log”, reload the page, and reproduce the problem.',
      el: 'Επιλέξτε «Preserve log», φορτώστε ξανά τη σελίδα και αναπαραγάγετε το πρόβλημα.',
    },
  }),
  quality({
    step: 'only_last_page',
    applies: (scene, found) => !explainsMuch(found) && comesFromUnseenPage(scene),
    customer: {
      en: 'The file shows only the last page: what you did before it is missing, because “Preserve log” was off.',
      el: 'Το αρχείο δείχνει μόνο την τελευταία σελίδα: λείπει ό,τι κάνατε πριν, επειδή η «Διατήρηση αρχείου καταγραφής» ήταν ανενεργή.',
    },
    agent: {
      en: 'Only one page, reached from another that is not in the capture: Preserve log was off.',
      el: 'Μόνο μία σελίδα, στην οποία ο χρήστης ήρθε από άλλη που λείπει από την καταγραφή: το Preserve log ήταν ανενεργό.',
    },
    next: {
      en: 'Tick “Preserve log” before the first step, then reproduce the problem from the start.',
      el: 'Επιλέξτε «Preserve log» πριν από το πρώτο βήμα και αναπαραγάγετε το πρόβλημα από την αρχή.',
    },
  }),
  quality({
    step: 'no_bodies',
    applies: lacksBodies,
    customer: {
      en: 'The answers of the server are not in the file, only that they came.',
      el: 'Οι απαντήσεις του διακομιστή δεν είναι στο αρχείο, παρά μόνο ότι ήρθαν.',
    },
    agent: {
      en: 'The capture has no bodies: error codes and messages cannot be read.',
      el: 'Η καταγραφή δεν έχει σώματα απαντήσεων: κωδικοί και μηνύματα σφαλμάτων δεν διαβάζονται.',
    },
    next: {
      en: 'Export with “Save all as HAR with content” while the page is still open.',
      el: 'Κάντε εξαγωγή με «Save all as HAR with content» όσο η σελίδα είναι ακόμη ανοιχτή.',
    },
  }),
  quality({
    step: 'cookies_left_out',
    applies: (scene, found) => scene.capture.lacksCredentials && found.some(isAboutSigningIn),
    customer: {
      en: 'Your browser left the cookies out of the file. For this problem they are needed.',
      el: 'Το πρόγραμμα περιήγησής σας παρέλειψε τα cookies από το αρχείο. Για αυτό το πρόβλημα χρειάζονται.',
    },
    agent: {
      en: 'No cookies and no authorization in the capture, as in the browser’s own sanitised export: what the session did cannot be seen.',
      el: 'Η καταγραφή δεν έχει cookies ούτε authorization, όπως στην εξαγωγή χωρίς ευαίσθητα δεδομένα του ίδιου του προγράμματος περιήγησης: δεν φαίνεται τι έγινε με τη σύνδεση.',
    },
    next: {
      en: 'In the browser’s developer tools allow a HAR with sensitive data, export again, and let our sanitiser clean it before you send it.',
      el: 'Στα εργαλεία προγραμματιστή επιτρέψτε HAR με ευαίσθητα δεδομένα, κάντε ξανά εξαγωγή και αφήστε το εργαλείο μας να το καθαρίσει πριν το στείλετε.',
    },
  }),
  quality({
    step: 'truncated',
    applies: (scene) => scene.capture.isTruncated,
    customer: {
      en: 'The end of the file is missing; what was whole was read.',
      el: 'Λείπει το τέλος του αρχείου· διαβάστηκε ό,τι ήταν ολόκληρο.',
    },
    agent: {
      en: 'The capture is cut off; the entries that were whole were read.',
      el: 'Η καταγραφή είναι κομμένη· διαβάστηκαν όσα αιτήματα ήταν ολόκληρα.',
    },
    next: { en: 'Export the file again.', el: 'Κάντε ξανά εξαγωγή του αρχείου.' },
  }),
  quality({
    step: 'too_many_entries',
    applies: (scene) => scene.capture.entriesLeftOut > 0,
    customer: {
      en: 'The file holds more than 50,000 requests; the first 50,000 were read.',
      el: 'Το αρχείο περιέχει πάνω από 50.000 αιτήματα· διαβάστηκαν τα πρώτα 50.000.',
    },
    agent: {
      en: 'More than 50,000 entries: the first 50,000 were read, the rest is in the file only.',
      el: 'Πάνω από 50.000 αιτήματα: διαβάστηκαν τα πρώτα 50.000, τα υπόλοιπα βρίσκονται μόνο στο αρχείο.',
    },
    next: {
      en: 'Clear the list, reproduce the problem once and export at once.',
      el: 'Καθαρίστε τη λίστα, αναπαραγάγετε το πρόβλημα μία φορά και κάντε αμέσως εξαγωγή.',
    },
  }),
]

function quality({ step, applies, customer, agent, next }: Step): CaptureRule {
  return { id: 'capture-quality', severity: 'medium', params: { step }, applies, customer, agent, nextStep: next }
}

/** How far the reported time is from the recording; 0 inside it, and when either is unknown. */
function distanceMs({ reported, inTime }: Scene): number {
  const times = inTime.map((entry) => entry.startedAt).filter((time) => time !== undefined)
  const [first, last] = [times[0], times.at(-1)]
  if (reported === undefined || first === undefined || last === undefined) return 0
  return Math.max(0, first - reported.to, reported.from - last)
}

/** What is true of a browser or a network at any time says nothing about the problem. */
const ALWAYS_SO = new Set(['capture-quality', 'old-browser', 'tls-intercept'])

/** A capture that shows a cause was recorded well enough. */
function explainsMuch(found: readonly Finding[]): boolean {
  return found.some((finding) => !ALWAYS_SO.has(finding.rule) && finding.severity !== 'low')
}

function comesFromUnseenPage({ documents, isFirstPartyHost, redirects }: Scene): boolean {
  const [page, ...others] = documents
  if (page === undefined || others.length > 0 || redirects.length > 0) return false
  const from = hostOf(page.requestHeaders.get('referer') ?? '')
  return from !== '' && isFirstPartyHost(from) && siteOf(from) === siteOf(page.host)
}

const ENOUGH = 3

/** Texts came, and none is there. */
function lacksBodies({ entries }: Scene): boolean {
  const texts = entries.filter(
    (entry) =>
      /json|html|text\/plain|javascript/.test(entry.mime) && (entry.contentBytes ?? 0) > 0 && entry.status !== 304,
  )
  return texts.length >= ENOUGH && entries.every((entry) => !entry.hasBody)
}

const SIGNING_IN = new Set(['auth-401', 'redirect-loop', 'sso-error', 'sso-pingpong', 'header-too-big'])

function isAboutSigningIn(finding: Finding): boolean {
  return SIGNING_IN.has(finding.rule) && finding.severity !== 'low'
}
