import { locales } from '@clew/i18n'
import { renderHarPage, renderInsecureOriginPage, renderStatusPage } from '@clew/site'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { isSecureContext } from '../platform/http/security.ts'
import { cleaningOf } from './cleaning-of.ts'
import { redirectByLanguage } from './locale.ts'
import { originOf, type Shell, type Visit } from './shell.ts'
import { statusView } from './status-view.ts'

const hide = { schema: { hide: true } }

/** Cleaning a capture, and the state of the service; and the short addresses of everything. */
export function registerToolPages(app: FastifyInstance, shell: Shell): void {
  for (const locale of locales) {
    app.get(`/${locale}/har`, hide, (request, reply) => showHar(shell, { request, reply, locale }))
    app.get(`/${locale}/status`, hide, (request, reply) => showStatus(shell, { request, reply, locale }))
  }
  const short = { '/': 'home', '/har': 'har', '/status': 'status', '/contact': 'contact', '/my': 'myCases' } as const
  for (const [url, page] of Object.entries(short))
    app.get(url, hide, async (request, reply) =>
      redirectByLanguage(
        { request, reply, languages: shell.parts.settings.current().languages },
        shell.pathsOf(request)[page],
      ),
    )
}

/** Over plain http the script that cleans could be another one by the time it arrives. */
async function showHar(shell: Shell, visit: Visit): Promise<FastifyReply> {
  const { request, locale } = visit
  if (!isSecureContext(request)) return showInsecureOrigin(shell, visit)
  const { view, isForAll } = await cleaningOf(shell, request)
  if (isForAll) return shell.showKept(visit, { key: 'har', render: (site) => renderHarPage(view, site) })
  return shell.showOnce(visit, renderHarPage(view, await shell.siteOf(request, locale)))
}

export async function showInsecureOrigin(shell: Shell, visit: Visit): Promise<FastifyReply> {
  const { request, locale } = visit
  const site = await shell.siteOf(request, locale)
  return shell.showOnce(visit, renderInsecureOriginPage({ origin: originOf(request) }, site))
}

async function showStatus(shell: Shell, visit: Visit): Promise<FastifyReply> {
  const { locale } = visit
  const service = await shell.watch.check()
  const { snapshot, isWell, checkedAt } = service
  // Everyone who looks in the same minute gets the same page; only the newest is kept.
  const minute = checkedAt.toISOString().slice(0, 16)
  return shell.showKept(visit, {
    key: `status ${minute} ${isWell} ${snapshot.version}`,
    slot: 'status',
    render: (site) => renderStatusPage(statusView(service, { locale, now: checkedAt }), site),
  })
}
