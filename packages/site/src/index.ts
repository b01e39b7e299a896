export { renderArticlePage } from './pages/article.tsx'
export { renderContactPage } from './pages/contact.tsx'
export { renderContactSentPage } from './pages/contact-sent.tsx'
export { renderDemoPage } from './pages/demo.tsx'
export { renderHarPage } from './pages/har.tsx'
export { renderHomePage } from './pages/home.tsx'
export { renderMyCasesPage } from './pages/my-cases.tsx'
export { renderErrorPage, renderFirstRunPage, renderInsecureOriginPage } from './pages/notices.tsx'
export { renderSearchPage } from './pages/search.tsx'
export { renderSectionPage } from './pages/section.tsx'
export { renderSharedCapturePage, renderSharePasswordPage } from './pages/shared-capture.tsx'
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
export * from './views.ts'
