import type { Readable } from 'node:stream'
import { locales } from '@clew/i18n'
import { renderDemoPage, type Site } from '@clew/site'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../platform/app-error.ts'
import { createLimiter } from '../platform/http/limits.ts'
import { localeOf, problemOf } from '../platform/http/problems.ts'
import { newToken } from '../platform/ids.ts'
import { addVary } from './compressed.ts'
import { pageLocale } from './locale.ts'
import { demoPolicy } from './policies.ts'
import type { Shell, Visit } from './shell.ts'

const hide = { schema: { hide: true } }
const uploadPath = '/demo/upload'

/** A made-up product that holds the bubble, under a policy as strict as any host's, and refuses large uploads. */
export function registerDemo(app: FastifyInstance, shell: Shell): void {
  app.get('/demo', hide, (request, reply) => {
    addVary(reply, 'Accept-Language')
    return showDemo(shell, { request, reply, locale: pageLocale(request, shell.parts.settings.current().languages) })
  })
  for (const locale of locales)
    app.get(`/${locale}/demo`, hide, (request, reply) => showDemo(shell, { request, reply, locale }))
  void app.register(async (uploads) => {
    uploads.removeAllContentTypeParsers()
    uploads.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    const limit = createLimiter(uploads, 'pages.demo', 30 * (shell.parts.limitFactor ?? 1))
    uploads.post(uploadPath, hide, async (request, reply) => {
      await limit(request, request.ip)
      return refuseLarge(request, reply, shell.parts.config.uploadLimitBytes)
    })
  })
}

async function showDemo(shell: Shell, visit: Visit): Promise<FastifyReply> {
  const nonce = newToken()
  const site = await shell.siteOf(visit.request, visit.locale, nonce)
  // The host has letters of its own, so ours are not fetched early.
  const host: Site = { ...site, assets: { ...site.assets, preloadFonts: { latin: [], greek: [] } } }
  return shell.showOnce(visit, renderDemoPage({ uploadAction: uploadPath }, host), { policy: demoPolicy(nonce) })
}

/** Reads the file away and keeps nothing of it. The answer comes after the last byte, as browsers expect. */
async function refuseLarge(request: FastifyRequest, reply: FastifyReply, limitBytes: number): Promise<FastifyReply> {
  const size = await sizeOf(request.body as Readable | undefined, limitBytes)
  void reply.header('cache-control', 'no-store')
  if (size <= limitBytes) return reply.code(200).send({ sizeBytes: size })
  const { detail } = problemOf(new AppError('input.too_large'), localeOf(request), request.id)
  return reply.code(413).send({ error: { code: 'file_too_large', message: detail } })
}

const patience = 20

async function sizeOf(body: Readable | undefined, limitBytes: number): Promise<number> {
  let size = 0
  for await (const chunk of body ?? []) {
    size += (chunk as Buffer).length
    if (size > limitBytes * patience) break
  }
  return size
}
