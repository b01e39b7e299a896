import type { SsoSetUp } from '@clew/contract/single-sign-on'
import { type SsoStage, ssoReasonKind, ssoStage } from '@clew/contract/single-sign-on-reasons'
import { createT, type Locale, type T } from '@clew/i18n'
import * as pageEl from '@clew/i18n/generated/sso-page.el'
import * as pageEn from '@clew/i18n/generated/sso-page.en'
import * as wordsEl from '@clew/i18n/generated/sso-words.el'
import * as wordsEn from '@clew/i18n/generated/sso-words.en'
import {
  renderSsoDoorPage,
  renderSsoRefusedPage,
  renderSsoSetupOverPage,
  renderSsoSetupPage,
  type SsoDoorView,
  type SsoSetupView,
} from '@clew/site'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { keepLoginHint } from '../domains/sign-in/index.ts'
import { isComplete, type OpenSetup, ownValues } from '../domains/single-sign-on/index.ts'
import { AppError } from '../platform/app-error.ts'
import { type Link, linkAt } from '../platform/http/kept-links.ts'
import { createLimiter, type Limiter } from '../platform/http/limits.ts'
import { problemOf } from '../platform/http/problems.ts'
import { refuseForeignOrigin } from '../platform/http/security.ts'
import { createFormTokens, type FormTokens } from './form-token.ts'
import { isTooOften } from './is-too-often.ts'
import { registerLinkDoor } from './link-door.ts'
import { pageLocale } from './locale.ts'
import type { Shell, Visit } from './shell.ts'
import { originOf } from './shell.ts'

type Words = { t: T<'sso-page'>; about: T<'sso-words'> }

const words: Readonly<Record<Locale, Words>> = {
  en: {
    t: createT('en', pageEn.catalogue),
    about: createT('en', wordsEn.catalogue),
  },
  el: {
    t: createT('el', pageEl.catalogue),
    about: createT('el', wordsEl.catalogue),
  },
}

type House = { shell: Shell; tokens: FormTokens; limits: { look: Limiter; ask: Limiter; write: Limiter } }

const hide = { schema: { hide: true } }

/** The pages around SSO that anybody may open: the way by one's address, the reference, and a set-up link. */
export function registerSsoPages(app: FastifyInstance, shell: Shell): void {
  const { formSecret, limitFactor = 1 } = shell.parts
  const limit = (name: string, perMinute: number) => createLimiter(app, `pages.sso.${name}`, perMinute * limitFactor)
  const house: House = {
    shell,
    tokens: createFormTokens(formSecret),
    limits: { look: limit('look', 60), ask: limit('ask', 10), write: limit('write', 20) },
  }
  const handle =
    (run: (house: House, visit: Visit) => Promise<FastifyReply>) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      // Of a set-up link no other site is told.
      void reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin', 'x-robots-tag': 'noindex' })
      if (request.method === 'POST') refuseForeignOrigin(request)
      await house.limits.look(request, request.ip)
      return run(house, { request, reply, locale: pageLocale(request, shell.parts.settings.current().languages) })
    }
  app.get('/sso', hide, handle(showDoor))
  app.post('/sso', hide, handle(askWay))
  app.get('/sso/refused', hide, handle(showRefused))
  const way = {
    path: '/sso/setup',
    to: (place: string) => `/sso/setup/${place}`,
    shape: setupShape,
    limit: house.limits.look,
  }
  registerLinkDoor(app, shell, way)
  app.get('/sso/setup/:link', hide, handle(showSetup))
  app.post('/sso/setup/:link', hide, handle(fillIn))
}

const text = (most: number) =>
  z.preprocess((value) => (Array.isArray(value) ? value[0] : value), z.string().max(most).catch(''))

const DoorQuery = z.object({ next: z.string().max(2000).optional().catch(undefined) })

const showDoor = (house: House, visit: Visit): Promise<FastifyReply> =>
  doorPage(house, visit, { ...DoorQuery.parse(visit.request.query) })

