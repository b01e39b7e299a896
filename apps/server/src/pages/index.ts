import { isLocale } from '@clew/i18n'
import type { FastifyInstance } from 'fastify'
import { AppError } from '../platform/app-error.ts'
import { registerBrand } from './brand-files.ts'
import { registerContactPages } from './contact-pages.ts'
import { registerCrawlers } from './crawlers.ts'
import { registerDemo } from './demo-page.ts'
import { answerError } from './errors.ts'
import { registerFollowPages } from './follow-pages.ts'
import { registerHelpPages } from './help-pages.ts'
import { redirectUnoffered } from './locale.ts'
import { registerMyPages } from './my-pages.ts'
import type { PageParts } from './parts.ts'
import { registerPublicStatus } from './public-status.ts'
import { registerSharePages } from './share-pages.ts'
import { createShell } from './shell.ts'
import { registerSsoPages } from './sso-pages.ts'
import { createStaticFolder } from './static-folder.ts'
import { registerStaticFiles } from './static-routes.ts'
import { registerStatusRoute } from './status-route.ts'
import { registerToolPages } from './tool-pages.ts'
import { registerWorkspace } from './workspace-page.ts'

/** Everything that is not the API: help centre, forms, status, demo, the built apps, and a page for what is not there. */
export async function registerPages(app: FastifyInstance, parts: PageParts): Promise<void> {
  const shell = createShell(parts)
  const { distDirs } = parts
  const folders = {
    site: createStaticFolder(distDirs.site),
    widget: createStaticFolder(distDirs.widget),
    workspace: createStaticFolder(distDirs.workspace),
  }
  await app.register(async (pages) => {
    pages.setErrorHandler((error, request, reply) => answerError(shell, error, { request, reply }))
    pages.addHook('onRequest', async (request, reply) =>
      redirectUnoffered(request, reply, parts.settings.current().languages) ? reply : undefined,
    )
    registerStaticFiles(pages, folders, () => parts.settings.current().bubble)
    registerBrand(pages, parts.settings)
    registerHelpPages(pages, shell)
    registerContactPages(pages, shell)
    registerMyPages(pages, shell)
    registerToolPages(pages, shell)
    registerSharePages(pages, shell)
    registerFollowPages(pages, shell)
    registerSsoPages(pages, shell)
    registerDemo(pages, shell)
    registerWorkspace(pages, shell, folders.workspace)
    registerCrawlers(pages, shell)
    pages.get('/*', { schema: { hide: true } }, async (request, reply) => {
      const tidy = withoutSlash(request.url)
      if (tidy !== undefined) return reply.redirect(tidy, 308)
      throw new AppError('route.not_found')
    })
  })
  registerStatusRoute(app, shell.watch)
  registerPublicStatus(app, shell)
}

/** `/en/har/` is `/en/har`. Only addresses that begin with a language, so that no other site can be meant. */
function withoutSlash(url: string): string | undefined {
  const [path = '', ...query] = url.split('?')
  if (!isLocale(path.split('/')[1]) || !/^(?:\/[\w%.~-]+)+\/$/.test(path)) return undefined
  return [path.slice(0, -1), ...query].join('?')
}
