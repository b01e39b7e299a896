import type { Match, Rule, Sentence } from '../finding.ts'
import { isFailing, type Scene } from '../scene.ts'

const DAY_MS = 86_400_000

/** What is wrong with the recording itself, and which step of the guide was missed. One rule for each step. */
export const captureQuality: readonly Rule[] = [
  quality({
    step: 'nothing_recorded',
    find: (scene) => scene.entries.length === 0,
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
    find: (scene) => scene.reportedAt !== undefined && distanceMs(scene, scene.reportedAt) > DAY_MS,
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
    find: (scene) => scene.entries.length > 0 && !scene.entries.some(isFailing),
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
    find: (scene) =>
      scene.entries.length > 0 &&
      !scene.entries.some((entry) => entry.resourceType === 'document' || entry.mime.includes('html')),
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
    step: 'truncated',
    find: (scene) => scene.capture.isTruncated,
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
]

interface Quality {
  step: string
  find: (scene: Scene) => boolean
  customer: Sentence
  agent: Sentence
  next: Sentence
}

function quality({ step, find, customer, agent, next }: Quality): Rule {
  return {
    id: 'capture-quality',
    severity: 'low',
    find: (scene): Match[] => (find(scene) ? [{ entries: [], params: { step } }] : []),
    customer,
    agent,
    nextStep: next,
  }
}

/** How far the reported time is from the recording; 0 inside it, and when the file has no times. */
function distanceMs(scene: Scene, reportedAt: number): number {
  const times = scene.entries.map((entry) => entry.startedAt).filter((time) => time !== undefined)
  if (times.length === 0) return 0
  const first = times.reduce((a, b) => Math.min(a, b))
  const last = times.reduce((a, b) => Math.max(a, b))
  return reportedAt < first ? first - reportedAt : Math.max(0, reportedAt - last)
}
