import type { Sentence } from '../sentence.ts'

/**
 * - error: the file breaks HAR 1.2 or JSON, and readers may refuse or misread it;
 * - warning: it breaks the standard in a way that readers mostly survive, or says what cannot be true;
 * - note: it departs from the standard as a known exporter does, which does no harm.
 */
export type ProblemSeverity = 'error' | 'warning' | 'note'

interface Message {
  severity: ProblemSeverity
  what: Sentence
  fix: Sentence
}

const exportAgain: Sentence = {
  en: 'Export the capture again and let the download finish.',
  el: 'Εξαγάγετε ξανά την καταγραφή και αφήστε τη λήψη να ολοκληρωθεί.',
}
const mendExporter: Sentence = {
  en: 'If you write the exporter, add it. If not, export with a current version.',
  el: 'Αν γράφετε εσείς το πρόγραμμα εξαγωγής, προσθέστε το. Διαφορετικά εξαγάγετε με τρέχουσα έκδοση.',
}
export const nothingToDo: Sentence = { en: 'Nothing needs to be done.', el: 'Δεν χρειάζεται να κάνετε κάτι.' }

/** Follows what is said when a known exporter writes it so. */
export const knownDeviation: Sentence = {
  en: ' Known from {exporter}; readers cope.',
  el: ' Γνωστό από {exporter}· τα προγράμματα το διαβάζουν.',
}

const ofTheFile = {
  'json.empty': {
    severity: 'error',
    what: { en: 'The file is empty.', el: 'Το αρχείο είναι κενό.' },
    fix: exportAgain,
  },
  'json.encoding': {
    severity: 'error',
    what: {
      en: 'The file is written in UTF-16, not in UTF-8.',
      el: 'Το αρχείο είναι γραμμένο σε UTF-16 και όχι σε UTF-8.',
    },
    fix: { en: 'Save it as UTF-8.', el: 'Αποθηκεύστε το ως UTF-8.' },
  },
  'json.not_json': {
    severity: 'error',
    what: {
      en: 'The file is not a HAR: it begins with {found} where { was expected.',
      el: 'Το αρχείο δεν είναι HAR: αρχίζει με {found} εκεί όπου αναμενόταν {.',
    },
    fix: {
      en: 'Choose the file that the Network tab of the developer tools saved with “Export HAR”.',
      el: 'Επιλέξτε το αρχείο που αποθήκευσε η καρτέλα Network των εργαλείων προγραμματιστή με την «Export HAR».',
    },
  },
  'json.syntax': {
    severity: 'error',
    what: {
      en: 'The JSON breaks at line {line}, column {column} (byte {byte}): found {found}, expected {expected}.',
      el: 'Το JSON σπάει στη γραμμή {line}, στήλη {column} (byte {byte}): βρέθηκε {found}, αναμενόταν {expected}.',
    },
    fix: {
      en: 'Export the capture again. If it was edited by hand, undo the change at that place.',
      el: 'Εξαγάγετε ξανά την καταγραφή. Αν την άλλαξε κάποιος με το χέρι, αναιρέστε την αλλαγή σε αυτό το σημείο.',
    },
  },
  'json.truncated': {
    severity: 'error',
    what: {
      en: 'The file ends too early, at line {line} (byte {byte}), inside {inside}[[ of entry {entry}]].',
      el: 'Το αρχείο τελειώνει πρόωρα, στη γραμμή {line} (byte {byte}), μέσα σε {inside}[[ του αιτήματος {entry}]].',
    },
    fix: exportAgain,
  },
  'json.too_deep': {
    severity: 'error',
    what: { en: 'The JSON is nested more than {limit} levels deep.', el: 'Το JSON έχει πάνω από {limit} επίπεδα.' },
    fix: {
      en: 'No exporter writes this. Do not use the file.',
      el: 'Κανένα πρόγραμμα δεν γράφει κάτι τέτοιο. Μη χρησιμοποιήσετε το αρχείο.',
    },
  },
  'json.literal': {
    severity: 'error',
    what: {
      en: 'Line {line}, column {column} holds {found}, which JSON does not know.',
      el: 'Στη γραμμή {line}, στήλη {column} υπάρχει {found}, που δεν υπάρχει στο JSON.',
    },
    fix: { en: 'Write a number, or -1 for “does not apply”.', el: 'Γράψτε αριθμό, ή -1 για «δεν ισχύει».' },
  },
  'json.trailing_comma': {
    severity: 'error',
    what: {
      en: 'There is a comma before the closing {found} at line {line}, column {column}.',
      el: 'Υπάρχει κόμμα πριν από το {found} στη γραμμή {line}, στήλη {column}.',
    },
    fix: { en: 'Remove that comma.', el: 'Αφαιρέστε αυτό το κόμμα.' },
  },
  'json.control_character': {
    severity: 'error',
    what: {
      en: 'A text at line {line}, column {column} holds the control character {found} as it is.',
      el: 'Ένα κείμενο στη γραμμή {line}, στήλη {column} περιέχει αυτούσιο τον χαρακτήρα ελέγχου {found}.',
    },
    fix: { en: 'Write it as an escape, such as \\n or \\u0000.', el: 'Γράψτε τον με διαφυγή, όπως \\n ή \\u0000.' },
  },
  'json.escape': {
    severity: 'error',
    what: {
      en: 'A text at line {line}, column {column} holds an escape that JSON does not know: \\{found}.',
      el: 'Ένα κείμενο στη γραμμή {line}, στήλη {column} περιέχει διαφυγή που δεν υπάρχει στο JSON: \\{found}.',
    },
    fix: { en: 'Write a backslash itself as \\\\.', el: 'Γράψτε την ίδια την ανάστροφη κάθετο ως \\\\.' },
  },
  'json.trailing': {
    severity: 'error',
    what: {
      en: 'After the end of the JSON more follows at line {line}, column {column} (byte {byte}): {found}.',
      el: 'Μετά το τέλος του JSON ακολουθούν και άλλα στη γραμμή {line}, στήλη {column} (byte {byte}): {found}.',
    },
    fix: { en: 'Keep only the first object of the file.', el: 'Κρατήστε μόνο το πρώτο αντικείμενο του αρχείου.' },
  },
  'json.callback': {
    severity: 'warning',
    what: {
      en: 'The JSON is wrapped in a call of {found}, as in a HARP file.',
      el: 'Το JSON βρίσκεται μέσα σε κλήση της {found}, όπως σε αρχείο HARP.',
    },
    fix: { en: 'Remove the call around it.', el: 'Αφαιρέστε την κλήση γύρω του.' },
  },
  'json.bom': {
    severity: 'note',
    what: { en: 'The file begins with a byte order mark.', el: 'Το αρχείο αρχίζει με σήμα σειράς byte (BOM).' },
    fix: nothingToDo,
  },
  'json.utf8': {
    severity: 'warning',
    what: { en: '{path} holds bytes that are not UTF-8.', el: 'Το {path} περιέχει byte που δεν είναι UTF-8.' },
    fix: { en: 'Write the file as UTF-8.', el: 'Γράψτε το αρχείο ως UTF-8.' },
  },
} satisfies Record<string, Message>

