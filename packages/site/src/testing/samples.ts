import { createT, type Locale } from '@clew/i18n'
import { catalogue as greek } from '@clew/i18n/generated/site.el'
import { catalogue as english } from '@clew/i18n/generated/site.en'
import { trustSanitised } from '../safe-html.ts'
import { createPaths, type Site } from '../site.ts'
import type { ArticleView, ContactView, HomeView, SearchView, SectionView, StatusView } from '../views.ts'

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
      preloadFonts: { latin: ['/assets/latin.woff2'], greek: ['/assets/greek.woff2'] },
    },
    widgetSrc: '/widget/loader.js',
    serviceState: 'degraded',
    ...more,
  }
}

const en = (locale: Locale) => locale === 'en'

export function sampleHome(locale: Locale): HomeView {
  const articles = (...titles: string[]) => titles.map((title, index) => ({ slug: `article-${index}`, title }))
  return {
    now: morning,
    sections: en(locale)
      ? [
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
      : [
          {
            slug: 'troubleshooting',
            title: 'Αντιμετώπιση προβλημάτων',
            count: 2,
            articles: [
              { slug: 'upload-failures', title: 'Αποτυχία μεταφόρτωσης αρχείου', state: 'degraded' },
              { slug: 'sso', title: '«Δεν βρέθηκαν λογαριασμοί» με Microsoft ή Google' },
            ],
          },
          {
            slug: 'account',
            title: 'Λογαριασμός, σύνδεση και χρέωση',
            count: 1,
            articles: articles('Πού βρίσκεται τι στον λογαριασμό σας'),
          },
          { slug: 'api', title: 'API', count: 1, articles: articles('Πού βρίσκεται το αναγνωριστικό αιτήματος') },
          {
            slug: 'privacy',
            title: 'Απόρρητο και αρχεία HAR',
            count: 2,
            articles: articles('Καταγραφή HAR σε επτά βήματα', 'Τι αφαιρούμε πριν το στείλετε'),
          },
        ],
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

const step = (id: string, minutes: number, title: string, html: string) => ({
  id,
  minutes,
  title,
  html: trustSanitised(html),
})

export function sampleArticle(locale: Locale): ArticleView {
  const shared = {
    slug: 'upload-failures',
    updatedOn: new Date('2026-11-24T07:54:00Z'),
    minutes: 4,
    flowId: 'upload-failures',
    translations: { en: paths.article('en', 'upload-failures'), el: paths.article('el', 'upload-failures') },
    feedback: { helped: { yes: 9, of: 10 } },
  }
  const since = new Date('2026-11-24T07:42:00Z')
  if (locale === 'el')
    return {
      ...shared,
      title: 'Αποτυχία μεταφόρτωσης αρχείου',
      description:
        'Οι περισσότερες μεταφορτώσεις που αποτυγχάνουν σταματούν πριν φτάσουν σε εμάς: από το μέγεθος του αρχείου, από το πρόγραμμα περιήγησης ή από το δίκτυο.',
      section: { slug: 'troubleshooting', title: 'Αντιμετώπιση προβλημάτων' },
      incident: {
        state: 'degraded',
        title: 'Οι μεταφορτώσεις αργούν.',
        text: 'Αρχεία άνω των 5 MB ίσως χρειαστούν δεύτερη προσπάθεια.',
        since,
        href: paths.status('el'),
      },
      steps: [
        step(
          'size',
          1,
          'Ελέγξτε ότι το αρχείο είναι κάτω από 20 MB',
          '<p>Το όριο μετράει το αρχείο όπως είναι στον δίσκο σας.</p>',
        ),
        step(
          'reload',
          1,
          'Φορτώστε ξανά τη σελίδα',
          '<p>Μια καρτέλα που έμεινε ανοιχτή όλη νύχτα ίσως κρατά μια σύνδεση που έληξε.</p>',
        ),
        step(
          'cache',
          2,
          'Καθαρίστε cookies και προσωρινή μνήμη, μόνο για αυτόν τον ιστότοπο',
          '<p>Στο λουκέτο δίπλα στη διεύθυνση → <em>Cookies και δεδομένα</em> → αφαιρέστε το <code>northlight.example</code>.</p>',
        ),
      ],
      html: trustSanitised(
        '<h2 id="messages">Τι σημαίνει το μήνυμα</h2><table><thead><tr><th>Μήνυμα</th><th>Αιτία</th></tr></thead><tbody><tr><td><code>413 Payload Too Large</code></td><td>Πάνω από 20 MB</td></tr></tbody></table>',
      ),
      toc: [{ id: 'messages', title: 'Τι σημαίνει το μήνυμα', level: 2 }],
    }
  return {
    ...shared,
    title: 'Upload failures',
    description:
      'Most uploads that fail are stopped before they reach us: by the size of the file, by something in the browser, or by the network. Quickest check first. Stop at the one that works.',
    section: { slug: 'troubleshooting', title: 'Troubleshooting' },
    incident: {
      state: 'degraded',
      title: 'Uploads are slower than usual.',
      text: 'Files over 5 MB may need a second try.',
      since,
      href: paths.status('en'),
    },
    steps: [
      step(
        'size',
        1,
        'Check that the file is under 20 MB',
        '<p>The limit counts the file as it is on your disk. A spreadsheet of 19 MB can pass 20 MB once it is exported to PDF.</p><p><strong>Larger?</strong> Split it, or <a href="/x">share it by a link</a>.</p>',
      ),
      step(
        'reload',
        1,
        'Reload the page',
        '<p>A tab left open overnight may hold a session that has ended. Reloading signs it in again.</p>',
      ),
      step(
        'cache',
        2,
        'Clear cookies and cache for this site only',
        '<p>Open the padlock beside the address → <em>Cookies and site data</em> → <em>Manage</em> → remove <code>northlight.example</code>.</p>',
      ),
      step(
        'network',
        3,
        'Leave the VPN or proxy for a moment',
        '<p>Company firewalls often cut large uploads.</p><pre><code>Allow POST to files.northlight.example:443, bodies up to 25 MB</code></pre>',
      ),
    ],
    html: trustSanitised(
      '<h2 id="messages">What the message means</h2><table><thead><tr><th>Message</th><th>Cause</th></tr></thead><tbody><tr><td><code>413 Payload Too Large</code></td><td>The file is over 20 MB</td></tr><tr><td><code>ERR_CONNECTION_RESET</code></td><td>A VPN, proxy or firewall cut it</td></tr></tbody></table><h3 id="more">More</h3><ul><li>One</li><li>Two</li></ul>',
    ),
    toc: [{ id: 'messages', title: 'What the message means', level: 2 }],
    readNext: [{ slug: 'har', title: 'Capture a HAR in seven steps' }],
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
})

export const sampleContact = (locale: Locale): ContactView => ({
  csrfToken: 'token-1',
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
})
