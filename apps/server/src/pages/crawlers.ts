import { defaultLocale, type Locale } from '@clew/i18n'
import type { SitePaths } from '@clew/site'
import type { FastifyInstance } from 'fastify'
import type { HelpCentre } from '../domains/articles/index.ts'
import { compress, sendCompressed } from './compressed.ts'
import type { Shell } from './shell.ts'

const hide = { schema: { hide: true } }

/** What search engines ask for. */
export function registerCrawlers(app: FastifyInstance, shell: Shell): void {
  app.get('/robots.txt', hide, async (request, reply) => {
    const sitemap = shell.pathsOf(request).absolute('/sitemap.xml')
    return reply
      .headers({ 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=3600' })
      .send(`User-agent: *\nDisallow: /app\nDisallow: /api/\nDisallow: /demo\nSitemap: ${sitemap}\n`)
  })
  app.get('/sitemap.xml', hide, async (request, reply) => {
    const xml = sitemapOf(shell.parts.library.current(), {
      paths: shell.pathsOf(request),
      locales: shell.parts.settings.current().languages.offered,
    })
    void reply.headers({ 'content-type': 'application/xml; charset=utf-8', 'cache-control': 'public, max-age=3600' })
    return sendCompressed(request, reply, await compress(Buffer.from(xml), 4))
  })
}

type Entry = { paths: Partial<Record<Locale, string>>; changedOn?: string }

type Published = { paths: SitePaths; locales: readonly Locale[] }

/** Every page in every language that is offered and it exists in, with its translations (sitemaps.org, hreflang as Google extends it). */
export function sitemapOf(library: HelpCentre, published: Published): string {
  const { paths } = published
  const urls = entriesOf(library, published).flatMap((entry) =>
    Object.values(entry.paths).map((path) => urlElement(path, entry, paths)),
  )
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ...urls,
    '</urlset>\n',
  ].join('\n')
}

function entriesOf(library: HelpCentre, { paths, locales }: Published): Entry[] {
  const everywhere = (pathFor: (locale: Locale) => string): Entry => ({
    paths: Object.fromEntries(locales.map((locale) => [locale, pathFor(locale)])),
  })
  const sections = library
    .sections(locales[0] ?? defaultLocale)
    .map(({ id }) => everywhere((locale) => paths.section(locale, id)))
  const slugs = new Set(locales.flatMap((locale) => library.list(locale).map(({ slug }) => slug)))
  const articles = [...slugs].map((slug): Entry => {
    const known = locales.flatMap((locale) => library.read(locale, slug) ?? [])
    const changedOn = known
      .map(({ updatedOn }) => updatedOn)
      .sort()
      .at(-1)
    return {
      paths: Object.fromEntries(known.map(({ locale }) => [locale, paths.article(locale, slug)])),
      ...(changedOn === undefined ? {} : { changedOn }),
    }
  })
  return [
    everywhere(paths.home),
    ...sections,
    ...articles,
    everywhere(paths.har),
    everywhere(paths.status),
    everywhere(paths.contact),
  ]
}

function urlElement(path: string, { paths: translations, changedOn }: Entry, paths: SitePaths): string {
  const alternates = Object.entries(translations).map(
    ([locale, other]) =>
      `<xhtml:link rel="alternate" hreflang="${locale}" href="${escapeXml(paths.absolute(other))}"/>`,
  )
  const changed = changedOn === undefined ? '' : `<lastmod>${changedOn}</lastmod>`
  return `<url><loc>${escapeXml(paths.absolute(path))}</loc>${changed}${alternates.join('')}</url>`
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
