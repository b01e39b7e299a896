import { locales } from '@clew/i18n'
import { type CaseField, caseFields } from '@clew/intake/facts'
import {
  type ContactSentView,
  type ContactView,
  contactKinds,
  formProgress,
  maskedKinds,
  renderContactPage,
  renderContactSentPage,
} from '@clew/site'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { AppError } from '../platform/app-error.ts'
import { createLimiter, type Limiter } from '../platform/http/limits.ts'
import { refuseForeignOrigin } from '../platform/http/security.ts'
import { browserOf } from './browser-of.ts'
import { checkForm } from './check-contact-form.ts'
import { cleaningOf } from './cleaning-of.ts'
import { type Carried, caseOf, type FilledForm, readCarried, readForm } from './contact-form.ts'
import { type Posting, takePost } from './contact-post.ts'
import { createFormTokens, type FormTokens } from './form-token.ts'
import { isTooOften } from './is-too-often.ts'
import { createOnce } from './once.ts'
import type { OpenedCase } from './open-case.ts'
import { queryText } from './query-text.ts'
import { takeMultipart } from './read-post.ts'
import type { Shell, Visit } from './shell.ts'

const hide = { schema: { hide: true } }

type Desk = {
  shell: Shell
  tokens: FormTokens
  limit: Limiter
  once: (key: string, work: () => Promise<OpenedCase>) => Promise<OpenedCase>
}

/** The contact form. It works without any script: errors come back with the words still in it, success is a redirect. */
export function registerContactPages(app: FastifyInstance, shell: Shell): void {
  const desk: Desk = {
    shell,
    tokens: createFormTokens(shell.parts.formSecret),
    limit: createLimiter(app, 'pages.contact', 10 * (shell.parts.limitFactor ?? 1)),
    once: createOnce(),
  }
  takeMultipart(app)
  for (const locale of locales) {
    app.get(`/${locale}/contact`, hide, (request, reply) => showEmptyForm(desk, { request, reply, locale }))
    app.get(`/${locale}/contact/sent`, hide, (request, reply) => showSent(shell, { request, reply, locale }))
    app.post(`/${locale}/contact`, hide, (request, reply) => takeForm(desk, { request, reply, locale }))
  }
}

const Query = z.object({ article: queryText, tried: queryText, q: queryText, kind: queryText })

function showEmptyForm(desk: Desk, visit: Visit): Promise<FastifyReply> {
  const { article, tried, q, kind } = Query.parse(visit.request.query)
  const carried = readCarried({ article, tried, searchedFor: q })
  const chosen = contactKinds.find((each) => each === kind)
  return showForm(desk, visit, { carried, status: 200, values: chosen ? { kind: chosen } : {}, isFirst: !chosen })
}

async function takeForm(desk: Desk, visit: Visit): Promise<FastifyReply> {
  const { request, reply, locale } = visit
  refuseForeignOrigin(request)
  const waitSeconds = await isTooOften(desk.limit, request)
  const posting = await takePost(desk.shell.parts.contact, visit, {
    open: (token) => (waitSeconds === undefined ? desk.tokens.open(request, token) : undefined),
  })
  const form = readForm(posting.posted)
  const again = (status: number, more: Pick<ContactView, 'errors' | 'problem'>): Promise<FastifyReply> =>
    showForm(desk, visit, { ...form, ...more, posting, status })

  if (waitSeconds !== undefined) {
    void reply.header('retry-after', String(waitSeconds))
    return again(429, { problem: 'rate_limited' })
  }
  const formId = desk.tokens.open(request, form.token)
  if (formId === undefined) return again(403, { problem: 'form_expired' })
  // A field that no person sees may still be filled in by a program that helps one: nothing is lost.
  if (form.looksAutomatic) return again(422, { problem: 'looks_automatic' })
  if (form.isChange) return again(200, {})
  const errors = { ...checkForm(form.values, desk.shell.parts.clock.now()), ...posting.errors }
  if (Object.keys(errors).length > 0) return again(422, { errors })

  const stored = await store(desk, { formId, form, posting, visit })
  if (stored === undefined) return again(503, { problem: 'not_stored' })
  return reply.redirect(desk.shell.pathsOf(request).contactSent(locale, sentView(stored)), 303)
}

type Storing = { formId: string; form: FilledForm; posting: Posting; visit: Visit }

