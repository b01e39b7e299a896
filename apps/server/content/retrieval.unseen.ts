import { asQuestions, type Question } from './retrieval.questions.ts'

/**
 * Harder wordings for the first eight articles, written after those were finished; neither they nor their keywords were
 * adjusted to them. The articles that came later compete, and were worded so as to leave other articles' words to them.
 */
export const unseenQuestions: Question[] = [
  ...asQuestions(
    {
      'contacting-support': [
        'connect me with customer care',
        'I would rather fill in a form than chat',
        'does the assistant hand me over to a colleague',
        'whats your e-mail adress',
      ],
      'what-to-include': [
        'what do you want to know about my setup',
        'list of things to prepare before I write',
        'how exact must the time of the error be',
        'give me an example of a well written report',
      ],
      'finding-request-ids': [
        'node js print request identifier on error',
        'how can I look up the identifier of an API response',
        'where is my organisation id shown',
        'chatcmpl number where',
      ],
      'capture-a-har': [
        'steps for saving a http archive',
        'safari developer menu is missing',
        'how to log network requests in microsoft edge',
        'persist logs option firefox wher',
      ],
      'sanitise-and-share-a-har': [
        'I do not want to reveal my session to you',
        'recording is larger than the attachment limit',
        'I sent the har without cleaning it, what now',
        'do you strip personal information',
      ],
      'upload-failures': [
        'image does not attach, progress bar freezes',
        'payload too large',
        'documents are refused when I drag them in',
        'ad blocker and uplaods',
      ],
      'sso-no-accounts-found': [
        'signing in with azure ad finds nothing',
        'my colleagues get in with okta but I do not',
        'we were renamed and our mail addresses are new',
        'work acount is not recognized',
      ],
      'account-sign-in-and-billing': [
        'there is a payment on my statement I do not recognise',
        'reset mail is not coming',
        'someone hacked my account',
        'switch from business to team',
        'sesion expired again and again',
      ],
    },
    'en',
  ),
  ...asQuestions(
    {
      'contacting-support': ['δώστε μου έναν υπάλληλο', 'έχετε φόρμα για παράπονα', 'thelo na stilo email'],
      'what-to-include': [
        'τι να ετοιμάσω πριν σας γράψω',
        'πόσο ακριβής πρέπει να είναι η ώρα',
        'pos na anafero to provlima',
      ],
      'finding-request-ids': [
        'πού φαίνεται το id του οργανισμού',
        'αναγνωριστικο αποκρισης σε python',
        'pou vrisko to x-request-id',
      ],
      'capture-a-har': [
        'βήματα για να γράψω την κίνηση του δικτύου',
        'δεν βλέπω μενού προγραμματιστή στο safari',
        'pws apo8hkeuw har apo edge',
      ],
      'sanitise-and-share-a-har': [
        'φοβάμαι μην φανούν τα προσωπικά μου στοιχεία',
        'η καταγραφή ξεπερνά το όριο για συνημμένα',
        'esteila to har xwris na to ka8arisw',
      ],
      'upload-failures': [
        'η φωτογραφία δεν φορτώνει, κόβεται στη μέση',
        'εμποδίζει το firewall τα αρχεία;',
        'h metafortwsh kollhse',
      ],
      'sso-no-accounts-found': [
        'ο εταιρικός μου λογαριασμός δεν υπάρχει λέει',
        'πήρα πρόσκληση αλλά δεν μπαίνω',
        'alla3e to domain mas kai den mpainoume',
      ],
      'account-sign-in-and-billing': [
        'βλέπω μια πληρωμή που δεν έκανα',
        'κάποιος μπήκε στον λογαριασμό μου',
        'pos allazo programma',
        'αποσυνδέομαι συνέχεια',
      ],
    },
    'el',
  ),
]

export const unseenOutOfScope: Omit<Question, 'slug'>[] = [
  { text: 'how old is the universe', locale: 'en' },
  { text: 'recommend a novel by a Greek author', locale: 'en' },
  { text: 'what should I wear to a wedding', locale: 'en' },
  { text: 'can you fix my car engine', locale: 'en' },
  { text: 'how many calories are in an avocado', locale: 'en' },
  { text: 'explain photosynthesis', locale: 'en' },
  { text: 'cheap hotels near the beach', locale: 'en' },
  { text: 'is the stock market open today', locale: 'en' },
  { text: 'πόσες θερμίδες έχει το αβοκάντο', locale: 'el' },
  { text: 'ποιο είναι το καλύτερο νησί για διακοπές', locale: 'el' },
  { text: 'εξήγησέ μου τη φωτοσύνθεση', locale: 'el' },
  { text: 'τι ώρα κλείνουν τα φαρμακεία', locale: 'el' },
  { text: 'poso kanei ena eisitirio gia athina', locale: 'el' },
  { text: 'sintagi gia pastitsio', locale: 'el' },
]
