import type { Domain } from '../../platform/domain.ts'
import type { LibrarySettings } from './model.ts'
import { type ArticleRouteParts, articleRoutes } from './routes.ts'
import { articleSubscribers } from './subscribers.ts'
import { loadStarterContent } from './use-cases/load-starter-content.ts'

export { createLibrary, type HelpCentre, type LibrarySection } from './library.ts'
export { createLibraryHolder, LibraryHolder } from './library-holder.ts'
export { type Library, type LibraryArticle, type LibraryHit, otherLocale, type Passage } from './model.ts'
export type { ReadableArticle } from './parse-article.ts'
export { readStarterFiles } from './starter-files.ts'
export { leaveFeedback } from './use-cases/leave-feedback.ts'

export type ArticleParts = ArticleRouteParts & { settings: () => LibrarySettings; contentDir: string }

export const articles = (parts: ArticleParts): Domain => ({
  name: 'articles',
  routes: articleRoutes(parts),
  subscribers: articleSubscribers(parts.library),
  start: async () => {
    await loadStarterContent(parts.newCtx('articles.load_starter'), parts.contentDir)
    await parts.library.open(parts.settings)
  },
  stop: async () => parts.library.close(),
})