async function doorPage(
  { shell, tokens }: House,
  visit: Visit,
  {
    status = 200,
    next,
    ...view
  }: Omit<SsoDoorView, 'csrfToken' | 'next'> & { status?: number; next?: string | undefined },
): Promise<FastifyReply> {
  const csrfToken = tokens.issue(visit.request, visit.reply)
  const site = await shell.siteOf(visit.request, visit.locale)
  const whole = { csrfToken, ...view, ...(next === undefined ? {} : { next }) }
  return shell.showOnce(visit, renderSsoDoorPage(whole, site, words[visit.locale]), { status })
}

const DoorForm = z
  .object({ csrf: text(200), email: text(320), next: text(2000) })
  .catch({ csrf: '', email: '', next: '' })

async function askWay(house: House, visit: Visit): Promise<FastifyReply> {
  const { csrf, email, next } = DoorForm.parse(visit.request.body ?? {})
  const kept = { address: email, ...(next === '' ? {} : { next }) }
  if ((await isTooOften(house.limits.ask, visit.request)) !== undefined)
    return doorPage(house, visit, { ...kept, error: 'rate_limited', status: 429 })
  if (house.tokens.open(visit.request, csrf) === undefined)
    return doorPage(house, visit, { ...kept, error: 'form_expired', status: 403 })
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()))
    return doorPage(house, visit, { ...kept, error: 'invalid', status: 422 })
  const way = await house.shell.parts.sso.way(visit.request, { email, next: next === '' ? undefined : next })
  if (way.hint === undefined) return visit.reply.redirect(way.to, 303)
  keepLoginHint(visit.reply, way.to, way.hint)
  // A form may not be redirected to another site (CSP `form-action`); leaving by itself a page may.
  void visit.reply.header('refresh', `0; url=${way.to}`)
  return doorPage(house, visit, kept)
}

const RefusedQuery = z.object({
  reference: z
    .string()
    .regex(/^SSO-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    .catch(''),
})

async function showRefused({ shell }: House, visit: Visit): Promise<FastifyReply> {
  const { reference } = RefusedQuery.parse(visit.request.query)
  const site = await shell.siteOf(visit.request, visit.locale)
  return shell.showOnce(visit, renderSsoRefusedPage({ reference }, site, words[visit.locale]), { status: 403 })
}

// ---------- the set-up link ----------

const setupShape = /^[\w-]{43}$/
const SetupQuery = z.object({
  attempt: z.uuid().optional().catch(undefined),
  saved: z.literal('1').optional().catch(undefined),
})

function linkIn({ request }: Visit): Link {
  const link = linkAt(request, (request.params as { link: unknown }).link, setupShape)
  if (link === undefined) throw new AppError('sso.link_invalid')
  return link
}

const showSetup = (house: House, visit: Visit): Promise<FastifyReply> =>
  orOver(house, visit, async () => {
    const { attempt, saved } = SetupQuery.parse(visit.request.query)
    const { place, token } = linkIn(visit)
    const found = await house.shell.parts.sso.open(visit.request, token, attempt)
    return setupPage(house, visit, { place, found, ...(saved ? { notice: { kind: 'saved' } } : {}) })
  })

/** A link that does not work says so in its own words. */
async function orOver({ shell }: House, visit: Visit, run: () => Promise<FastifyReply>): Promise<FastifyReply> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'sso.link_invalid') throw error
    const site = await shell.siteOf(visit.request, visit.locale)
    return shell.showOnce(visit, renderSsoSetupOverPage(site, words[visit.locale]), { status: 404 })
  }
}

type Setup = { place: string; found: OpenSetup; notice?: SsoSetupView['notice']; status?: number }

