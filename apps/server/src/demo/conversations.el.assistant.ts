import {
  accountIs,
  browserIs,
  daysAgo,
  fillsIn,
  minutesAgo,
  presses,
  records,
  type Scenario,
  says,
} from './scenario.ts'

/** With the assistant, or handed over and waiting for a person. */
export const greekWithAssistant: readonly Scenario[] = [
  {
    key: 'el-record-har-chrome',
    contact: { name: 'Κατερίνα Δήμου', email: 'k.dimou@anemos-travel.example' },
    locale: 'el',
    began: minutesAgo(7),
    opens: 'Πώς κάνω καταγραφή HAR στο Chrome;',
    beats: [],
  },
  {
    key: 'el-upload-checks-running',
    contact: { name: 'Νίκος Βλαχάκης', email: 'vlachakis@kipos-arch.example' },
    locale: 'el',
    began: minutesAgo(23),
    page: 'https://app.northlight.example/files',
    opens:
      'Δεν ανεβαίνει το αρχείο. Είναι ένα PDF με σχέδια και το ανέβασμα κολλάει πριν το τέλος. Firefox σε Windows 11.',
    beats: [
      browserIs({ browser: 'Firefox', browserVersion: '145', os: 'Windows', osVersion: '11', device: 'desktop' }),
      presses(2, 'flow:upload-failure:file-size:under-limit'),
      presses(2, 'flow:upload-failure:reload:still-fails'),
    ],
  },
  {
    key: 'el-greeklish-request-id',
    contact: { name: 'Stelios Manos', email: 'stelios@manoscode.example' },
    locale: 'el',
    began: minutesAgo(64),
    opens: 'kalispera, pou vrisko to request id mias klisis API pou apetyxe?',
    beats: [],
  },
  {
    key: 'el-sso-no-accounts',
    contact: { name: 'Δέσποινα Ράλλη', email: 'd.ralli@thalassa-logistics.example' },
    locale: 'el',
    began: minutesAgo(95),
    page: 'https://app.northlight.example/sign-in',
    opens:
      'Δεν μπορώ να συνδεθώ με Microsoft, γράφει «Δεν βρέθηκαν λογαριασμοί». Η πρόσκληση ήρθε στο d.ralli@thalassa-logistics.example.',
    beats: [
      accountIs('d.ralli@thalassa-logistics.example', 'enterprise'),
      presses(4, 'flow:sso-no-accounts:exact-account:still-fails'),
      presses(5, 'flow:sso-no-accounts:fresh-session:still-fails'),
      presses(2, 'flow:sso-no-accounts:domain-change:no-change'),
      records(9, 'sso-no-accounts'),
      presses(1, 'person'),
    ],
  },
  {
    key: 'el-charged-twice',
    contact: { name: 'Γιώργος Σερέτης', email: 'info@seretis-optics.example' },
    locale: 'el',
    began: minutesAgo(150),
    opens:
      'Χρεώθηκα δύο φορές τον ίδιο μήνα, 20 ευρώ και ξανά 20 ευρώ. Πρόγραμμα Plus, λογαριασμός info@seretis-optics.example.',
    beats: [
      accountIs('info@seretis-optics.example', 'plus'),
      says(2, 'Θέλω να μιλήσω με άνθρωπο'),
      says(2, 'Η κάρτα τελειώνει σε 2093, αν βοηθάει.'),
    ],
  },
  {
    key: 'el-policy-flag',
    contact: { name: 'Αθηνά Μπόζου', email: 'a.bozou@periodiko-okto.example' },
    locale: 'el',
    began: daysAgo(1, '14:25'),
    opens:
      'Ένα μήνυμά μου σταμάτησε λόγω πολιτικής χρήσης. Ζητούσα περίληψη ενός αστυνομικού διηγήματος. Έγραφε: «This request may go against our usage policy.» Αναγνωριστικό req_U2hk9PwLs6yd.',
    beats: [
      accountIs('a.bozou@periodiko-okto.example', 'plus'),
      says(3, 'Θα ήθελα να μιλήσω με κάποιον άνθρωπο, για να καταλάβω τι φταίει.'),
      fillsIn(2, {
        field: 'policy_message',
        value: { message: 'This request may go against our usage policy.', requestId: 'req_U2hk9PwLs6yd' },
      }),
    ],
  },
  {
    key: 'el-api-timeout',
    contact: { name: 'Μάρκος Ιωαννίδης', email: 'm.ioannidis@deltapay.example' },
    locale: 'el',
    began: minutesAgo(215),
    opens:
      'Οι κλήσεις στο API αργούν πάνω από 40 δευτερόλεπτα και μετά κόβονται. Από χθες το βράδυ, περίπου μία στις δέκα. Παράδειγμα: req_m4Xc70QeJt9b.',
    beats: [
      fillsIn(3, { field: 'workspace', value: { organisationId: 'org-deltapay', projectId: 'proj_checkout' } }),
      accountIs('m.ioannidis@deltapay.example', 'business'),
      says(2, 'Θέλω να μιλήσω με εκπρόσωπο, είναι σε παραγωγή.'),
    ],
  },
]
