import { negotiateLocale } from '@clew/i18n'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isSecureContext } from '../platform/http/security.ts'
import { newToken } from '../platform/ids.ts'
import { workspacePolicy } from './policies.ts'
import { NotBuiltError, type Shell } from './shell.ts'
import type { StaticFolder } from './static-folder.ts'
import { showInsecureOrigin } from './tool-pages.ts'

const hide = { schema: { hide: true } }

/** The agent workspace: one document for every address below `/app`, with a nonce of its own in each answer. */
export function registerWorkspace(app: FastifyInstance, shell: Shell, built: StaticFolder): void {
  const show = (request: FastifyRequest, reply: FastifyReply) => showWorkspace(shell, built, { request, reply })
  app.get('/app', hide, show)
  app.get('/app/*', hide, show)
}

type Exchange = { request: FastifyRequest; reply: FastifyReply }

async function showWorkspace(shell: Shell, built: StaticFolder, to: Exchange): Promise<FastifyReply> {
  const visit = { ...to, locale: negotiateLocale(to.request.headers['accept-language']) }
  if (!isSecureContext(to.request)) return showInsecureOrigin(shell, visit)
  const document = await built.find('index.html')
  if (!document) throw new NotBuiltError()
  const nonce = newToken()
  const html = document.body.toString('utf8').replaceAll('__CSP_NONCE__', nonce)
  return shell.showOnce(visit, html, { policy: workspacePolicy(nonce) })
}
