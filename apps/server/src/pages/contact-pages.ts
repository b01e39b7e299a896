import { locales } from '@clew/i18n'
import { type ContactView, renderContactPage, renderContactSentPage } from '@clew/site'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { AppError } from '../platform/app-error.ts'
import { createLimiter, type Limiter } from '../platform/http/limits.ts'
import { toAppError } from '../platform/http/problems.ts'
import { refuseForeignOrigin } from '../platform/http/security.ts'
import { type Carried, caseOf, checkForm, type FilledForm, readCarried, readForm } from './contact-form.ts'
import { createFormTokens, type FormTokens } from './form-token.ts'
import { createOnce } from './once.ts'
import { queryText } from './query-text.ts'
import type { Shell, Visit } from './shell.ts'

const hide = { schema: { hide: true } }

type Desk = {
  shell: Shell
  tokens: FormTokens
  limit: Limiter
  once: (key: string, work: () => Promise<{ reference: string }>) => Promise<{ reference: string }>
}

/** The contact form. It works without any script: errors come back with the words still in it, success is a redirect. */
export function registerContactPages(app: FastifyInstance, shell: Shell): void {
  const desk: Desk = {
    shell,
    tokens: createFormTokens(shell.parts.formSecret),
    limit: createLimiter(app, 'pages.contact', 10 * (shell.parts.limitFactor ?? 1)),
    once: createOnce(),
  }
  for (const locale of locales) {
    app.get(`/${locale}/contact`, hide, (request, reply) => showEmptyForm(desk, { request, reply, locale }))
    app.get(`/${locale}/contact/sent`, hide, (request, reply) => showSent(shell, { request, reply, locale }))
    app.post(`/${locale}/contact`, hide, (request, reply) => takeForm(desk, { request, reply, locale }))
  }
}

const Query = z.object({ article: queryText, tried: queryText, q: queryText })

function showEmptyForm(desk: Desk, visit: Visit): Promise<FastifyReply> {
  const { article, tried, q } = Query.parse(visit.request.query)
  const carried = readCarried({ article, tried, searchedFor: q })
  return showForm(desk, visit, { carried, status: 200 })
}

async function takeForm(desk: Desk, visit: Visit): Promise<FastifyReply> {
  const { request, reply, locale } = visit
  refuseForeignOrigin(request)
  const form = readForm(request.body)
  const again = (status: number, more: Pick<ContactView, 'errors' | 'problem'>): Promise<FastifyReply> =>
    showForm(desk, visit, { ...form, ...more, status })

  const waitSeconds = await isTooOften(desk.limit, request)
  if (waitSeconds !== undefined) {
    void reply.header('retry-after', String(waitSeconds))
    return again(429, { problem: 'rate_limited' })
  }
  const formId = desk.tokens.open(request, form.token)
  if (formId === undefined) return again(403, { problem: 'form_expired' })
  const errors = checkForm(form.values)
  if (Object.keys(errors).length > 0) return again(422, { errors })

  const stored = await store(desk, formId, { form, visit })
  if (stored === undefined) return again(503, { problem: 'not_stored' })
  const path = desk.shell.pathsOf(request).contactSent(locale)
  return reply.redirect(`${path}?reference=${encodeURIComponent(stored.reference)}`, 303)
}

/** Words that somebody typed are not lost to a database that is away: the form comes back with them. */
async function store(desk: Desk, formId: string, { form, visit }: { form: FilledForm; visit: Visit }) {
  const { parts } = desk.shell
  try {
    return await desk.once(formId, () =>
      parts.openCase(caseOf(form.values, { carried: form.carried, locale: visit.locale })),
    )
  } catch (error) {
    parts.log.error({ err: error, requestId: visit.request.id }, 'a case could not be stored')
    return undefined
  }
}

async function isTooOften(limit: Limiter, request: FastifyRequest): Promise<number | undefined> {
  try {
    await limit(request, request.ip)
    return undefined
  } catch (error) {
    const known = toAppError(error)
    if (known.code !== 'rate.limited') throw error
    return Number(known.params['retryAfterSeconds'] ?? 60)
  }
}

type Shown = { status: number; carried: Carried } & Pick<ContactView, 'values' | 'errors' | 'problem'>

async function showForm({ shell, tokens }: Desk, visit: Visit, shown: Shown): Promise<FastifyReply> {
  const { request, reply, locale } = visit
  const { carried, status, values, errors, problem } = shown
  const article = articleOf(shell, visit, carried)
  const view: ContactView = {
    csrfToken: tokens.issue(request, reply),
    ...(values ? { values } : {}),
    ...(errors ? { errors } : {}),
    ...(problem ? { problem } : {}),
    ...(article ? { article } : {}),
    ...(carried.searchedFor === undefined ? {} : { searchedFor: carried.searchedFor }),
  }
  return shell.showOnce(visit, renderContactPage(view, await shell.siteOf(request, locale)), { status })
}

/** The article that a reader came from, with the titles of what they tried: only what is really in it. */
function articleOf(shell: Shell, { locale }: Visit, { article: slug, tried }: Carried): ContactView['article'] {
  const article = slug === undefined ? undefined : shell.parts.library.current().read(locale, slug)
  if (!article) return undefined
  const steps = article.steps.filter(({ id }) => tried.includes(id))
  return { slug: article.slug, title: article.title, tried: steps.map(({ id, title }) => ({ id, title })) }
}

const SentQuery = z.object({ reference: z.string().regex(/^C-\d{1,12}$/) })

async function showSent(shell: Shell, visit: Visit): Promise<FastifyReply> {
  const query = SentQuery.safeParse(visit.request.query)
  if (!query.success) throw new AppError('route.not_found')
  return shell.showOnce(visit, renderContactSentPage(query.data, await shell.siteOf(visit.request, visit.locale)))
}
