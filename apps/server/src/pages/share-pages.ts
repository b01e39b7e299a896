import { createHash, createHmac } from 'node:crypto'
import { createT, type Locale, type T } from '@clew/i18n'
import * as shareEl from '@clew/i18n/generated/share.el'
import * as shareEn from '@clew/i18n/generated/share.en'
import {
  renderSharedCapturePage,
  renderSharedFilePage,
  renderSharedPendingPage,
  renderSharePasswordPage,
  type SharedPasswordView,
  type Site,
} from '@clew/site'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { isShownInline, sendOpened } from '../domains/files/index.ts'
import type { Holder, Shared } from '../domains/har/index.ts'
import { AppError } from '../platform/app-error.ts'
import { type HostCookie, setHostCookie } from '../platform/http/cookies.ts'
import { type Link, linkAt } from '../platform/http/kept-links.ts'
import { createLimiter } from '../platform/http/limits.ts'
import { isSecureContext } from '../platform/http/security.ts'
import { keepPrivate, refuseForeignForm, registerLinkDoor } from './link-door.ts'
import { pageLocale } from './locale.ts'
import { sitePolicy } from './policies.ts'
import type { Shell, Visit } from './shell.ts'

type Exchange = { request: FastifyRequest; reply: FastifyReply }

const hide = { schema: { hide: true } }
const shape = /^[\w-]{22}$/
const params = z.object({ link: z.string() }).catch({ link: '' })

/** One for each link, since it goes with every request; its name does not say which link that is. */
const cookieOf = (token: string): HostCookie =>
  `__Host-clew_share_${createHash('sha256').update(token).digest('hex').slice(0, 16)}`

const words: Readonly<Record<Locale, T<'share'>>> = {
  en: createT('en', shareEn.catalogue),
  el: createT('el', shareEl.catalogue),
}

/** A capture or a file behind a view-only link: to look at, and with a download only where the link permits it. */
export function registerSharePages(app: FastifyInstance, shell: Shell): void {
  const { limitFactor = 1 } = shell.parts
  const limit = createLimiter(app, 'pages.share', 60 * limitFactor)
  // Whoever looks for a place in a film asks for many stretches of it.
  const limitLooking = createLimiter(app, 'pages.share_look', 600 * limitFactor)
  const open =
    (run: (to: Exchange, link: Link) => Promise<FastifyReply>, within = limit) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      keepPrivate(reply)
      await within(request, request.ip)
      const link = linkAt(request, params.parse(request.params).link, shape)
      if (link === undefined) throw new AppError('link.not_found')
      return run({ request, reply }, link)
    }
  registerLinkDoor(app, shell, { path: '/share', to: (place) => `/share/${place}`, shape, limit })
  app.get(
    '/share/:link',
    hide,
    open((to, link) => show(shell, to, link)),
  )
  app.post(
    '/share/:link',
    hide,
    open((to, link) => enter(shell, to, link)),
  )
  app.get(
    '/share/:link/file',
    hide,
    open((to, { token }) => give(shell, to, { token, use: 'download' })),
  )
  app.get(
    '/share/:link/look',
    hide,
    open((to, { token }) => give(shell, to, { token, use: 'look' }), limitLooking),
  )
}

async function show(shell: Shell, to: Exchange, { place, token }: Link): Promise<FastifyReply> {
  const visit = { ...to, locale: pageLocale(to.request, shell.parts.settings.current().languages) }
  const shared = await shell.parts.sharing.view(await holderOf(shell, to.request, token))
  if (shared === 'password_needed') return askPassword(shell, visit, { action: `/share/${place}`, isWrong: false })
  const site = await shell.siteOf(to.request, visit.locale)
  const html = draw(shared, site, { place, locale: visit.locale })
  return shell.showOnce(visit, html, { policy: sitePolicy })
}

function draw(shared: Shared, site: Site, about: { place: string; locale: Locale }): string {
  const t = { t: words[about.locale] }
  switch (shared.kind) {
    case 'capture':
      return renderSharedCapturePage(viewOf(shared, about), site, t)
    case 'pending':
      return renderSharedPendingPage({ name: shared.name, expiresAt: shared.link.expiresAt }, site, t)
    case 'file':
      return renderSharedFilePage(fileViewOf(shared, about.place), site, t)
  }
}