/** Words that somebody typed are not lost to a database that is away: the form comes back with them. */
async function store(desk: Desk, { formId, form, posting, visit }: Storing): Promise<OpenedCase | undefined> {
  const { parts } = desk.shell
  const { locale, request } = visit
  const browser = form.sendsBrowser ? browserOf(request) : undefined
  const fileIds = [...form.kept, ...posting.fileIds]
  try {
    return await desk.once(formId, () => parts.contact.openCase(caseOf(form, { formId, locale, fileIds, browser })))
  } catch (error) {
    parts.log.error({ err: error, requestId: request.id }, 'a case could not be stored')
    return undefined
  }
}

type Shown = {
  status: number
  carried: Carried
  posting?: Posting
  sendsBrowser?: boolean
  kept?: FilledForm['kept']
  isFirst?: boolean
} & Pick<ContactView, 'values' | 'errors' | 'problem'>

async function showForm({ shell, tokens }: Desk, visit: Visit, shown: Shown): Promise<FastifyReply> {
  const { request, reply, locale } = visit
  const { status, posting } = shown
  const view: ContactView = {
    // The files that came belong to this form, so it stays the one it is.
    csrfToken:
      posting?.formId === undefined ? tokens.issue(request, reply) : tokens.issueAgain(request, reply, posting.formId),
    ...shownAgain(shown),
    ...whatCameAlong(shell, visit, shown.carried),
    ...(await soFar(shell, shown)),
    timeZones,
    operator: (await cleaningOf(shell, request)).view,
  }
  return shell.showOnce(visit, renderContactPage(view, await shell.siteOf(request, locale)), { status })
}

function shownAgain({ values = {}, errors, problem, sendsBrowser = false }: Shown) {
  return { values, sendsBrowser, ...(errors ? { errors } : {}), ...(problem ? { problem } : {}) }
}

function whatCameAlong(shell: Shell, visit: Visit, carried: Carried) {
  const article = articleOf(shell, visit, carried)
  const browser = browserOf(visit.request)
  return {
    ...(article ? { article } : {}),
    ...(carried.searchedFor === undefined ? {} : { searchedFor: carried.searchedFor }),
    ...(browser === undefined ? {} : { browser }),
  }
}

async function soFar(shell: Shell, shown: Shown) {
  const { values = {} } = shown
  const kind = contactKinds.find((each) => each === values.kind) ?? 'other'
  const files = await filesOf(shell, shown)
  const hasFiles = files.some(({ isCapture }) => !isCapture)
  return { files, progress: formProgress(kind, values, hasFiles), ...(shown.isFirst ? {} : { kind }) }
}

const timeZones = Intl.supportedValuesOf('timeZone')

async function filesOf({ parts }: Shell, { posting, kept = [] }: Shown): Promise<NonNullable<ContactView['files']>> {
  if (posting?.formId === undefined) return []
  return parts.contact.files(posting.formId, [...kept, ...posting.fileIds])
}

/** The article that a reader came from, with the titles of what they tried: only what is really in it. */
function articleOf(shell: Shell, { locale }: Visit, { article: slug, tried }: Carried): ContactView['article'] {
  const article = slug === undefined ? undefined : shell.parts.library.current().read(locale, slug)
  if (!article) return undefined
  const steps = article.steps.filter(({ id }) => tried.includes(id))
  return { slug: article.slug, title: article.title, tried: steps.map(({ id, title }) => ({ id, title })) }
}

// ---------- sent ----------

function sentView({ reference, progress: { score, next }, masked }: OpenedCase): ContactSentView {
  return { reference, score, masked, ...(next === undefined ? {} : { next }) }
}

const SentQuery = z.object({
  reference: z.string().regex(/^C-\d{1,12}$/),
  score: z.coerce.number().int().min(0).max(100).optional().catch(undefined),
  next: z.enum(caseFields).optional().catch(undefined),
  masked: z
    .string()
    .transform((text) => maskedKinds.filter((kind) => text.split(',').includes(kind)))
    .optional()
    .catch(undefined),
})

async function showSent(shell: Shell, visit: Visit): Promise<FastifyReply> {
  const query = SentQuery.safeParse(visit.request.query)
  if (!query.success) throw new AppError('route.not_found')
  const { reference, score, next, masked } = query.data
  const view = {
    reference,
    ...(score === undefined ? {} : { score }),
    ...(next === undefined ? {} : { next: next satisfies CaseField }),
    ...(masked === undefined ? {} : { masked }),
  }
  return shell.showOnce(visit, renderContactSentPage(view, await shell.siteOf(visit.request, visit.locale)))
}
