import { fold } from './fold.ts'

/**
 * Words of support that people use for one another, English and Greek side by side: it serves a Greek question about an
 * English word and the other way round. General vocabulary only; a product's own wordings belong into article keywords.
 */
const groups = `
  upload uploading attach attachment send μεταφόρτωση ανεβάζω ανεβάσω ανεβαίνει ανέβασμα επισύναψη συνημμένο φορτώνει
  file document attachment αρχείο έγγραφο
  picture image photo screenshot εικόνα φωτογραφία στιγμιότυπο
  large big size maximum μεγάλο μέγεθος όριο
  fail failure error broken refused rejected αποτυχία αποτυγχάνει σφάλμα λάθος πρόβλημα
  stuck freeze hang κολλάει κόλλησε σταματάει κόβεται
  password passcode κωδικός
  login signin logon sign σύνδεση συνδεθώ συνδέομαι είσοδος μπω μπαίνω μπαίνουμε
  account profile λογαριασμός
  charge bill billing payment pay paid χρέωση πληρωμή χρεώθηκα πλήρωσα
  invoice receipt τιμολόγιο απόδειξη
  refund money επιστροφή χρήματα λεφτά
  cancel terminate ακύρωση ακυρώνω
  plan subscription πρόγραμμα συνδρομή πλάνο
  recognise recognize know αναγνωρίζω
  hacked stolen compromised somebody someone κλάπηκε χακάρανε κάποιος άλλος
  person human agent representative employee staff colleague άνθρωπος εκπρόσωπος υπάλληλος
  contact reach write call phone επικοινωνία τηλέφωνο γράψω γράφω
  mail email email μήνυμα
  form φόρμα
  information details data info πληροφορίες στοιχεία δεδομένα
  clean remove strip sanitise sanitize redact delete erase mask καθαρίζω καθαρισμός καθαρό αφαιρείται σβήνω διαγράφω
  private personal sensitive confidential secret προσωπικά ιδιωτικό ευαίσθητα
  safe secure dangerous risk ασφαλές ασφάλεια κίνδυνος
  share send give κοινοποίηση μοιράζομαι στέλνω στείλω
  record recording capture log trace save καταγραφή καταγράφω αποθηκεύω γράψω
  network traffic requests δίκτυο κίνηση
  browser περιηγητής
  identifier id number reference αναγνωριστικό αριθμός
  response answer reply απόκριση απάντηση
  invite invitation invited πρόσκληση προσκάλεσαν
  company organisation organization corporate work business εταιρεία εταιρικός οργανισμός δουλειά
  domain τομέας
  rename renamed changed change switch αλλαγή άλλαξε αλλάζω
  administrator admin διαχειριστής
  block blocked firewall proxy vpn φραγή μπλοκάρει εμποδίζει τείχος
  prepare ready checklist ετοιμάσω
  describe explain report περιγράφω περιγραφή αναφορά αναφέρω
  example sample παράδειγμα
  time when clock ώρα πότε
  code verification κωδικός επαλήθευση
`

/** For each term the other terms of its groups; `toTerm` turns a folded word into the terms of an index field. */
export function createSynonyms(toTerm: (folded: string) => string): (term: string) => readonly string[] {
  let others: Map<string, Set<string>> | undefined
  return (term) => [...((others ??= readGroups(toTerm)).get(term) ?? [])]
}

function readGroups(toTerm: (folded: string) => string): Map<string, Set<string>> {
  const others = new Map<string, Set<string>>()
  for (const line of groups.trim().split('\n')) {
    const terms = [
      ...new Set(
        line
          .trim()
          .split(/\s+/)
          .map((word) => toTerm(fold(word))),
      ),
    ]
    for (const term of terms) {
      const known = others.get(term) ?? new Set<string>()
      for (const other of terms) if (other !== term) known.add(other)
      others.set(term, known)
    }
  }
  return others
}
