import { Article, ArticleFeedback, ArticleSearch, SearchArticles } from '@clew/contract/articles'
import { Locale } from '@clew/contract/primitives'
import { z } from 'zod'
import { AppError } from '../../platform/app-error.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { type AnyRoute, noContent, ok, route } from '../../platform/routes.ts'
import type { LibraryHolder } from './library-holder.ts'
import { otherLocale } from './model.ts'
import { leaveFeedback } from './use-cases/leave-feedback.ts'
import { articleSearchView, articleView } from './views.ts'

export type ArticleRouteParts = {
  library: LibraryHolder
  newCtx: (job: string) => Ctx
  /** The address of the help centre; without it, the one that the request was sent to. */
  baseUrl?: () => string
}

const slug = z.string().regex(/^[a-z0-9-]{1,120}$/)

export const articleRoutes = ({ library, newCtx, baseUrl }: ArticleRouteParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/articles/search',
    audience: 'public',
    summary: 'Search the articles',
    query: SearchArticles,
    responses: { 200: ArticleSearch },
    run: async (_ctx, { query: { q, locale, limit } }) => {
      const current = library.current()
      return ok(articleSearchView(current, current.search(q, { locale, limit }), locale))
    },
  }),
  route({
    method: 'GET',
    path: '/articles/:locale/:slug',
    audience: 'public',
    summary: 'An article; in the other language when there is no translation',
    params: z.object({ locale: Locale, slug }),
    responses: { 200: Article },
    run: async (_ctx, { params, request }) => {
      const current = library.current()
      const article = current.read(params.locale, params.slug) ?? current.read(otherLocale(params.locale), params.slug)
      if (!article) throw new AppError('article.not_found')
      return ok(articleView(article, baseUrl?.() || `${request.protocol}://${request.host}`))
    },
  }),
  route({
    method: 'POST',
    path: '/articles/:slug/feedback',
    audience: 'public',
    summary: 'Say whether an article helped',
    params: z.object({ slug }),
    body: ArticleFeedback,
    responses: { 204: null },
    limit: { perMinute: 10 },
    run: async (_ctx, { params, body }) => {
      await leaveFeedback(newCtx('articles.leave_feedback'), params.slug, body)
      return noContent()
    },
  }),
]
