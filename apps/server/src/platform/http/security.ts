import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../app-error.ts'

const localHosts = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\]|.+\.localhost)(:\d+)?$/i

/**
 * Whether the browser treats the page as a secure context (https, or this very machine). Elsewhere it stores no
 * `__Host-` cookie, so signing in would fail without a word.
 */
export const isSecureContext = (request: FastifyRequest): boolean =>
  request.protocol === 'https' || localHosts.test(request.host)

/** Headers that every answer carries. */
export function setSecurityHeaders(request: FastifyRequest, reply: FastifyReply): void {
  void reply.headers({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-opener-policy': 'same-origin',
    'x-frame-options': 'DENY',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  })
  if (request.protocol === 'https')
    void reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains')
}

/** Routes that pages of other sites call with a bearer token: open to every origin, and never with cookies. */
export function setOpenCors(reply: FastifyReply): void {
  void reply.headers({
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers': [
      'authorization, content-type, last-event-id, x-clew-locale, x-clew-file-id, x-clew-file-name',
      'tus-resumable, upload-length, upload-offset, upload-metadata, upload-checksum',
    ].join(', '),
    'access-control-expose-headers': [
      'retry-after, x-request-id, location',
      'tus-resumable, tus-version, tus-extension, tus-max-size, upload-offset, upload-length, upload-expires',
    ].join(', '),
    'access-control-max-age': '86400',
    'cross-origin-resource-policy': 'cross-origin',
  })
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * A change made with a cookie must come from our own pages. Browsers send `Sec-Fetch-Site` or `Origin` with each;
 * a program that sends neither holds no one's cookies but its own.
 */
export function refuseForeignOrigin(request: FastifyRequest): void {
  if (safeMethods.has(request.method)) return
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new AppError('permission.foreign_origin')
  const { origin } = request.headers
  if (origin !== undefined && hostOf(origin) !== request.host.toLowerCase())
    throw new AppError('permission.foreign_origin')
}

/**
 * The bubble speaks only from our own pages and from sites that the team lists. The refusal can be read by the page
 * that is refused, so that it can say so instead of waiting for a network. A program without a browser sends no
 * `Origin`; it could send any.
 */
export function refuseUnlistedOrigin(request: FastifyRequest, mayEmbed: (origin: string) => boolean): void {
  const { origin } = request.headers
  if (origin === undefined || hostOf(origin) === request.host.toLowerCase() || mayEmbed(origin)) return
  throw new AppError('permission.origin_not_allowed', { origin: origin.slice(0, 300) })
}

function hostOf(origin: string): string {
  try {
    return new URL(origin).host.toLowerCase()
  } catch {
    return ''
  }
}
