import type { Locale } from '@clew/i18n'
import {
  renderArticlePage,
  renderContactPage,
  renderContactSentPage,
  renderDemoPage,
  renderErrorPage,
  renderFirstRunPage,
  renderHarPage,
  renderHomePage,
  renderInsecureOriginPage,
  renderMyCasesPage,
  renderSearchPage,
  renderSectionPage,
  renderStatusPage,
} from '../index.ts'
import type { Site } from '../site.ts'
import { sampleArticle } from './sample-article.ts'
import { sampleContact, sampleHome, sampleSearch, sampleSection, sampleSite, sampleStatus } from './samples.ts'

/** Every page with a sample view, by a short name. */
export const samplePages: Readonly<Record<string, (locale: Locale, site?: Site) => string>> = {
  home: (locale, site = sampleSite(locale)) => renderHomePage(sampleHome(locale), site),
  article: (locale, site = sampleSite(locale)) => renderArticlePage(sampleArticle(locale), site),
  section: (locale, site = sampleSite(locale)) => renderSectionPage(sampleSection(locale), site),
  search: (locale, site = sampleSite(locale)) => renderSearchPage(sampleSearch(locale), site),
  'search-empty': (locale, site = sampleSite(locale)) =>
    renderSearchPage({ query: 'zzz', total: 0, results: [] }, site),
  status: (locale, site = sampleSite(locale)) => renderStatusPage(sampleStatus(locale), site),
  contact: (locale, site = sampleSite(locale)) => renderContactPage(sampleContact(locale), site),
  'contact-sent': (locale, site = sampleSite(locale)) => renderContactSentPage({ reference: 'C-1042' }, site),
  har: (locale, site = sampleSite(locale)) => renderHarPage(site),
  'my-cases': (locale, site = sampleSite(locale)) => renderMyCasesPage(site),
  demo: (locale, site = sampleSite(locale)) => renderDemoPage({ uploadAction: '/demo/upload' }, site),
  'not-found': (locale, site = sampleSite(locale)) => renderErrorPage({ kind: 'not_found', requestId: 'req_1' }, site),
  'too-fast': (locale, site = sampleSite(locale)) =>
    renderErrorPage({ kind: 'rate_limited', retryAfterSeconds: 9 }, site),
  insecure: (locale, site = sampleSite(locale)) => renderInsecureOriginPage({ origin: 'http://10.0.0.5:3000' }, site),
  'first-run': (locale, site = sampleSite(locale)) => renderFirstRunPage({ command: 'npx clew setup' }, site),
}