const ofTheStructure = {
  'har.no_log': {
    severity: 'error',
    what: {
      en: 'The file is JSON but not a HAR: its outermost object holds no object named log.',
      el: 'Το αρχείο είναι JSON αλλά όχι HAR: το εξωτερικό αντικείμενο δεν περιέχει αντικείμενο log.',
    },
    fix: {
      en: 'Choose the file that the Network tab of the developer tools saved with “Export HAR”.',
      el: 'Επιλέξτε το αρχείο που αποθήκευσε η καρτέλα Network των εργαλείων προγραμματιστή με την «Export HAR».',
    },
  },
  'har.version': {
    severity: 'warning',
    what: {
      en: 'The file says that it is HAR {found}; 1.2 was expected.',
      el: 'Το αρχείο δηλώνει HAR {found}· αναμενόταν 1.2.',
    },
    fix: { en: 'Write "version": "1.2".', el: 'Γράψτε "version": "1.2".' },
  },
  'har.no_entries': {
    severity: 'warning',
    what: { en: 'The capture holds no entry.', el: 'Η καταγραφή δεν περιέχει κανένα αίτημα.' },
    fix: {
      en: 'Record again: open the Network tab first, then reproduce the problem.',
      el: 'Καταγράψτε ξανά: ανοίξτε πρώτα την καρτέλα Network και μετά αναπαραγάγετε το πρόβλημα.',
    },
  },
  'entry.not_object': {
    severity: 'error',
    what: { en: '{path} is {found}, not an object.', el: 'Το {path} είναι {found} και όχι αντικείμενο.' },
    fix: { en: 'Write one object for each request.', el: 'Γράψτε ένα αντικείμενο για κάθε αίτημα.' },
  },
  'entry.unreadable': {
    severity: 'error',
    what: {
      en: '{path} cannot be read: its JSON is damaged.',
      el: 'Το {path} δεν διαβάζεται: το JSON του έχει βλάβη.',
    },
    fix: exportAgain,
  },
  'entry.too_large': {
    severity: 'warning',
    what: {
      en: 'An entry larger than {limit} MB was not checked.',
      el: 'Ένα αίτημα μεγαλύτερο από {limit} MB δεν ελέγχθηκε.',
    },
    fix: { en: 'Export without the contents of answers.', el: 'Εξαγάγετε χωρίς τα περιεχόμενα των απαντήσεων.' },
  },
  'entries.unsorted': {
    severity: 'note',
    what: {
      en: '{path} began before the entry above it; HAR 1.2 prefers the order of time.',
      el: 'Το {path} άρχισε πριν από το προηγούμενο αίτημα· το HAR 1.2 προτιμά τη χρονική σειρά.',
    },
    fix: nothingToDo,
  },
  'field.missing': {
    severity: 'error',
    what: { en: '{path} is missing; HAR 1.2 requires it.', el: 'Λείπει το {path}· το HAR 1.2 το απαιτεί.' },
    fix: mendExporter,
  },
  'field.empty': {
    severity: 'warning',
    what: { en: '{path} is empty.', el: 'Το {path} είναι κενό.' },
    fix: mendExporter,
  },
  'field.null': {
    severity: 'error',
    what: { en: '{path} is null; {expected} was expected.', el: 'Το {path} είναι null· αναμενόταν {expected}.' },
    fix: {
      en: 'Give it a value; leave out an optional field that has none.',
      el: 'Δώστε του τιμή· αν είναι προαιρετικό και δεν έχει, παραλείψτε το.',
    },
  },
  'field.type': {
    severity: 'error',
    what: { en: '{path} is {found}; {expected} was expected.', el: 'Το {path} είναι {found}· αναμενόταν {expected}.' },
    fix: { en: 'Write it as {expected}.', el: 'Γράψτε το ως {expected}.' },
  },
  'field.number_as_text': {
    severity: 'warning',
    what: { en: '{path} is a number written as text.', el: 'Το {path} είναι αριθμός γραμμένος ως κείμενο.' },
    fix: { en: 'Remove the quotation marks around it.', el: 'Αφαιρέστε τα εισαγωγικά γύρω του.' },
  },
  'field.unknown': {
    severity: 'note',
    what: {
      en: '{path} is no field of HAR 1.2.',
      el: 'Το {path} δεν είναι πεδίο του HAR 1.2.',
    },
    fix: { en: 'Fields of your own begin with an underscore.', el: 'Τα δικά σας πεδία αρχίζουν με κάτω παύλα.' },
  },
  'field.duplicate': {
    severity: 'error',
    what: { en: '{path} occurs more than once.', el: 'Το {path} υπάρχει πάνω από μία φορά.' },
    fix: {
      en: 'Keep one: readers differ in which they take.',
      el: 'Κρατήστε ένα: τα προγράμματα διαφέρουν στο ποιο διαβάζουν.',
    },
  },
} satisfies Record<string, Message>

