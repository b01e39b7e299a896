import { createT, type Locale } from '@clew/i18n'
import { catalogue as sharedInGreek } from '@clew/i18n/generated/share.el'
import { catalogue as sharedInEnglish } from '@clew/i18n/generated/share.en'
import { catalogue as greek } from '@clew/i18n/generated/site.el'
import { catalogue as english } from '@clew/i18n/generated/site.en'
import { createPaths, type Site } from '../site.ts'
import type { ContactView } from '../views.contact.ts'
import type { MyCaseView, MyListView } from '../views.my.ts'
import type { HarPageView, HomeView, SearchView, SectionView, SharedCaptureView, StatusView } from '../views.ts'

const paths = createPaths('https://help.northlight.example')
const morning = new Date('2026-11-24T08:06:00Z')

export function sampleSite(locale: Locale, more: Partial<Site> = {}): Site {
  return {
    brand: { name: 'Northlight' },
    locale,
    t: createT({ locale, timeZone: 'Europe/Athens' }, locale === 'el' ? greek : english),
    paths,
    assets: {
      url: (name) => `/assets/${name}`,
      importsOf: () => [],
      preloadFonts: { latin: ['/assets/latin.woff2'], greek: ['/assets/greek.woff2'] },
    },
    widgetSrc: '/widget/loader.js',
    serviceState: 'degraded',
    ...more,
  }
}

const en = (locale: Locale) => locale === 'en'

const articles = (...titles: string[]) => titles.map((title, index) => ({ slug: `article-${index}`, title }))

const englishSections: HomeView['sections'] = [
  {
    slug: 'troubleshooting',
    title: 'Troubleshooting',
    count: 2,
    articles: [
      { slug: 'upload-failures', title: 'Upload failures', state: 'degraded' },
      { slug: 'sso', title: '“No accounts found” with Microsoft or Google' },
    ],
  },
  {
    slug: 'account',
    title: 'Account, sign-in and billing',
    count: 1,
    articles: articles('Account, sign-in and billing: where things are'),
  },
  { slug: 'api', title: 'API', count: 1, articles: articles('Where to find a request id') },
  {
    slug: 'privacy',
    title: 'Privacy and HAR files',
    count: 2,
    articles: articles('Capture a HAR in seven steps', 'What we remove before you send it'),
  },
  {
    slug: 'support',
    title: 'Contacting support',
    count: 2,
    articles: articles('How to reach us', 'What to include'),
  },
]

const greekSections: HomeView['sections'] = [
  {
    slug: 'troubleshooting',
    title: 'Αντιμετώπιση προβλημάτων',
    count: 2,
    articles: [
      { slug: 'upload-failures', title: 'Αποτυχία μεταφόρτωσης αρχείου', state: 'degraded' },
      { slug: 'sso', title: '«Δεν βρέθηκαν λογαριασμοί» με Microsoft ή Google' },
    ],
  },
  { slug: 'account', title: 'Λογαριασμός, σύνδεση και χρέωση', count: 1, articles: articles('Πού βρίσκεται τι') },
  { slug: 'api', title: 'API', count: 1, articles: articles('Πού βρίσκεται το αναγνωριστικό αιτήματος') },
  {
    slug: 'privacy',
    title: 'Απόρρητο και αρχεία HAR',
    count: 2,
    articles: articles('Καταγραφή HAR σε επτά βήματα', 'Τι αφαιρούμε πριν το στείλετε'),
  },
]

export function sampleHome(locale: Locale): HomeView {
  return {
    now: morning,
    sections: en(locale) ? englishSections : greekSections,
    facts: {
      service: {
        state: 'degraded',
        sentence: en(locale) ? 'Uploads are slower than usual' : 'Οι μεταφορτώσεις αργούν',
        since: new Date('2026-11-24T07:42:00Z'),
        nextUpdateBy: new Date('2026-11-24T08:30:00Z'),
      },
      wait: { minutes: 6, overDays: 14 },
      changed: {
        count: 4,
        latest: { slug: 'upload-failures', title: en(locale) ? 'Upload failures' : 'Αποτυχία μεταφόρτωσης αρχείου' },
      },
    },
    changes: [
      {
        article: { slug: 'upload-failures', title: en(locale) ? 'Upload failures' : 'Αποτυχία μεταφόρτωσης αρχείου' },
        at: new Date('2026-11-24T07:54:00Z'),
        note: en(locale)
          ? 'Added: corporate proxies, and what the 20 MB limit counts.'
          : 'Προστέθηκαν οι εταιρικοί διακομιστές μεσολάβησης και τι μετράει στο όριο των 20 MB.',
      },
      {
        article: { slug: 'har', title: en(locale) ? 'Capture a HAR in seven steps' : 'Καταγραφή HAR σε επτά βήματα' },
        at: new Date('2026-11-23T15:20:00Z'),
      },
    ],
  }
}

