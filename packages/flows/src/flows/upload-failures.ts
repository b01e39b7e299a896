import type { Flow } from '../flow.ts'
import { notPossible, skip, stillFails, worked } from './replies.ts'

export const uploadFailures: Flow = {
  id: 'upload-failures',
  version: 1,
  title: { en: 'Upload failures', el: 'Αποτυχία μεταφόρτωσης αρχείου' },
  articleSlug: 'upload-failures',
  triggers: {
    phrases: {
      en: [
        'upload fails',
        'cannot upload a file',
        'file will not upload',
        'upload stuck at 100 %',
        'could not upload',
        '413 payload too large',
        'attachment does not go through',
      ],
      el: [
        'δεν ανεβαίνει το αρχείο',
        'η μεταφόρτωση αποτυγχάνει',
        'δεν μπορώ να ανεβάσω αρχείο',
        'το ανέβασμα κολλάει',
        'σφάλμα στη μεταφόρτωση',
        'κόλλησε στο 100 %',
      ],
    },
  },
  steps: [
    {
      id: 'file-size',
      title: { en: 'Check that the file is under 20 MB', el: 'Ελέγξτε ότι το αρχείο είναι κάτω από 20 MB' },
      say: {
        en: 'Look at the size of the file on your disk. If it is 20 MB or more, compress it, split it, or save it in a lighter format, then try again.',
        el: 'Δείτε το μέγεθος του αρχείου στον δίσκο σας. Αν είναι 20 MB ή περισσότερο, συμπιέστε το, χωρίστε το ή αποθηκεύστε το σε ελαφρύτερη μορφή και δοκιμάστε ξανά.',
      },
      minutes: 1,
      replies: [
        {
          id: 'under-limit',
          label: { en: 'It is under 20 MB', el: 'Είναι κάτω από 20 MB' },
          outcome: 'not_fixed',
          next: 'reload',
        },
        {
          id: 'made-smaller',
          label: { en: 'I made it smaller, it works', el: 'Το μίκρυνα και ανέβηκε' },
          outcome: 'fixed',
          next: 'done',
        },
        {
          id: 'cannot-shrink',
          label: { en: 'It is larger and must stay so', el: 'Είναι μεγαλύτερο και δεν μικραίνει' },
          outcome: 'not_possible',
          next: 'handover',
        },
        skip('reload'),
      ],
    },
    {
      id: 'reload',
      title: { en: 'Reload the page', el: 'Φορτώστε ξανά τη σελίδα' },
      say: {
        en: 'Copy any text that you have not saved, then reload the page and try the upload again. A tab that stayed open for long may hold a session that has ended.',
        el: 'Αντιγράψτε όποιο κείμενο δεν έχετε αποθηκεύσει, φορτώστε ξανά τη σελίδα και δοκιμάστε πάλι. Μια καρτέλα που έμεινε ώρες ανοιχτή ίσως κρατά μια σύνδεση που έχει λήξει.',
      },
      minutes: 1,
      replies: [worked(), stillFails('clear-site-data'), skip('clear-site-data')],
    },
    {
      id: 'clear-site-data',
      title: {
        en: 'Clear cache and cookies for this site',
        el: 'Καθαρίστε προσωρινή μνήμη και cookies αυτού του ιστότοπου',
      },
      say: {
        en: 'Open the icon beside the address, go to cookies and site data, and remove what is stored for this site only. Sign in again and try the upload.',
        el: 'Ανοίξτε το εικονίδιο δίπλα στη διεύθυνση, πηγαίνετε στα cookies και τα δεδομένα ιστότοπου και διαγράψτε μόνο όσα αφορούν αυτόν τον ιστότοπο. Συνδεθείτε ξανά και δοκιμάστε.',
      },
      minutes: 2,
      replies: [worked(), stillFails('extensions'), skip('extensions'), notPossible('extensions')],
    },
    {
      id: 'extensions',
      title: { en: 'Turn off browser extensions', el: 'Απενεργοποιήστε τις επεκτάσεις' },
      say: {
        en: 'Turn off the extensions that touch pages: ad blockers, privacy tools, download managers. Reload and try. If it works, turn them on again one at a time to find the one that interferes.',
        el: 'Απενεργοποιήστε τις επεκτάσεις που επεμβαίνουν στις σελίδες: φραγή διαφημίσεων, εργαλεία απορρήτου, διαχείριση λήψεων. Φορτώστε ξανά τη σελίδα και δοκιμάστε. Αν λυθεί, ενεργοποιήστε τις πάλι μία μία για να βρείτε ποια φταίει.',
      },
      minutes: 2,
      replies: [worked(), stillFails('private-window'), skip('private-window'), notPossible('private-window')],
    },
    {
      id: 'private-window',
      title: { en: 'Try a private window', el: 'Δοκιμάστε ανώνυμη περιήγηση' },
      say: {
        en: 'Open a private window, sign in there and try the same file. It starts with no old cookies and, usually, no extensions. If it works there, one of those two was the cause.',
        el: 'Ανοίξτε παράθυρο ανώνυμης περιήγησης, συνδεθείτε εκεί και δοκιμάστε το ίδιο αρχείο. Ξεκινά χωρίς παλιά cookies και συνήθως χωρίς επεκτάσεις. Αν εκεί λειτουργεί, έφταιγε ένα από τα δύο.',
      },
      minutes: 1,
      replies: [
        {
          id: 'worked',
          label: { en: 'It works there', el: 'Εκεί λειτουργεί' },
          outcome: 'fixed',
          next: 'done',
        },
        {
          id: 'still-fails',
          label: { en: 'It fails there too', el: 'Ούτε εκεί λειτουργεί' },
          outcome: 'not_fixed',
          next: 'network',
        },
        skip('network'),
        notPossible('network'),
      ],
    },
    {
      id: 'network',
      title: { en: 'Leave VPN, proxy or firewall for a moment', el: 'Χωρίς VPN, proxy ή τείχος προστασίας για λίγο' },
      say: {
        en: 'A VPN, proxy or firewall can block or cut uploads. If it is safe and your rules allow it, switch it off for a moment or try from another network, such as the hotspot of your phone.',
        el: 'Ένα VPN, ένας διακομιστής μεσολάβησης ή ένα τείχος προστασίας μπορεί να μπλοκάρει ή να κόβει τις μεταφορτώσεις. Αν είναι ασφαλές και το επιτρέπουν οι κανόνες σας, απενεργοποιήστε το για λίγο ή δοκιμάστε από άλλο δίκτυο, για παράδειγμα από το κινητό σας.',
      },
      minutes: 3,
      replies: [worked(), stillFails('handover'), skip('handover'), notPossible('handover')],
    },
  ],
}
