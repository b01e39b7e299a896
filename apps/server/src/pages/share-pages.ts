import { createHmac } from 'node:crypto'
import { createT, type Locale, type T } from '@clew/i18n'
import * as shareEl from '@clew/i18n/generated/share.el'
import * as shareEn from '@clew/i18n/generated/share.en'
import { renderSharedCapturePage, renderSharePasswordPage } from '@clew/site'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { contentDisposition } from '../domains/files/index.ts'
import type { Holder, SharedCapture } from '../domains/har/index.ts'
import { AppError } from '../platform/app-error.ts'
import { createLimiter } from '../platform/http/limits.ts'
import { refuseForeignOrigin } from '../platform/http/security.ts'
import { pageLocale } from './locale.ts'
import { sitePolicy } from './policies.ts'
import type { Shell, Visit } from './shell.ts'

type Exchange = { request: FastifyRequest; reply: FastifyReply }

const hide = { schema: { hide: true } }
const params = z.object({ token: z.string().regex(/^[\w-]{22}$/) })
const cookieName = 'clew_share'
const words: Readonly<Record<Locale, T<'share'>>> = {
  en: createT('en', shareEn.catalogue),
  el: createT('el', shareEl.catalogue),
}
/** Rows on the page; the file has all of them. */
const maxRows = 500

/** A capture behind a view-only link: to look at, and with a download only where the link permits it. */
export function registerSharePages(app: FastifyInstance, shell: Shell): void {
  const limit = createLimiter(app, 'pages.share', 60 * (shell.parts.limitFactor ?? 1))
  const open =
    (run: (to: Exchange, token: string) => Promise<FastifyReply>) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      keepPrivate(reply)
      await limit(request, request.ip)
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
    open((to, token) => download(shell, to, token)),
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
  const visit = { ...to, locale: pageLocale(to.request) }
  const shared = await shell.parts.sharing.view(await holderOf(shell, to.request, token))
  if (shared === 'password_needed') return askPassword(shell, visit, { token, isWrong: false })
  const site = await shell.siteOf(to.request, visit.locale)
  const html = renderSharedCapturePage(viewOf(shared, { token, locale: visit.locale }), site, {
    t: words[visit.locale],
  })
  return shell.showOnce(visit, html)
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
  const { proof: _none, ...holder } = await holderOf(shell, request, token)
  const entered = await shell.parts.sharing.enter(holder, Form.parse(request.body).password)
  if (entered === 'wrong_password')
    return askPassword(shell, { ...to, locale: pageLocale(request) }, { token, isWrong: true })
  void reply.setCookie(cookieName, entered.proof, {
    path: `/share/${token}`,
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
    maxAge: 3600,
  })
  return reply.redirect(`/share/${token}`, 303)
}

async function download(shell: Shell, { request, reply }: Exchange, token: string): Promise<FastifyReply> {
  const { name, sizeBytes, body } = await shell.parts.sharing.download(await holderOf(shell, request, token))
  return reply
    .headers({
      'content-type': 'application/octet-stream',
      'content-length': String(sizeBytes),
      'content-disposition': contentDisposition('attachment', name),
      'content-security-policy': "default-src 'none'; sandbox",
    })
    .send(body)
}

async function holderOf(shell: Shell, request: FastifyRequest, token: string): Promise<Holder> {
  return {
    token,
    proof: request.cookies[cookieName],
    agentName: await shell.parts.sharing.agentName(request),
    addressHash: addressHash(shell.parts.formSecret, token, request.ip),
  }
}

/** Tells one address of a link from another, and nothing more: neither which it is, nor the same at another link. */
const addressHash = (secret: string, token: string, address: string): string =>
  createHmac('sha256', secret).update(`share ${token} ${address}`).digest('hex').slice(0, 12)

function viewOf({ capture, entries, link }: SharedCapture, { token, locale }: { token: string; locale: Locale }) {
  const isExpired = capture.expiredAt !== undefined
  return {
    name: capture.name,
    findings: capture.findings.map(({ severity, message, requestIds }) => ({
      severity,
      message: message.customer[locale],
      requestIds,
    })),
    entries: entries.slice(0, maxRows).map((entry) => ({ ...entry, totalMs: entry.timings.total })),
    entryCount: capture.entries,
    isExpired,
    expiresAt: link.expiresAt,
    ...(link.mayDownload && !isExpired ? { downloadHref: `/share/${token}/file` } : {}),
  }
}
