import { isLocale, type Locale, negotiateLocale } from '@clew/i18n'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { addVary } from './compressed.ts'

/** The language of a page: what its address says, else what the browser asks for. */
export function pageLocale(request: FastifyRequest): Locale {
  const [, first] = request.url.split(/[/?]/)
  return isLocale(first) ? first : negotiateLocale(request.headers['accept-language'])
}

/** Sends the reader to the page in their language, with the query they came with. */
export function redirectByLanguage(
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  pathFor: (locale: Locale) => string,
): FastifyReply {
  const query = request.url.indexOf('?')
  const search = query < 0 ? '' : request.url.slice(query)
  addVary(reply, 'Accept-Language')
  return reply
    .header('cache-control', 'private, no-cache')
    .redirect(pathFor(negotiateLocale(request.headers['accept-language'])) + search, 302)
}