export function sampleSearch(locale: Locale): SearchView {
  const greekText = locale === 'el'
  return {
    query: greekText ? 'den anevainei to arxeio' : 'uplod stuck at 100',
    total: 3,
    readAs: greekText
      ? { kind: 'greeklish', text: 'δεν ανεβαίνει το αρχείο' }
      : { kind: 'typo', text: 'upload stuck at 100' },
    results: [
      {
        slug: 'upload-failures',
        title: [{ text: greekText ? 'Αποτυχία μεταφόρτωσης αρχείου' : 'Upload failures' }],
        snippet: greekText
          ? [{ text: 'Ελέγξτε ότι το ' }, { text: 'αρχείο', match: true }, { text: ' είναι κάτω από 20 MB.' }]
          : [
              { text: 'A VPN, proxy or firewall cut the ' },
              { text: 'upload', match: true },
              { text: '. Try from another network if your rules allow it.' },
            ],
        section: greekText ? 'Αντιμετώπιση προβλημάτων' : 'Troubleshooting',
        updatedOn: morning,
        best: true,
      },
      {
        slug: 'har',
        title: [{ text: greekText ? 'Καταγραφή HAR σε επτά βήματα' : 'Capture a HAR in seven steps' }],
        snippet: [{ text: greekText ? 'Όταν το ζητά η υποστήριξη.' : 'When support asks for one: what it shows.' }],
        section: 'HAR',
        updatedOn: morning,
      },
      {
        slug: 'resume',
        title: [{ text: 'Resume an upload that broke off' }],
        snippet: [{ text: 'Ask for the offset with HEAD.' }],
        section: 'API',
        updatedOn: morning,
        ...(greekText && { onlyIn: 'en' as const }),
      },
    ],
  }
}

export const sampleSection = (locale: Locale): SectionView => ({
  slug: 'troubleshooting',
  title: en(locale) ? 'Troubleshooting' : 'Αντιμετώπιση προβλημάτων',
  description: en(locale) ? 'What to try when something does not work.' : 'Τι να δοκιμάσετε όταν κάτι δεν λειτουργεί.',
  articles: [
    {
      slug: 'upload-failures',
      title: en(locale) ? 'Upload failures' : 'Αποτυχία μεταφόρτωσης αρχείου',
      description: en(locale) ? 'Six checks, quickest first.' : 'Έξι έλεγχοι, με τον πιο γρήγορο πρώτο.',
      updatedOn: morning,
      state: 'degraded',
    },
    {
      slug: 'sso',
      title: en(locale) ? '“No accounts found”' : '«Δεν βρέθηκαν λογαριασμοί»',
      description: en(locale)
        ? 'Which account you used, and which one was invited.'
        : 'Με ποιον λογαριασμό συνδεθήκατε και ποιος προσκλήθηκε.',
      updatedOn: morning,
    },
  ],
})

export const sampleStatus = (locale: Locale): StatusView => ({
  checkedAt: morning,
  components: [
    { name: en(locale) ? 'Web app' : 'Εφαρμογή ιστού', state: 'ok' },
    { name: en(locale) ? 'File uploads' : 'Μεταφορτώσεις', state: 'degraded' },
    { name: 'API', state: 'ok' },
    { name: en(locale) ? 'Email' : 'Ηλεκτρονική αλληλογραφία', state: 'maintenance' },
  ],
  incidents: [
    {
      id: 'uploads',
      title: en(locale) ? 'Slower uploads over 5 MB' : 'Αργές μεταφορτώσεις άνω των 5 MB',
      lang: locale,
      state: 'degraded',
      components: [en(locale) ? 'File uploads' : 'Μεταφορτώσεις'],
      startedAt: new Date('2026-11-24T07:42:00Z'),
      updates: [
        {
          status: 'identified',
          text: en(locale) ? 'One gateway ran out of connections.' : 'Μία πύλη εξάντλησε τις συνδέσεις της.',
          lang: locale,
          at: new Date('2026-11-24T07:58:00Z'),
        },
        {
          status: 'investigating',
          text: 'About 1 in 12 uploads ends without an answer.',
          lang: 'en',
          at: new Date('2026-11-24T07:47:00Z'),
        },
      ],
    },
  ],
  history: {
    days: 14,
    incidents: [
      {
        id: 'sign-in',
        title: en(locale) ? 'Sign-in was slow for some' : 'Η σύνδεση αργούσε για ορισμένους',
        lang: locale,
        state: 'degraded',
        components: [],
        startedAt: new Date('2026-11-20T12:20:00Z'),
        resolvedAt: new Date('2026-11-20T12:58:00Z'),
        updates: [
          {
            status: 'resolved',
            text: en(locale) ? 'We keep the last good answer now.' : 'Κρατάμε πλέον την τελευταία καλή απάντηση.',
            lang: locale,
            at: new Date('2026-11-20T12:58:00Z'),
          },
        ],
      },
    ],
  },
})

