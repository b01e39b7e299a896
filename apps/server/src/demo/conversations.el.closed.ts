import { accountIs, daysAgo, notes, presses, reopens, replies, resolves, type Scenario, says } from './scenario.ts'

/** Solved by the assistant or by an agent, and one that came back. */
export const greekClosed: readonly Scenario[] = [
  {
    key: 'el-upload-private-window',
    contact: { name: 'Λένα Ξυδάκη', email: 'lena@xydaki-ceramics.example' },
    locale: 'el',
    began: daysAgo(4, '16:20'),
    page: 'https://app.northlight.example/files',
    opens: 'Δεν μπορώ να ανεβάσω αρχείο, κολλάει στο 100 % και βγάζει σφάλμα.',
    beats: [
      presses(1, 'flow:upload-failure:file-size:under-limit'),
      presses(1, 'flow:upload-failure:reload:still-fails'),
      presses(2, 'flow:upload-failure:clear-site-data:not-possible'),
      presses(1, 'flow:upload-failure:extensions:skip'),
      presses(3, 'flow:upload-failure:private-window:worked'),
    ],
  },
  {
    key: 'el-cancel-plan',
    contact: { name: 'Ορέστης Πανταζής', email: 'orestis@pantazis-film.example' },
    locale: 'el',
    began: daysAgo(4, '08:05'),
    opens: 'Θέλω να ακυρώσω το πρόγραμμα Plus από τον επόμενο μήνα. Λογαριασμός orestis@pantazis-film.example.',
    beats: [
      accountIs('orestis@pantazis-film.example', 'plus'),
      presses(2, 'person'),
      replies(
        28,
        'eleni',
        'Καλημέρα σας. Η ακύρωση ορίστηκε για το τέλος του τρέχοντος μήνα. Ως τότε όλα λειτουργούν όπως τώρα και μετά ο λογαριασμός περνά στο Free, με τις συνομιλίες σας στη θέση τους. Άλλη χρέωση δεν θα γίνει.',
      ),
      says(19, 'Τέλεια, ευχαριστώ για την άμεση απάντηση.'),
      resolves(3, 'eleni'),
    ],
  },
  {
    key: 'el-large-har',
    contact: { name: 'Ιάσονας Φωκάς', email: 'i.fokas@pelagos-marine.example' },
    locale: 'el',
    began: daysAgo(3, '15:40'),
    opens: 'Το αρχείο HAR που κατέγραψα είναι 61 MB και δεν γίνεται δεκτό τόσο μεγάλο. Πώς σας το στέλνω;',
    beats: [
      says(3, 'Θέλω να μιλήσω με εκπρόσωπο, γίνεται;'),
      replies(
        14,
        'sofia',
        'Καλησπέρα σας. Καθαρίστε το πρώτα στη σελίδα HAR: το καθαρό αντίγραφο είναι συνήθως πολύ μικρότερο και ίσως χωρέσει στα 25 MB. Αν όχι, ανεβάστε το καθαρό αντίγραφο σε δικό σας χώρο, για παράδειγμα στο Google Drive ή στο Dropbox, με σύνδεσμο μόνο για προβολή, και στείλτε μας τον σύνδεσμο εδώ.',
      ),
      says(
        31,
        'Μετά τον καθαρισμό έγινε 6 MB! Στην αναφορά είδα μάλιστα το αίτημα που έφταιγε: το μπλόκαρε μια επέκταση.',
      ),
      notes(2, 'sofia', 'Solved by himself with the report of the HAR page.'),
      replies(
        3,
        'sofia',
        'Πολύ καλά νέα. Σβήστε την αρχική καταγραφή από τον υπολογιστή σας, γιατί περιέχει ακόμη τα cookies σας.',
      ),
      resolves(2, 'sofia'),
    ],
  },
  {
    key: 'el-invitation',
    contact: { name: 'Μυρτώ Αλεξίου', email: 'm.alexiou@kyklos-legal.example' },
    locale: 'el',
    began: daysAgo(2, '09:30'),
    opens:
      'Με προσκάλεσαν στον χώρο εργασίας της εταιρείας, αλλά η σύνδεση με Google γράφει «Δεν βρέθηκαν λογαριασμοί».',
    beats: [
      accountIs('m.alexiou@kyklos-legal.example', 'team'),
      says(4, 'θα ήθελα να μιλήσω με εκπρόσωπο'),
      replies(
        12,
        'eleni',
        'Καλημέρα σας. Δείτε σε ποια διεύθυνση στάλθηκε η πρόσκληση και, στη σελίδα σύνδεσης, επιλέξτε «Χρήση άλλου λογαριασμού» με ακριβώς αυτήν. Ένας προσωπικός λογαριασμός με παρόμοιο όνομα δεν ταιριάζει.',
      ),
      says(17, 'Σωστά, με έβαζε με το προσωπικό μου. Τώρα μπήκα, ευχαριστώ!'),
      resolves(2, 'eleni'),
      reopens(1290, 'eleni'),
      notes(
        1,
        'eleni',
        'Έγραψε ο διαχειριστής τους: το ίδιο βλέπουν ακόμη δύο άτομα. Το κρατώ ανοιχτό ώσπου να συνδεθούν.',
      ),
    ],
  },
]
