import type { Locale } from '@clew/i18n'
import {
  renderArticlePage,
  renderContactPage,
  renderContactSentPage,
  renderDemoPage,
  renderErrorPage,
  renderFirstRunPage,
  renderFollowPage,
  renderHarPage,
  renderHomePage,
  renderInsecureOriginPage,
  renderLinkPage,
  renderMyCasePage,
  renderMyDoorPage,
  renderMyEnterPage,
  renderMyErasurePage,
  renderMyListPage,
  renderSearchPage,
  renderSectionPage,
  renderSharedCapturePage,
  renderStatusPage,
} from '../index.ts'
import type { Site } from '../site.ts'
import { sampleArticle } from './sample-article.ts'
import {
  sampleContact,
  sampleHar,
  sampleHome,
  sampleMyCase,
  sampleMyList,
  sampleSearch,
  sampleSection,
  sampleShared,
  sampleSharedWords,
  sampleSite,
  sampleStatus,
} from './samples.ts'

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
  'contact-sent': (locale, site = sampleSite(locale)) =>
    renderContactSentPage({ reference: 'C-1042', score: 71, next: 'timestamps', masked: ['api_key'] }, site),
  har: (locale, site = sampleSite(locale)) => renderHarPage(sampleHar, site),
  'contact-first': (locale, site = sampleSite(locale)) =>
    renderContactPage({ csrfToken: 'token-1', timeZones: ['Europe/Athens'] }, site),
  'my-cases': (locale, site = sampleSite(locale)) => renderMyDoorPage({ csrfToken: 'token-1' }, site),
  'my-asked': (locale, site = sampleSite(locale)) => renderMyDoorPage({ csrfToken: 'token-1', isAsked: true }, site),
  'my-enter': (locale, site = sampleSite(locale)) => renderMyEnterPage({ csrfToken: 'token-1', token: 't' }, site),
  'my-list': (locale, site = sampleSite(locale)) => renderMyListPage(sampleMyList(locale), site),
  'my-case': (locale, site = sampleSite(locale)) => renderMyCasePage(sampleMyCase(locale), site),
  'my-delete': (locale, site = sampleSite(locale)) =>
    renderMyErasurePage({ csrfToken: 'token-1', conversations: 2, messages: 9, files: 3, captures: 1 }, site),
  'follow-again': (locale, site = sampleSite(locale)) =>
    renderFollowPage({ step: 'again', asked: { incident: 'incident-1', email: 'ann@', every: true } }, site),
  shared: (locale, site = sampleSite(locale)) =>
    renderSharedCapturePage(sampleShared(locale), site, sampleSharedWords(locale)),
  demo: (locale, site = sampleSite(locale)) => renderDemoPage({ uploadAction: '/demo/upload' }, site),
  link: (locale, site = sampleSite(locale)) => renderLinkPage({ action: `/${locale}/link`, isWrong: false }, site),
  'link-wrong': (locale, site = sampleSite(locale)) =>
    renderLinkPage({ action: `/${locale}/link`, isWrong: true }, site),
  'not-found': (locale, site = sampleSite(locale)) => renderErrorPage({ kind: 'not_found', requestId: 'req_1' }, site),
  'too-fast': (locale, site = sampleSite(locale)) =>
    renderErrorPage({ kind: 'rate_limited', retryAfterSeconds: 9 }, site),
  insecure: (locale, site = sampleSite(locale)) => renderInsecureOriginPage({ origin: 'http://10.0.0.5:3000' }, site),
  'first-run': (locale, site = sampleSite(locale)) => renderFirstRunPage({ command: 'npx clew setup' }, site),
}