export const sampleContact = (locale: Locale): ContactView => ({
  csrfToken: 'token-1',
  kind: 'upload',
  browser: 'Firefox 145, Windows',
  progress: { score: 43, next: 'timestamps' },
  files: [{ id: '0191e0aa-0000-8000-8000-000000000001', name: 'stuck.png', sizeBytes: 412_000, isCapture: false }],
  values: {
    kind: 'upload',
    problem: en(locale) ? 'The upload stops at 100 %.' : 'Η μεταφόρτωση σταματά στο 100 %.',
    email: 'eleni@',
    time_zone: 'Europe/Athens',
  },
  errors: { email: 'email_invalid', steps: 'too_long' },
  article: {
    slug: 'upload-failures',
    title: en(locale) ? 'Upload failures' : 'Αποτυχία μεταφόρτωσης αρχείου',
    tried: [{ id: 'size', title: en(locale) ? 'Check the size' : 'Ελέγξτε το μέγεθος' }],
  },
  timeZones: ['Europe/Athens', 'Europe/London'],
  operator: { sanitising: { policy: 'standard', keepBodiesOf: [], rules: [] }, maxCaptureBytes: 1_000_000_000 },
})

export const sampleHar: HarPageView = {
  sanitising: { policy: 'standard', keepBodiesOf: [], rules: [] },
  maxCaptureBytes: 1_000_000_000,
}

export const sampleSharedWords = (locale: Locale) => ({
  t: createT({ locale, timeZone: 'Europe/Athens' }, locale === 'el' ? sharedInGreek : sharedInEnglish),
})

const sampleRequest = { method: 'GET', host: 'app.northlight.example', status: 200, sizeBytes: 4200, totalMs: 181.4 }

/** One that failed, one that got no answer, and one with a long address. */
export const sampleShared = (locale: Locale): SharedCaptureView => ({
  name: 'app.northlight.example.har',
  findings: [
    {
      severity: 'high',
      message: en(locale) ? 'The file is larger than the server takes.' : 'Το αρχείο είναι μεγαλύτερο από το όριο.',
      requestIds: ['req_7Kd93hVb2Q7'],
    },
  ],
  entries: [
    { ...sampleRequest, index: 0, path: '/' },
    { ...sampleRequest, index: 1, method: 'POST', path: '/api/v1/workspaces/4f0c/files', status: 413, totalMs: 2140 },
    {
      ...sampleRequest,
      index: 2,
      path: `/api/v1/workspaces/4f0c/search?${Array.from({ length: 20 }, (_, n) => `filter${n}=${n}`).join('&')}&q=invoice`,
    },
    { ...sampleRequest, index: 3, path: `/assets/${'a'.repeat(180)}`, status: 0, error: 'net::ERR_CONNECTION_RESET' },
  ],
  entryCount: 120,
  isExpired: false,
  expiresAt: new Date('2026-12-01T10:00:00Z'),
})

export const sampleMyList = (locale: Locale): MyListView => ({
  csrfToken: 'token-1',
  address: 'eleni.markou@kyma.example',
  cases: [
    {
      number: 1042,
      title: en(locale) ? 'The upload stops at 100 %' : 'Η μεταφόρτωση σταματά στο 100 %',
      status: 'open',
      handling: 'agent',
      ownerName: 'Dimitra',
      lastActivityAt: new Date('2026-11-24T08:12:00Z'),
      unread: 1,
    },
    {
      number: 1007,
      title: en(locale) ? 'An invoice for two seats too many' : 'Τιμολόγιο με δύο θέσεις παραπάνω',
      status: 'resolved',
      handling: 'agent',
      lastActivityAt: new Date('2026-11-02T14:20:00Z'),
      unread: 0,
    },
  ],
})

export const sampleMyCase = (locale: Locale): MyCaseView => ({
  csrfToken: 'token-1',
  line: { ...(sampleMyList(locale).cases[0] as MyListView['cases'][number]), status: 'resolved' },
  given: 3,
  wanted: 4,
  messages: [
    {
      id: '1',
      at: new Date('2026-11-24T07:50:00Z'),
      by: 'contact',
      body: `${en(locale) ? 'It stops at 100 %.' : 'Σταματά στο 100 %.'}\n\n\`\`\`\n$ curl -F file=@q3.pdf\n  413\n\`\`\``,
      files: [{ name: 'stuck.png', href: '#', sizeBytes: 412_000 }],
      isMasked: true,
    },
    {
      id: '2',
      at: new Date('2026-11-24T07:51:00Z'),
      by: 'system',
      body: '',
      files: [],
      event: { type: 'took_over', name: 'Dimitra' },
      isMasked: false,
    },
    {
      id: '3',
      at: new Date('2026-11-24T08:12:00Z'),
      by: 'agent',
      name: 'Dimitra',
      body: en(locale) ? 'Your proxy cuts it off at 20 MB.' : 'Ο διακομιστής μεσολάβησης το κόβει στα 20 MB.',
      files: [],
      isMasked: false,
    },
  ],
  captures: [
    {
      id: '1',
      name: 'upload.har',
      state: 'analysed',
      findings: [en(locale) ? 'The upload was answered with 413.' : 'Η μεταφόρτωση απαντήθηκε με 413.'],
    },
  ],
})