async function setupPage(
  { shell, tokens }: House,
  visit: Visit,
  { place, found, notice, status = 200 }: Setup,
): Promise<FastifyReply> {
  const { connection, link, organisation, attempt } = found
  const site = await shell.siteOf(visit.request, visit.locale)
  const base = shell.parts.config.baseUrl ?? originOf(visit.request)
  const view: SsoSetupView = {
    csrfToken: tokens.issue(visit.request, visit.reply),
    action: `/sso/setup/${place}`,
    testHref: `/sso/setup/${place}/test`,
    organisation,
    kind: connection.kind,
    own: ownValues(base, connection.id),
    filled: {
      metadataUrl: connection.metadataUrl ?? '',
      issuer: connection.issuer ?? '',
      clientId: connection.clientId ?? '',
    },
    hasSecret: connection.sealedSecret !== undefined,
    isOn: connection.state === 'active',
    isComplete: isComplete(connection),
    until: link.expiresAt,
    ...(notice ? { notice } : {}),
    ...(attempt ? { result: resultOf(attempt, words[visit.locale]) } : {}),
  }
  return shell.showOnce(visit, renderSsoSetupPage(view, site, words[visit.locale]), { status })
}

function resultOf(attempt: NonNullable<OpenSetup['attempt']>, { about }: Words): NonNullable<SsoSetupView['result']> {
  const stages = new Map<SsoStage, boolean>()
  for (const { check, outcome } of attempt.checks) {
    const stage = ssoStage(check)
    stages.set(stage, (stages.get(stage) ?? true) && outcome === 'passed')
  }
  const { reason, assertedEmail, observed, outcome } = attempt
  return {
    isPassed: outcome === 'passed',
    ...(assertedEmail === undefined ? {} : { address: assertedEmail }),
    ...(reason === undefined
      ? {}
      : { reason: { text: about(`sso-words.reason_${ssoReasonKind(reason)}`), code: reason } }),
    stages: [...stages].map(([stage, isPassed]) => ({ text: about(`sso-words.stage_${stage}`), isPassed })),
    observed:
      outcome === 'passed'
        ? ''
        : Object.entries(observed)
            .map(([name, value]) => `${name}: ${value}`)
            .join('\n'),
  }
}

const SetupForm = z
  .object({
    csrf: text(200),
    metadataUrl: text(2000),
    metadata: text(200_000),
    issuer: text(2000),
    clientId: text(500),
    clientSecret: text(1000),
  })
  .catch({ csrf: '', metadataUrl: '', metadata: '', issuer: '', clientId: '', clientSecret: '' })

const fillIn = (house: House, visit: Visit): Promise<FastifyReply> =>
  orOver(house, visit, async () => {
    const { csrf, ...form } = SetupForm.parse(visit.request.body ?? {})
    const { place, token } = linkIn(visit)
    const found = await house.shell.parts.sso.open(visit.request, token, undefined)
    if ((await isTooOften(house.limits.write, visit.request)) !== undefined)
      return setupPage(house, visit, { place, found, notice: { kind: 'rate_limited' }, status: 429 })
    if (house.tokens.open(visit.request, csrf) === undefined)
      return setupPage(house, visit, { place, found, notice: { kind: 'form_expired' }, status: 403 })
    try {
      await house.shell.parts.sso.fillIn(visit.request, { token, setUp: setUpOf(found, form) })
    } catch (error) {
      if (!(error instanceof AppError) || error.status >= 500 || error.code === 'sso.link_invalid') throw error
      const said = problemOf(error, visit.locale, visit.request.id).detail ?? error.code
      return setupPage(house, visit, { place, found, notice: { kind: 'problem', text: said }, status: error.status })
    }
    return visit.reply.redirect(`/sso/setup/${place}?saved=1`, 303)
  })

type Filled = Omit<z.output<typeof SetupForm>, 'csrf'>

function setUpOf({ connection }: OpenSetup, form: Filled): SsoSetUp {
  const { metadataUrl, metadata, issuer, clientId, clientSecret } = form
  if (connection.kind === 'saml') return metadata.trim() === '' ? { metadataUrl: metadataUrl.trim() } : { metadata }
  return { issuer: issuer.trim(), clientId: clientId.trim(), clientSecret }
}
