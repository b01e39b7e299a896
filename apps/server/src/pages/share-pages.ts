import { createHash, createHmac } from 'node:crypto'
import { createT, type Locale, type T } from '@clew/i18n'
import * as shareEl from '@clew/i18n/generated/share.el'
import * as shareEn from '@clew/i18n/generated/share.en'
import {
  renderSharedCapturePage,
  renderSharedFilePage,
  renderSharedPendingPage,
  renderSharePasswordPage,
  type Site,
} from '@clew/site'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { isShownInline, sendOpened } from '../domains/files/index.ts'
import type { Holder, Shared } from '../domains/har/index.ts'
import { AppError } from '../platform/app-error.ts'
import { type HostCookie, setHostCookie } from '../platform/http/cookies.ts'
import { createLimiter } from '../platform/http/limits.ts'
import { isSecureContext, refuseForeignOrigin } from '../platform/http/security.ts'
import { pageLocale } from './locale.ts'
import { sitePolicy } from './policies.ts'
import type { Shell, Visit } from './shell.ts'

type Exchange = { request: FastifyRequest; reply: FastifyReply }

const hide = { schema: { hide: true } }
const params = z.object({ token: z.string().regex(/^[\w-]{22}$/) })

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
    (run: (to: Exchange, token: string) => Promise<FastifyReply>, within = limit) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      keepPrivate(reply)
      await within(request, request.ip)
      const parsed = params.safeParse(request.params)
      if (!parsed.success) throw new AppError('link.not_found')
      return run({ request, reply }, parsed.data.token)
    }
  app.get(
    '/share/:token',
    hide,
    open((to, token) => show(shell, to, token)),
  )
  app.post(
    '/share/:token',
    hide,
    open((to, token) => enter(shell, to, token)),
  )
  app.get(
    '/share/:token/file',
    hide,
    open((to, token) => give(shell, to, { token, use: 'download' })),
  )
  app.get(
    '/share/:token/look',
    hide,
    open((to, token) => give(shell, to, { token, use: 'look' }), limitLooking),
  )
}

/** Nothing of it is kept, found or told to the next site. */
const keepPrivate = (reply: FastifyReply): void =>
  void reply.headers({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow, noarchive',
  })

async function show(shell: Shell, to: Exchange, token: string): Promise<FastifyReply> {
  const visit = { ...to, locale: pageLocale(to.request, shell.parts.settings.current().languages) }
  const shared = await shell.parts.sharing.view(await holderOf(shell, to.request, token))
  if (shared === 'password_needed') return askPassword(shell, visit, { token, isWrong: false })
  const site = await shell.siteOf(to.request, visit.locale)
  const html = draw(shared, site, { token, locale: visit.locale })
  return shell.showOnce(visit, html, { policy: sitePolicy })
}

function draw(shared: Shared, site: Site, about: { token: string; locale: Locale }): string {
  const t = { t: words[about.locale] }
  switch (shared.kind) {
    case 'capture':
      return renderSharedCapturePage(viewOf(shared, about), site, t)
    case 'pending':
      return renderSharedPendingPage({ name: shared.name, expiresAt: shared.link.expiresAt }, site, t)
    case 'file':
      return renderSharedFilePage(fileViewOf(shared, about.token), site, t)
  }
}

async function askPassword(
  shell: Shell,
  visit: Visit,
  { token, isWrong }: { token: string; isWrong: boolean },
): Promise<FastifyReply> {
  const site = await shell.siteOf(visit.request, visit.locale)
  const html = renderSharePasswordPage({ action: `/share/${token}`, isWrong }, site, { t: words[visit.locale] })
  return shell.showOnce(visit, html, { status: isWrong ? 401 : 200, policy: sitePolicy })
}

const Form = z.object({ password: z.string().max(200).catch('') }).catch({ password: '' })

/** With `no-referrer` a browser sends `Origin: null` with a form; then only `Sec-Fetch-Site` says where the form was. */
function refuseForeignForm(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site']
  if (site === undefined) refuseForeignOrigin(request)
  else if (site !== 'same-origin') throw new AppError('permission.foreign_origin')
}

async function enter(shell: Shell, to: Exchange, token: string): Promise<FastifyReply> {
  const { request, reply } = to
  refuseForeignForm(request)
  // A browser would drop what it got for the password, and ask for it again for ever.
  if (!isSecureContext(request)) throw new AppError('link.insecure_origin')
  const { proof: _none, ...holder } = await holderOf(shell, request, token)
  const entered = await shell.parts.sharing.enter(holder, Form.parse(request.body).password)
  if (entered === 'wrong_password')
    return askPassword(
      shell,
      { ...to, locale: pageLocale(request, shell.parts.settings.current().languages) },
      { token, isWrong: true },
    )
  setHostCookie(reply, cookieOf(token), { value: entered.proof, sameSite: 'strict', maxAge: 3600 })
  return reply.redirect(`/share/${token}`, 303)
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

function viewOf({ capture, entries, link }: SharedCapture, { token, locale }: { token: string; locale: Locale }) {
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
    ...(link.mayDownload && !isExpired ? { downloadHref: `/share/${token}/file` } : {}),
  }
}

function fileViewOf({ file, link }: Extract<Shared, { kind: 'file' }>, token: string) {
  const { name, sizeBytes, mediaType } = file
  const isThere = file.state === 'stored'
  const shows = isThere && isShownInline(mediaType) ? (mediaType.startsWith('video/') ? 'film' : 'picture') : undefined
  return {
    name,
    sizeBytes,
    expiresAt: link.expiresAt,
    ...(shows === undefined ? {} : { shown: { as: shows, href: `/share/${token}/look`, mediaType } as const }),
    ...(link.mayDownload && isThere ? { downloadHref: `/share/${token}/file` } : {}),
  }
}
