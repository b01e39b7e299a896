import { locales } from '@clew/i18n'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { SettingsNow } from '../domains/organisations/index.ts'
import { AppError } from '../platform/app-error.ts'
import { setOpenCors } from '../platform/http/security.ts'
import { addVary, sendCompressed } from './compressed.ts'
import { drawingPolicy, framePolicy, offlinePolicy, scriptPolicy, sealedPolicy } from './policies.ts'
import { NotBuiltError } from './shell.ts'
import type { StaticFile, StaticFolder } from './static-folder.ts'

const hide = { schema: { hide: true } }
const forever = 'public, max-age=31536000, immutable'
const checked = 'no-cache'

export type BuiltFolders = { site: StaticFolder; widget: StaticFolder; workspace: StaticFolder }

/** The built files of the browser apps. A name with a hash of its content never changes. */
export function registerStaticFiles(
  app: FastifyInstance,
  { site, widget, workspace }: BuiltFolders,
  bubble: () => SettingsNow['bubble'],
): void {
  app.get('/assets/site/*', hide, (request, reply) => sendFrom(site, restOf(request), { request, reply }))
  // Beside the page that it serves: a service worker may serve nothing above its own folder.
  for (const locale of locales)
    app.get(`/${locale}/har-offline.js`, hide, (request, reply) =>
      sendFrom(site, 'har-offline.js', { request, reply, policy: offlinePolicy }),
    )
  app.get('/app/assets/*', hide, (request, reply) =>
    sendFrom(workspace, `assets/${restOf(request)}`, { request, reply, cache: forever }),
  )
  app.get('/clew.js', hide, (request, reply) => {
    setOpenCors(reply)
    const isElsewhere = (request.headers['sec-fetch-site'] ?? 'same-origin') !== 'same-origin'
    addVary(reply, 'Sec-Fetch-Site')
    if (!(isElsewhere ? bubble().onOtherSites : bubble().onHelpCentre)) return sendSilence(reply)
    return sendFrom(widget, 'clew.js', { request, reply, cache: 'public, max-age=300' })
  })
  app.get('/widget/frame', hide, (request, reply) => {
    setOpenCors(reply)
    void reply.removeHeader('x-frame-options')
    return sendFrom(widget, 'frame.html', { request, reply, policy: framePolicy(ancestorsOf(bubble())) })
  })
  app.get('/widget/*', hide, (request, reply) => {
    setOpenCors(reply)
    return sendFrom(widget, restOf(request), { request, reply })
  })
}

/** Where the bubble is switched off its script does nothing, and calls that pages make to it do no harm. */
const sendSilence = (reply: FastifyReply): FastifyReply =>
  reply
    .headers({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=300',
      'content-security-policy': scriptPolicy,
    })
    .send('window.Clew=function(){};window.Clew.push=function(){}\n')

/** CSP 3, 6.4.2: origins are written as we keep them. */
const ancestorsOf = ({ onOtherSites, origins }: SettingsNow['bubble']): string =>
  onOtherSites && origins.length === 0 ? '*' : ["'self'", ...(onOtherSites ? origins : [])].join(' ')

type Sending = { request: FastifyRequest; reply: FastifyReply; cache?: string; policy?: string }

async function sendFrom(
  folder: StaticFolder,
  name: string,
  { request, reply, cache, policy }: Sending,
): Promise<FastifyReply> {
  const file = await folder.find(name)
  if (!file) throw (await folder.exists()) ? new AppError('route.not_found') : new NotBuiltError()
  void reply.headers({
    'content-type': file.type,
    'cache-control': cache ?? (isHashed(name) ? forever : checked),
    'content-security-policy': policy ?? policyOf(name, file),
  })
  return sendCompressed(request, reply, file)
}

function policyOf(name: string, { type }: StaticFile): string {
  if (type.startsWith('image/svg')) return drawingPolicy
  return type.startsWith('text/javascript') && !name.startsWith('har-worker.') ? scriptPolicy : sealedPolicy
}

/** `site.C5FXBI5K.js`, `panel-E6UXK7IV.js`: eight letters that no word has. */
export const isHashed = (name: string): boolean => /[.-](?=\w*[A-Z0-9])\w{8}\.\w+$/.test(name)

const restOf = (request: FastifyRequest): string => (request.params as { '*': string })['*']
