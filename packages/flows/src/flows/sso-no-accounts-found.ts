import type { Flow } from '../flow.ts'
import { notPossible, skip, stillFails, worked } from './replies.ts'

export const ssoNoAccountsFound: Flow = {
  id: 'sso-no-accounts-found',
  version: 1,
  title: {
    en: '“No accounts found” when signing in with SSO',
    el: '«Δεν βρέθηκαν λογαριασμοί» στην ενιαία σύνδεση (SSO)',
  },
  articleSlug: 'sso-no-accounts-found',
  triggers: {
    phrases: {
      en: [
        'no accounts found',
        'sso says no account',
        'cannot sign in with microsoft',
        'cannot sign in with google',
        'single sign-on does not find my account',
        'work account not recognised',
      ],
      el: [
        'δεν βρέθηκαν λογαριασμοί',
        'δεν βρίσκει τον λογαριασμό μου',
        'δεν μπορώ να συνδεθώ με microsoft',
        'δεν μπορώ να συνδεθώ με google',
        'πρόβλημα με την ενιαία σύνδεση',
        'το sso δεν με αναγνωρίζει',
      ],
    },
  },
  steps: [
    {
      id: 'exact-account',
      title: { en: 'Sign in with the exact account', el: 'Συνδεθείτε με τον ακριβή λογαριασμό' },
      say: {
        en: 'Choose “Use another account” and sign in with the exact Microsoft or Google account that owns the workspace or was invited to it. An alias or a personal account with a similar name does not match. The invitation mail shows the right address.',
        el: 'Επιλέξτε «Χρήση άλλου λογαριασμού» και συνδεθείτε με τον ακριβή λογαριασμό Microsoft ή Google που έχει τον χώρο εργασίας ή προσκλήθηκε σε αυτόν. Ένα ψευδώνυμο ή ένας προσωπικός λογαριασμός με παρόμοιο όνομα δεν ταιριάζει. Τη σωστή διεύθυνση τη δείχνει το μήνυμα της πρόσκλησης.',
      },
      minutes: 1,
      replies: [worked(), stillFails('fresh-session'), skip('fresh-session')],
    },
    {
      id: 'fresh-session',
      title: {
        en: 'Use a private window, or sign out and in again',
        el: 'Δοκιμάστε ανώνυμη περιήγηση ή αποσυνδεθείτε και συνδεθείτε ξανά',
      },
      say: {
        en: 'The browser may keep signing you in with another account. Open a private window and sign in there, or sign out of Microsoft or Google completely and sign in again.',
        el: 'Το πρόγραμμα περιήγησης ίσως σας συνδέει κάθε φορά με άλλον λογαριασμό. Ανοίξτε παράθυρο ανώνυμης περιήγησης και συνδεθείτε εκεί, ή αποσυνδεθείτε εντελώς από τη Microsoft ή την Google και συνδεθείτε ξανά.',
      },
      minutes: 2,
      replies: [worked(), stillFails('domain-change'), skip('domain-change'), notPossible('domain-change')],
    },
    {
      id: 'domain-change',
      title: { en: 'Did your organisation change its domain?', el: 'Άλλαξε τομέα ο οργανισμός σας;' },
      say: {
        en: 'If your address changed, for instance after a merger or a new name, ask an administrator of your organisation to invite your right address on the current domain. Then accept the new invitation.',
        el: 'Αν άλλαξε η διεύθυνσή σας, για παράδειγμα μετά από συγχώνευση ή νέα επωνυμία, ζητήστε από διαχειριστή του οργανισμού σας να προσκαλέσει τη σωστή διεύθυνση στον τωρινό τομέα. Μετά αποδεχτείτε τη νέα πρόσκληση.',
      },
      minutes: 5,
      replies: [
        {
          id: 'worked',
          label: { en: 'Invited again, it works', el: 'Νέα πρόσκληση, λύθηκε' },
          outcome: 'fixed',
          next: 'done',
        },
        {
          id: 'still-fails',
          label: { en: 'Invited again, still fails', el: 'Νέα πρόσκληση, δεν λύθηκε' },
          outcome: 'not_fixed',
          next: 'handover',
        },
        {
          id: 'no-change',
          label: { en: 'The domain did not change', el: 'Ο τομέας δεν άλλαξε' },
          outcome: 'not_fixed',
          next: 'handover',
        },
        {
          id: 'no-administrator',
          label: { en: 'I cannot reach an administrator', el: 'Δεν βρίσκω διαχειριστή' },
          outcome: 'not_possible',
          next: 'handover',
        },
      ],
    },
  ],
}
