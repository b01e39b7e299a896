import { isLocale, type Locale, negotiateLocale } from '@clew/i18n'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { SettingsNow } from '../domains/organisations/index.ts'
import { addVary } from './compressed.ts'

type Languages = SettingsNow['languages']

/** The language of a page: what its address says, else what the browser asks for. */
export function pageLocale(request: FastifyRequest, languages?: Languages): Locale {
  const [, first] = request.url.split(/[/?]/)
  return isLocale(first) ? first : preferred(request, languages)
}

/** What the browser asks for, where it is offered. */
const preferred = (request: FastifyRequest, languages: Languages | undefined): Locale =>
  negotiateLocale(
    request.headers['accept-language'],
    languages && { offered: languages.offered, fallback: languages.default },
  )

/** A page in a language that is no longer offered is found in the first one: links and bookmarks go on working. */
export function redirectUnoffered(request: FastifyRequest, reply: FastifyReply, languages: Languages): boolean {
  const [path = '', query] = request.url.split('?')
  const [, first, ...rest] = path.split('/')
  if (request.method !== 'GET' || !isLocale(first) || languages.offered.includes(first)) return false
  const other = `/${[languages.default, ...rest].join('/')}${query === undefined ? '' : `?${query}`}`
  void reply.header('cache-control', 'private, no-cache').redirect(other, 302)
  return true
}

/** Sends the reader to the page in their language, with the query they came with. */
export function redirectByLanguage(
  { request, reply, languages }: { request: FastifyRequest; reply: FastifyReply; languages: Languages },
  pathFor: (locale: Locale) => string,
): FastifyReply {
  const query = request.url.indexOf('?')
  const search = query < 0 ? '' : request.url.slice(query)
  addVary(reply, 'Accept-Language')
  return reply
    .header('cache-control', 'private, no-cache')
    .redirect(pathFor(preferred(request, languages)) + search, 302)
}
