export { formProgress } from './contact-progress.ts'
export { describeUserAgent } from './enhance/environment.ts'
export { renderArticlePage } from './pages/article.tsx'
export { renderContactPage } from './pages/contact.tsx'
export { renderContactSentPage } from './pages/contact-sent.tsx'
export { renderDemoPage } from './pages/demo.tsx'
export { renderFollowPage } from './pages/follow.tsx'
export { renderHarPage } from './pages/har.tsx'
export { renderHomePage } from './pages/home.tsx'
export { renderLinkPage } from './pages/link.tsx'
export { renderMyCasePage } from './pages/my/case.tsx'
export { renderMyDoorPage, renderMyEnterPage } from './pages/my/door.tsx'
export { renderMyErasurePage } from './pages/my/erasure.tsx'
export { renderMyListPage } from './pages/my/list.tsx'
export { renderErrorPage, renderFirstRunPage, renderInsecureOriginPage } from './pages/notices.tsx'
export { renderSearchPage } from './pages/search.tsx'
export { renderSectionPage } from './pages/section.tsx'
export { renderSharedCapturePage, renderSharedPendingPage, renderSharePasswordPage } from './pages/shared-capture.tsx'
export { renderSharedFilePage } from './pages/shared-file.tsx'
export {
  renderSsoDoorPage,
  renderSsoRefusedPage,
  renderSsoSetupOverPage,
  renderSsoSetupPage,
  type SsoWords,
} from './pages/sso.tsx'
export { renderStatusPage, worstState } from './pages/status.tsx'
export { type SafeHtml, trustSanitised } from './safe-html.ts'
export {
  type AssetName,
  type ContactQuery,
  createAssets,
  createPaths,
  localeNames,
  type SearchQuery,
  type Site,
  type SiteAssets,
  type SiteManifest,
  type SitePaths,
} from './site.ts'
export * from './views.contact.ts'
export * from './views.my.ts'
export * from './views.sso.ts'
export * from './views.ts'
