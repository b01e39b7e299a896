import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { SettingsNow } from '../domains/organisations/index.ts'
import { logoPath, themePath, themeSheet } from '../look.ts'
import { AppError } from '../platform/app-error.ts'
import { setOpenCors } from '../platform/http/security.ts'
import { compress, sendCompressed } from './compressed.ts'
import { drawingPolicy, sealedPolicy } from './policies.ts'

const hide = { schema: { hide: true } }
const forever = 'public, max-age=31536000, immutable'
const Params = z.object({ '*': z.string() })

/** The logo and the colours of the brand, from memory and from our own origin. Their names change with them. */
export function registerBrand(app: FastifyInstance, settings: { current(): SettingsNow }): void {
  app.get('/brand/*', hide, async (request, reply) => {
    const path = `/brand/${Params.parse(request.params)['*']}`
    const { logo, accent } = settings.current().brand
    setOpenCors(reply)
    if (logo !== undefined && path === logoPath(logo)) {
      return reply
        .headers({
          'content-type': logo.type === 'svg' ? 'image/svg+xml; charset=utf-8' : 'image/png',
          'cache-control': forever,
          'content-security-policy': `${drawingPolicy}; sandbox`,
        })
        .send(logo.bytes)
    }
    if (accent === undefined || path !== themePath(accent)) throw new AppError('route.not_found')
    void reply.headers({
      'content-type': 'text/css; charset=utf-8',
      'cache-control': forever,
      'content-security-policy': sealedPolicy,
    })
    return sendCompressed(request, reply, await compress(Buffer.from(themeSheet(accent)), 4))
  })
}
