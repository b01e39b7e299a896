import {
  assigns,
  browserIs,
  daysAgo,
  fillsIn,
  minutesAgo,
  notes,
  presses,
  records,
  replies,
  type Scenario,
  says,
  takesOver,
} from './scenario.ts'

/** In the hands of an agent. */
export const greekWithTeam: readonly Scenario[] = [
  {
    key: 'el-upload-cut',
    contact: { name: 'Ελπίδα Καράτζα', email: 'e.karatza@lithos-surveys.example' },
    locale: 'el',
    began: daysAgo(1, '08:35'),
    page: 'https://app.northlight.example/files',
    opens:
      'Η μεταφόρτωση αποτυγχάνει από το γραφείο με ERR_CONNECTION_RESET. Το αρχείο είναι 14 MB. Από το σπίτι ανεβαίνει κανονικά.',
    picture: 'σφάλμα-μεταφόρτωσης.png',
    beats: [
      browserIs({
        browser: 'Chrome',
        browserVersion: '147',
        os: 'Windows',
        osVersion: '11',
        device: 'desktop',
        network: 'corporate',
      }),
      records(12, 'upload-cut'),
      says(1, 'Θέλω να μιλήσω με άνθρωπο, παρακαλώ.'),
      takesOver(11, 'eleni'),
      replies(
        5,
        'eleni',
        'Καλημέρα σας, κυρία Καράτζα. Η καταγραφή σας δείχνει ότι η σύνδεση έκλεισε περίπου τέσσερα δευτερόλεπτα μετά την αρχή, πριν προλάβει να απαντήσει ο διακομιστής μας. Αφού από το σπίτι όλα πάνε καλά, την κόβει κάτι στο δίκτυο του γραφείου.\n\nΖητήστε από την ομάδα πληροφορικής σας να επιτρέψει τις μεταφορτώσεις προς το app.northlight.example και δώστε τους την ώρα της αποτυχίας. Μέχρι τότε μπορείτε να ανεβάσετε το αρχείο από το ίντερνετ του κινητού σας, αν το επιτρέπουν οι κανόνες σας.',
      ),
      says(70, 'Με το κινητό ανέβηκε. Στην πληροφορική λένε ότι ο έλεγχος αρχείων κόβει ό,τι περνά τα 3 MB.'),
      notes(4, 'eleni', 'Βρέθηκε η αιτία: έλεγχος αρχείων στο δίκτυό τους. Περιμένω να μας πουν αν μπήκε η εξαίρεση.'),
    ],
  },
  {
    key: 'el-blank-page',
    contact: { name: 'Σπύρος Γαλανός', email: 's.galanos@meltemi-events.example' },
    locale: 'el',
    began: minutesAgo(290),
    page: 'https://app.northlight.example/board',
    opens:
      'Ο πίνακας της ομάδας ανοίγει λευκός. Οι άλλες σελίδες φορτώνουν. Chrome 147 σε Windows 11, δοκίμασα και ανώνυμη περιήγηση.',
    picture: 'λευκή-σελίδα.png',
    beats: [
      records(9, 'blank-page'),
      says(2, 'θέλω να μιλήσω με εκπρόσωπο'),
      replies(
        13,
        'eleni',
        'Καλησπέρα σας. Η σελίδα φορτώνει, αλλά ο πίνακας «quarterly-plan» που ζητά δεν υπάρχει πια: ο διακομιστής απαντά 404. Μήπως τον διέγραψε ή τον μετονόμασε κάποιος συνάδελφος; Τα αναγνωριστικά των αιτημάτων τα έχω ήδη από την καταγραφή.',
      ),
      notes(
        3,
        'eleni',
        'Marcus, whatever happened to the board, the page should say that it is gone instead of staying white. Could you report it?',
      ),
      notes(18, 'marcus', 'Reported, with both request ids.'),
      says(15, 'Τον μετονομάσαμε, έχετε δίκιο. Ο σύνδεσμος που είχα ήταν ο παλιός.'),
    ],
  },
  {
    key: 'el-invoice-vat',
    contact: { name: 'Λογιστήριο Ακρίτας', email: 'logistirio@akritas-foods.example' },
    locale: 'el',
    began: daysAgo(2, '07:50'),
    opens: 'Το τιμολόγιο του περασμένου μήνα βγήκε χωρίς ΑΦΜ και δεν μπορούμε να το περάσουμε στα βιβλία.',
    beats: [
      presses(3, 'person'),
      fillsIn(2, { field: 'account', value: { email: 'logistirio@akritas-foods.example', plan: 'business' } }),
      assigns(30, 'marcus', 'eleni'),
      replies(
        12,
        'eleni',
        'Καλημέρα σας. Για να εκδοθεί σωστό τιμολόγιο χρειάζομαι την επωνυμία και τον ΑΦΜ ακριβώς όπως πρέπει να φαίνονται. Αρχείο HAR ή στοιχεία κάρτας δεν χρειάζονται.',
      ),
      says(55, 'Ακρίτας Τρόφιμα Α.Ε., ο ΑΦΜ είναι στο συνημμένο μαζί με τη διεύθυνση.', 'στοιχεία-τιμολογίου.png'),
      notes(6, 'eleni', 'Στάλθηκε στο λογιστήριό μας για ακύρωση και επανέκδοση.'),
      replies(
        2,
        'eleni',
        'Σας ευχαριστώ, τα έλαβα. Το παλιό τιμολόγιο θα ακυρωθεί και το νέο θα έρθει στο ίδιο email. Θα σας γράψω εδώ μόλις εκδοθεί.',
      ),
    ],
  },
  {
    key: 'el-api-429',
    contact: { name: 'Χρήστος Λαμπίρης', email: 'ch.lampiris@rodi-software.example' },
    locale: 'el',
    began: daysAgo(3, '11:15'),
    opens: 'Το API απαντά 429 στη δεύτερη κιόλας κλήση. Στέλνουμε πολύ λίγες. req_d9Ls51NvGa3z',
    beats: [
      says(2, 'Θέλω να μιλήσω με κάποιον άνθρωπο'),
      replies(
        27,
        'marcus',
        'Καλησπέρα σας. Το όριο μετράει για όλο το έργο και όχι για το κάθε κλειδί χωριστά. Την ίδια ώρα έστελνε κλήσεις και άλλη διεργασία του ίδιου έργου. Υπάρχει μήπως κάποια προγραμματισμένη εργασία που τρέχει κάθε ώρα;',
      ),
      says(44, 'Υπάρχει, ο συγχρονισμός των παραγγελιών. Δεν ήξερα ότι μοιράζονται το όριο.'),
      replies(
        8,
        'marcus',
        'Τότε δύο λύσεις: να τρέχει ο συγχρονισμός πιο αργά, περιμένοντας όσα δευτερόλεπτα γράφει η κεφαλίδα retry-after, ή να αποκτήσει δικό του έργο. Πείτε μου τι προτιμάτε και συνεχίζουμε από εκεί.',
      ),
    ],
  },
  {
    key: 'el-lost-phone',
    contact: { name: 'Βασιλική Τόλη', email: 'v.toli@ergastiri-fos.example' },
    locale: 'el',
    began: minutesAgo(400),
    opens: 'Έχασα το κινητό που βγάζει τους κωδικούς και δεν μπορώ να συνδεθώ.',
    beats: [
      presses(2, 'person'),
      fillsIn(1, { field: 'account', value: { email: 'v.toli@ergastiri-fos.example', plan: 'plus' } }),
      takesOver(16, 'sofia'),
      replies(
        4,
        'sofia',
        'Καλημέρα σας. Την ανάκτηση λογαριασμού την κάνει πάντα άνθρωπος, οπότε θα το δούμε μαζί. Σας έστειλα στο email του λογαριασμού ένα μήνυμα με τα στοιχεία που χρειάζονται για να βεβαιωθούμε ότι είναι δικός σας. Μη γράψετε κωδικούς εδώ.',
      ),
      notes(2, 'sofia', 'Recovery started, second person needed for the approval.'),
      says(62, 'Απάντησα στο μήνυμα. Πόσο θα πάρει;'),
      replies(
        7,
        'sofia',
        'Το ελέγχει τώρα και δεύτερος συνάδελφος, όπως ορίζει η διαδικασία. Θα έχετε νέα μας σήμερα.',
      ),
    ],
  },
]