const ofTheValues = {
  'date.unreadable': {
    severity: 'error',
    what: {
      en: '{path} is no date and time that can be read[[: {found}]].',
      el: 'Το {path} δεν είναι ημερομηνία και ώρα που διαβάζεται[[: {found}]].',
    },
    fix: {
      en: 'Write it as ISO 8601, such as 2026-11-24T10:15:30.123Z.',
      el: 'Γράψτε το κατά ISO 8601, όπως 2026-11-24T10:15:30.123Z.',
    },
  },
  'date.no_zone': {
    severity: 'warning',
    what: { en: '{path} has no time zone: {found}.', el: 'Το {path} δεν έχει ζώνη ώρας: {found}.' },
    fix: { en: 'Add Z or an offset such as +02:00.', el: 'Προσθέστε Z ή διαφορά όπως +02:00.' },
  },
  'url.relative': {
    severity: 'warning',
    what: { en: '{path} is not an absolute address.', el: 'Το {path} δεν είναι πλήρης διεύθυνση.' },
    fix: {
      en: 'Write it with its scheme and host, such as https://app.example/path.',
      el: 'Γράψτε τη με πρωτόκολλο και όνομα, όπως https://app.example/path.',
    },
  },
  'url.fragment': {
    severity: 'note',
    what: {
      en: '{path} holds a fragment (#…), which HAR 1.2 leaves out.',
      el: 'Το {path} έχει τμήμα (#…), που το HAR 1.2 παραλείπει.',
    },
    fix: nothingToDo,
  },
  'status.range': {
    severity: 'warning',
    what: {
      en: '{path} is {found}, which is no status of HTTP.',
      el: 'Το {path} είναι {found}, που δεν είναι κατάσταση του HTTP.',
    },
    fix: {
      en: 'Write the status of the answer, or 0 when there was none.',
      el: 'Γράψτε την κατάσταση της απάντησης, ή 0 αν δεν υπήρξε.',
    },
  },
  'size.invalid': {
    severity: 'warning',
    what: {
      en: '{path} is {found}; a size is a whole number, or -1 when it is not known.',
      el: 'Το {path} είναι {found}· το μέγεθος είναι ακέραιος, ή -1 αν δεν είναι γνωστό.',
    },
    fix: { en: 'Write whole bytes, or -1.', el: 'Γράψτε ακέραια byte, ή -1.' },
  },
  'timing.negative': {
    severity: 'warning',
    what: { en: '{path} is negative ({found}).', el: 'Το {path} είναι αρνητικό ({found}).' },
    fix: {
      en: 'Write milliseconds from 0; only blocked, dns, connect and ssl may be -1.',
      el: 'Γράψτε χιλιοστά δευτερολέπτου από το 0· μόνο τα blocked, dns, connect και ssl μπορεί να είναι -1.',
    },
  },
  'timing.sum': {
    severity: 'note',
    what: {
      en: '{path} is {found} ms, but its phases add up to {sum} ms.',
      el: 'Το {path} είναι {found} ms, αλλά οι φάσεις του δίνουν {sum} ms.',
    },
    fix: {
      en: 'Count ssl within connect and leave out -1.',
      el: 'Το ssl περιλαμβάνεται στο connect· τα -1 δεν προστίθενται.',
    },
  },
  'page.unknown': {
    severity: 'warning',
    what: {
      en: '{path} names a page that log.pages does not hold.',
      el: 'Το {path} αναφέρει σελίδα που δεν υπάρχει στο log.pages.',
    },
    fix: { en: 'Add the page, or leave out pageref.', el: 'Προσθέστε τη σελίδα ή παραλείψτε το pageref.' },
  },
  'page.duplicate': {
    severity: 'warning',
    what: { en: '{path} is the id of another page too.', el: 'Το {path} είναι αναγνωριστικό και άλλης σελίδας.' },
    fix: { en: 'Give each page an id of its own.', el: 'Δώστε σε κάθε σελίδα δικό της αναγνωριστικό.' },
  },
  'post.text_and_params': {
    severity: 'note',
    what: {
      en: '{path} holds both text and params; HAR 1.2 wants one of them.',
      el: 'Το {path} έχει και text και params· το HAR 1.2 θέλει ένα από τα δύο.',
    },
    fix: nothingToDo,
  },
  'body.not_base64': {
    severity: 'warning',
    what: { en: '{path} should be base64 and is not.', el: 'Το {path} θα έπρεπε να είναι base64 και δεν είναι.' },
    fix: {
      en: 'Encode the body, or leave out encoding.',
      el: 'Κωδικοποιήστε το περιεχόμενο ή παραλείψτε το encoding.',
    },
  },
  'address.invalid': {
    severity: 'warning',
    what: { en: '{path} is not an IP address.', el: 'Το {path} δεν είναι διεύθυνση IP.' },
    fix: {
      en: 'Write an IPv4 or IPv6 address, or leave it out.',
      el: 'Γράψτε διεύθυνση IPv4 ή IPv6, ή παραλείψτε το.',
    },
  },
  'header.name': {
    severity: 'warning',
    what: {
      en: '{path} is not a name that a header can have.',
      el: 'Το {path} δεν είναι όνομα που μπορεί να έχει μια κεφαλίδα.',
    },
    fix: {
      en: 'Write the name alone, without colon or spaces.',
      el: 'Γράψτε μόνο το όνομα, χωρίς άνω και κάτω τελεία ή κενά.',
    },
  },
} satisfies Record<string, Message>

export type HarProblemCode = keyof typeof ofTheFile | keyof typeof ofTheStructure | keyof typeof ofTheValues

/** What each problem says; see `Sentence` for the templates. */
export const MESSAGES: Readonly<Record<HarProblemCode, Message>> = { ...ofTheFile, ...ofTheStructure, ...ofTheValues }
