import { maxAttachmentBytes } from '@clew/contract/files'
import { type Locale, locales } from '@clew/i18n'
import {
  type ArticleView,
  type FlowWalk,
  renderArticlePage,
  renderHomePage,
  renderSearchPage,
  renderSectionPage,
} from '@clew/site'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { leaveFeedback, otherLocale } from '../domains/articles/index.ts'
import { megabytes } from '../domains/assistant/index.ts'
import { AppError } from '../platform/app-error.ts'
import { createLimiter } from '../platform/http/limits.ts'
import { refuseForeignOrigin } from '../platform/http/security.ts'
import { articleView, sectionView } from './article-view.ts'
import { flowWalk } from './flow-walk.ts'
import { homeView } from './home-view.ts'
import { queryText } from './query-text.ts'
import { searchView } from './search-view.ts'
import type { Shell, Visit } from './shell.ts'

const hide = { schema: { hide: true } }

/** Home, sections, articles and search, in every language. */
export function registerHelpPages(app: FastifyInstance, shell: Shell): void {
  const { limitFactor = 1 } = shell.parts
  const limitSearch = createLimiter(app, 'pages.search', 120 * limitFactor)
  const limitFeedback = createLimiter(app, 'pages.feedback', 10 * limitFactor)
  for (const locale of locales) {
    app.get(`/${locale}`, hide, (request, reply) => showHome(shell, { request, reply, locale }))
    app.get(`/${locale}/sections/:slug`, hide, (request, reply) => showSection(shell, { request, reply, locale }))
    app.get(`/${locale}/articles/:slug`, hide, (request, reply) => showArticle(shell, { request, reply, locale }))
    app.post(`/${locale}/articles/:slug/feedback`, hide, async (request, reply) => {
      refuseForeignOrigin(request)
      await limitFeedback(request, request.ip)
      return takeFeedback(shell, { request, reply, locale })
    })
    app.get(`/${locale}/search`, hide, async (request, reply) => {
      await limitSearch(request, request.ip)
      return showSearch(shell, { request, reply, locale })
    })
  }
}

async function showHome(shell: Shell, visit: Visit): Promise<FastifyReply> {
  const { locale } = visit
  const library = shell.parts.library.current()
  const service = await shell.watch.recent()
  const now = shell.parts.clock.now()
  const broken = service.components.filter(({ state }) => state !== 'ok').map(({ id }) => id)
  return shell.showKept(visit, {
    key: `home ${now.toISOString().slice(0, 10)} ${broken.join()} ${service.snapshot.version}`,
    render: (site) =>
      renderHomePage(homeView(library, { locale, service, now, statusHref: site.paths.status(locale) }), site),
  })
}

async function showSection(shell: Shell, visit: Visit): Promise<FastifyReply> {
  const slug = slugOf(visit.request)
  const section = shell.parts.library
    .current()
    .sections(visit.locale)
    .find(({ id }) => id === slug)
  if (!section) throw new AppError('route.not_found')
  return shell.showKept(visit, {
    key: `section ${slug}`,
    render: (site) => renderSectionPage(sectionView(section), site),
  })
}

const ArticleQuery = z.object({
  given: z.enum(['yes', 'no']).optional().catch(undefined),
  walk: z
    .string()
    .max(2000)
    .regex(/^[a-z0-9._~-]*$/)
    .optional()
    .catch(undefined),
})

/** An article without a translation is shown in the language it has: better than none. */
async function showArticle(shell: Shell, visit: Visit): Promise<FastifyReply> {
  const { request, locale } = visit
  const slug = slugOf(request)
  const library = shell.parts.library.current()
  const article = library.read(locale, slug) ?? library.read(otherLocale(locale), slug)
  if (!article) throw new AppError('article.not_found')
  const { given, walk } = ArticleQuery.parse(request.query)
  const paths = shell.pathsOf(request)
  const flow = await walkOf(shell, visit, { flowId: article.flowId, walk, path: paths.article(locale, slug) })
  const view = { ...articleView(library, article, { locale, paths, given }), ...(flow ? { walk: flow } : {}) }
  if (flow && walk !== undefined) {
    // One reader's way through: nothing that a search engine should list beside the article.
    visit.reply.header('x-robots-tag', 'noindex, nofollow')
    return shell.showOnce(visit, renderArticlePage(alone(view), await shell.siteOf(request, locale)))
  }
  return shell.showKept(visit, {
    key: `article ${slug} ${given ?? ''} ${flow?.startHref ?? ''}`,
    render: (site) => renderArticlePage(view, site),
  })
}

/** One step at a time: not the whole article below it, which says the same. */
function alone({ introHtml: _intro, html: _html, steps: _steps, ...view }: ArticleView): ArticleView {
  return { ...view, toc: [] }
}

type Walking = { flowId: string | undefined; walk: string | undefined; path: string }

/** The flow of an article, as far as this reader has come with it. */
function walkOf(
  { parts, pathsOf }: Shell,
  { locale, request }: Visit,
  walking: Walking,
): Promise<FlowWalk | undefined> {
  const { brand } = parts.settings.current()
  const paths = pathsOf(request)
  const status = (language: Locale): string => paths.absolute(paths.status(language))
  return flowWalk({
    ...walking,
    locale,
    flows: parts.flows.current(),
    at: parts.clock.now().toISOString(),
    values: {
      brand: brand.name,
      appHost: brand.appHost,
      supportEmail: brand.supportEmail,
      uploadLimit: megabytes(parts.config.uploadLimitBytes),
      captureLimit: megabytes(maxAttachmentBytes),
      statusUrl: { en: status('en'), el: status('el') },
    },
  })
}

const Feedback = z.object({ helpful: z.enum(['yes', 'no']) })

async function takeFeedback(shell: Shell, { request, reply, locale }: Visit): Promise<FastifyReply> {
  const slug = slugOf(request)
  const { helpful } = Feedback.parse(request.body)
  await leaveFeedback(shell.parts.newCtx('articles.leave_feedback'), slug, { helpful: helpful === 'yes', locale })
  return reply.redirect(`${shell.pathsOf(request).article(locale, slug)}?given=${helpful}#feedback`, 303)
}

const SearchQuery = z.object({ q: queryText, exact: queryText })

async function showSearch(shell: Shell, visit: Visit): Promise<FastifyReply> {
  const { request, locale } = visit
  const { q, exact } = SearchQuery.parse(request.query)
  const view = searchView(shell.parts.library.current(), { query: q, locale, asWritten: exact === '1' })
  return shell.showOnce(visit, renderSearchPage(view, await shell.siteOf(request, locale)))
}

const Params = z.object({ slug: z.string() })

const slugOf = (request: FastifyRequest): string => Params.parse(request.params).slug