async function askPassword(shell: Shell, visit: Visit, view: SharedPasswordView): Promise<FastifyReply> {
  const { waitSeconds, isWrong } = view
  const site = await shell.siteOf(visit.request, visit.locale)
  const html = renderSharePasswordPage(view, site, { t: words[visit.locale] })
  if (waitSeconds !== undefined) void visit.reply.header('retry-after', String(waitSeconds))
  return shell.showOnce(visit, html, {
    status: waitSeconds === undefined ? (isWrong ? 401 : 200) : 429,
    policy: sitePolicy,
  })
}

const Form = z.object({ password: z.string().max(200).catch('') }).catch({ password: '' })

async function enter(shell: Shell, to: Exchange, { place, token }: Link): Promise<FastifyReply> {
  const { request, reply } = to
  refuseForeignForm(request)
  // A browser would drop what it got for the password, and ask for it again for ever.
  if (!isSecureContext(request)) throw new AppError('link.insecure_origin')
  const { proof: _none, ...holder } = await holderOf(shell, request, token)
  const entered = await tryPassword(shell, holder, Form.parse(request.body).password)
  if ('isWrong' in entered) {
    const locale = pageLocale(request, shell.parts.settings.current().languages)
    return askPassword(shell, { ...to, locale }, { action: `/share/${place}`, ...entered })
  }
  setHostCookie(reply, cookieOf(token), { value: entered.proof, sameSite: 'strict', maxAge: 3600 })
  return reply.redirect(`/share/${place}`, 303)
}

/** What opens the link, or what is to be said of the password. */
async function tryPassword(
  shell: Shell,
  holder: Omit<Holder, 'proof'>,
  password: string,
): Promise<{ proof: string } | Pick<SharedPasswordView, 'isWrong' | 'waitSeconds'>> {
  try {
    const entered = await shell.parts.sharing.enter(holder, password)
    return entered === 'wrong_password' ? { isWrong: true } : entered
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'link.too_many_attempts') throw error
    return { isWrong: false, waitSeconds: Number(error.params['retryAfterSeconds']) }
  }
}

type Giving = { token: string; use: 'download' | 'look' }

async function give(shell: Shell, { request, reply }: Exchange, { token, use }: Giving): Promise<FastifyReply> {
  const holder = await holderOf(shell, request, token)
  const opened = await shell.parts.sharing.open(holder, use, request.headers.range)
  // What is to be kept is never shown, whatever it is.
  const file = use === 'download' ? { ...opened.file, mediaType: 'application/octet-stream' } : opened.file
  const { status, body } = sendOpened(reply, { ...opened, file })
  return reply.code(status).send(body)
}

async function holderOf(shell: Shell, request: FastifyRequest, token: string): Promise<Holder> {
  return {
    token,
    proof: request.cookies[cookieOf(token)],
    agentName: await shell.parts.sharing.agentName(request),
    addressHash: addressHash(shell.parts.formSecret(), token, request.ip),
  }
}

/** Tells one address of a link from another, and nothing more: neither which it is, nor the same at another link. */
const addressHash = (secret: string, token: string, address: string): string =>
  createHmac('sha256', secret).update(`share ${token} ${address}`).digest('hex').slice(0, 12)

type SharedCapture = Extract<Shared, { kind: 'capture' }>

function viewOf({ capture, entries, link }: SharedCapture, { place, locale }: { place: string; locale: Locale }) {
  const isExpired = capture.expiredAt !== undefined
  return {
    name: capture.name,
    findings: capture.findings.map(({ severity, message, requestIds }) => ({
      severity,
      message: message.customer[locale],
      requestIds,
    })),
    entries: entries.map((entry) => ({ ...entry, totalMs: entry.timings.total })),
    entryCount: capture.entries,
    isExpired,
    expiresAt: link.expiresAt,
    ...(link.mayDownload && !isExpired ? { downloadHref: `/share/${place}/file` } : {}),
  }
}

function fileViewOf({ file, link }: Extract<Shared, { kind: 'file' }>, place: string) {
  const { name, sizeBytes, mediaType } = file
  const isThere = file.state === 'stored'
  const shows = isThere && isShownInline(mediaType) ? (mediaType.startsWith('video/') ? 'film' : 'picture') : undefined
  return {
    name,
    sizeBytes,
    expiresAt: link.expiresAt,
    ...(shows === undefined ? {} : { shown: { as: shows, href: `/share/${place}/look`, mediaType } as const }),
    ...(link.mayDownload && isThere ? { downloadHref: `/share/${place}/file` } : {}),
  }
}
