import type { Locale } from '@clew/contract/primitives'
import { createPaths, type Site, type SitePaths } from '@clew/site'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../platform/app-error.ts'
import { compress, sendCompressed } from './compressed.ts'
import { createPageCache } from './page-cache.ts'
import type { PageParts } from './parts.ts'
import { sitePolicy } from './policies.ts'
import { createServiceWatch, type ServiceWatch } from './service-watch.ts'
import { type BuiltAssets, siteAssetsOf } from './site-assets.ts'
import { siteLook } from './site-look.ts'
import { siteWords } from './words.ts'

/** The public pages have not been built; there is nothing to draw them with. */
export class NotBuiltError extends Error {
  override readonly name = 'NotBuiltError'
}

/** `slot`: of all pages with this word, one address and one language keep only the newest. */
export type KeptPage = { key: string; slot?: string; render(site: Site): string }

export type PageOptions = { status?: number; policy?: string }

/** What every page goes through: whose site it is, how it is kept, and with which headers it leaves. */
export type Shell = {
  parts: PageParts
  watch: ServiceWatch
  pathsOf(request: FastifyRequest): SitePaths
  siteOf(request: FastifyRequest, locale: Locale, nonce?: string): Promise<Site>
  /** A page that is the same for everyone until something changes. `key` is its address, with all that it depends on. */
  showKept(visit: Visit, page: KeptPage): Promise<FastifyReply>
  /** A page for one reader. */
  showOnce(visit: Visit, html: string, options?: PageOptions): Promise<FastifyReply>
}

/** One request for a page, in the language of that page. */
export type Visit = { request: FastifyRequest; reply: FastifyReply; locale: Locale }

const quick = 4

export function createShell(parts: PageParts): Shell {
  const { baseUrl } = parts.config
  const root = baseUrl === undefined ? '' : new URL(baseUrl).pathname.replace(/\/+$/, '')
  const builtAssets = siteAssetsOf(parts.distDirs.site, `${root}/assets/site`)
  const pathsOf = pathsBy(baseUrl)
  const watch = createServiceWatch(parts)
  const cache = createPageCache()
  const built = (): BuiltAssets => {
    const found = builtAssets()
    if (!found) throw new NotBuiltError()
    return found
  }

  const siteOf: Shell['siteOf'] = async (request, locale, nonce) => ({
    ...siteLook(parts.settings.current(), { locale, root, now: parts.clock.now() }),
    locale,
    t: siteWords[locale],
    paths: pathsOf(request),
    assets: built().assets,
    serviceState: (await watch.recent()).worst,
    ...(nonce === undefined ? {} : { nonce }),
  })

  return {
    parts,
    watch,
    pathsOf,
    siteOf,
    showKept: async ({ request, reply, locale }, { key, slot, render }) => {
      const site = await siteOf(request, locale)
      const { version } = parts.library.current()
      const { version: settings } = parts.settings.current()
      const all = [
        version,
        settings,
        site.supportHoursText,
        built().version,
        site.serviceState,
        site.paths.absolute('/'),
        locale,
        key,
      ].join('|')
      const place = slot === undefined ? undefined : [slot, locale, site.paths.absolute('/')].join('|')
      const page = await cache.get(all, () => render(site), place)
      setPageHeaders(reply, { policy: sitePolicy })
      void reply.header('cache-control', 'public, max-age=0, must-revalidate')
      return sendCompressed(request, reply, page)
    },
    showOnce: async ({ request, reply }, html, options = {}) => {
      setPageHeaders(reply, options)
      if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'private, no-store')
      return sendCompressed(request, reply, await compress(Buffer.from(html), quick))
    },
  }
}

function setPageHeaders(reply: FastifyReply, { status = 200, policy = sitePolicy }: PageOptions): void {
  void reply.code(status).headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy })
}

/** Addresses below the one that the operator set, or below the one that the browser used. */
function pathsBy(baseUrl: string | undefined): (request: FastifyRequest) => SitePaths {
  const known = new Map<string, SitePaths>()
  return (request) => {
    const base = baseUrl ?? originOf(request)
    const found = known.get(base) ?? createPaths(base)
    // Anyone can send any host, so the list must not grow.
    if (known.size > 50) known.clear()
    known.set(base, found)
    return found
  }
}

export function originOf(request: FastifyRequest): string {
  const host = request.host || 'localhost'
  if (!/^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i.test(host))
    throw new AppError('input.invalid', { field: 'host' })
  return `${request.protocol}://${host.toLowerCase()}`
}
