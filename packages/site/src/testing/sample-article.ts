import type { Locale } from '@clew/i18n'
import { trustSanitised } from '../safe-html.ts'
import { createPaths } from '../site.ts'
import type { ArticleStep, ArticleView } from '../views.ts'

const paths = createPaths('https://help.northlight.example')

/** The troubleshooting article, with everything that an article can have. */
export const sampleArticle = (locale: Locale): ArticleView => ({
  slug: 'upload-failures',
  updatedOn: new Date('2026-11-24T07:54:00Z'),
  minutes: 4,
  flowId: 'upload-failures',
  translations: { en: paths.article('en', 'upload-failures'), el: paths.article('el', 'upload-failures') },
  feedback: { helped: { yes: 9, of: 10 } },
  ...(locale === 'en' ? english : greek),
})

type Words = Omit<ArticleView, 'slug' | 'updatedOn' | 'minutes'>

const steps = (...words: [id: string, minutes: number, title: string, html: string][]): ArticleStep[] =>
  words.map(([id, minutes, title, html]) => ({ id, minutes, title, html: trustSanitised(html) }))

const since = new Date('2026-11-24T07:42:00Z')

const english: Words = {
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
  steps: steps(
    [
      'size',
      1,
      'Check that the file is under 20 MB',
      '<p>The limit counts the file as it is on your disk. A spreadsheet of 19 MB can pass 20 MB once it is exported to PDF.</p><p><strong>Larger?</strong> Split it, or <a href="/x">share it by a link</a>.</p>',
    ],
    ['reload', 1, 'Reload the page', '<p>A tab left open overnight may hold a session that has ended.</p>'],
    [
      'cache',
      2,
      'Clear cookies and cache for this site only',
      '<p>Open the padlock beside the address → <em>Cookies and site data</em> → remove <code>northlight.example</code>.</p>',
    ],
    [
      'network',
      3,
      'Leave the VPN or proxy for a moment',
      '<p>Company firewalls often cut large uploads.</p><pre><code>Allow POST to files.northlight.example:443, bodies up to 25 MB</code></pre>',
    ],
  ),
  html: trustSanitised(
    '<h2 id="messages">What the message means</h2><table><thead><tr><th>Message</th><th>Cause</th></tr></thead><tbody><tr><td><code>413 Payload Too Large</code></td><td>The file is over 20 MB</td></tr><tr><td><code>ERR_CONNECTION_RESET</code></td><td>A VPN, proxy or firewall cut it</td></tr></tbody></table><h3 id="more">More</h3><ul><li>One</li><li>Two</li></ul>',
  ),
  toc: [{ id: 'messages', title: 'What the message means', level: 2 }],
  readNext: [{ slug: 'har', title: 'Capture a HAR in seven steps' }],
}

const greek: Words = {
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
  steps: steps(
    [
      'size',
      1,
      'Ελέγξτε ότι το αρχείο είναι κάτω από 20 MB',
      '<p>Το όριο μετράει το αρχείο όπως είναι στον δίσκο σας.</p>',
    ],
    ['reload', 1, 'Φορτώστε ξανά τη σελίδα', '<p>Μια ανοιχτή καρτέλα ίσως κρατά μια σύνδεση που έληξε.</p>'],
    [
      'cache',
      2,
      'Καθαρίστε cookies και προσωρινή μνήμη, μόνο για αυτόν τον ιστότοπο',
      '<p>Στο λουκέτο δίπλα στη διεύθυνση → <em>Cookies και δεδομένα</em> → αφαιρέστε το <code>northlight.example</code>.</p>',
    ],
  ),
  html: trustSanitised(
    '<h2 id="messages">Τι σημαίνει το μήνυμα</h2><table><thead><tr><th>Μήνυμα</th><th>Αιτία</th></tr></thead><tbody><tr><td><code>413 Payload Too Large</code></td><td>Πάνω από 20 MB</td></tr></tbody></table>',
  ),
  toc: [{ id: 'messages', title: 'Τι σημαίνει το μήνυμα', level: 2 }],
}
