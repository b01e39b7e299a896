import { renderLinkPage } from '@clew/site'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { AppError } from '../platform/app-error.ts'
import { keepLink, tokenIn } from '../platform/http/kept-links.ts'
import type { Limiter } from '../platform/http/limits.ts'
import { isSecureContext, refuseForeignOrigin } from '../platform/http/security.ts'
import { pageLocale } from './locale.ts'
import type { Shell, Visit } from './shell.ts'

const hide = { schema: { hide: true } }
const Form = z.object({ link: z.string().max(2000).catch('') }).catch({ link: '' })

type Way = {
  /** Where a link leads, its token behind the `#`. */
  path: string
  /** What lies behind it, by what stands for the link. */
  to(place: string): string
  shape: RegExp
  limit: Limiter
  locale?: Visit['locale']
}

/**
 * The way in by a link. A script takes the token out of the address and gives it over; without a script one pastes the
 * link into the field. Opening it does nothing more than that.
 */
export function registerLinkDoor(app: FastifyInstance, shell: Shell, way: Way): void {
  const visitOf = (request: FastifyRequest, reply: FastifyReply): Visit => ({
    request,
    reply,
    locale: way.locale ?? pageLocale(request, shell.parts.settings.current().languages),
  })
  app.get(way.path, hide, async (request, reply) => {
    keepPrivate(reply)
    await way.limit(request, request.ip)
    return show(shell, visitOf(request, reply), { action: way.path, isWrong: false })
  })
  app.post(way.path, hide, async (request, reply) => {
    keepPrivate(reply)
    await way.limit(request, request.ip)
    refuseForeignForm(request)
    const token = tokenIn(Form.parse(request.body).link, way.shape)
    if (token === undefined) return show(shell, visitOf(request, reply), { action: way.path, isWrong: true })
    // Over plain http a browser keeps no such cookie, and everything is open anyway.
    return reply.redirect(way.to(isSecureContext(request) ? keepLink(reply, token) : token), 303)
  })
}

async function show(shell: Shell, visit: Visit, view: { action: string; isWrong: boolean }): Promise<FastifyReply> {
  const html = renderLinkPage(view, await shell.siteOf(visit.request, visit.locale))
  return shell.showOnce(visit, html, { status: view.isWrong ? 422 : 200 })
}

/** Nothing of it is kept, found or told to the next site. */
export const keepPrivate = (reply: FastifyReply): void =>
  void reply.headers({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow, noarchive',
  })

/** With `no-referrer` a browser sends `Origin: null` with a form; then only `Sec-Fetch-Site` says where the form was. */
export function refuseForeignForm(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site']
  if (site === undefined) refuseForeignOrigin(request)
  else if (site !== 'same-origin') throw new AppError('permission.foreign_origin')
}
