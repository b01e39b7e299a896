import { IncidentId } from '@clew/contract/primitives'
import { type Locale, locales } from '@clew/i18n'
import { type FollowAsked, type FollowView, renderFollowPage } from '@clew/site'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Following, textIn } from '../domains/status/index.ts'
import { linkAt } from '../platform/http/kept-links.ts'
import { createLimiter } from '../platform/http/limits.ts'
import { refuseForeignOrigin } from '../platform/http/security.ts'
import { keepPrivate, registerLinkDoor } from './link-door.ts'
import type { Shell, Visit } from './shell.ts'

const hide = { schema: { hide: true } }
const Form = z.object({
  incident: IncidentId,
  email: z.string().trim().max(254).catch(''),
  every: z.literal('1').optional().catch(undefined),
})
const Address = z.email()
const shape = /^[\w-]{43}$/
const Params = z.object({ link: z.string().max(100) })
type Step = Exclude<FollowView['step'], 'sent' | 'again'>

/** Following an incident by mail: asked on the status page, confirmed and left by links in mails. No script is needed. */
export function registerFollowPages(app: FastifyInstance, shell: Shell): void {
  const { following: desk, limitFactor = 1 } = shell.parts
  const limitAsking = createLimiter(app, 'pages.follow', 10 * limitFactor)
  const limit = createLimiter(app, 'pages.follow_link', 60 * limitFactor)
  const byToken =
    (locale: Locale, step: (following: Following) => Step, act: (token: string) => Promise<Following>) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      keepPrivate(reply)
      await limit(request, request.ip)
      const { link } = Params.parse(request.params)
      const following = await act(linkAt(request, link, shape)?.token ?? '')
      return show(shell, { request, reply, locale }, viewOf(following, step(following), locale))
    }
  for (const locale of locales) {
    const path = `/${locale}/status`
    app.post(`${path}/follow`, hide, async (request, reply) => {
      refuseForeignOrigin(request)
      await limitAsking(request, request.ip)
      const { incident, email, every } = Form.parse(request.body)
      const everyUpdate = every === '1'
      if (!Address.safeParse(email).success)
        return show(shell, { request, reply, locale }, again({ incident, email, every: everyUpdate }))
      await desk.ask({ incidentId: incident, email, everyUpdate, locale })
      return reply.redirect(shell.pathsOf(request).statusFollow(locale, 'sent'), 303)
    })
    app.get(`${path}/follow/sent`, hide, (request, reply) => {
      keepPrivate(reply)
      return show(shell, { request, reply, locale }, { step: 'sent' })
    })
    const asked = ({ isFollowing }: Following): Step => (isFollowing ? 'following' : 'ask')
    const left = ({ isFollowing }: Following): Step => (isFollowing ? 'leave' : 'left')
    for (const place of ['follow', 'unfollow'])
      registerLinkDoor(app, shell, {
        path: `${path}/${place}/link`,
        to: (key) => `${path}/${place}/${key}`,
        shape,
        limit,
        locale,
      })
    app.get(`${path}/follow/:link`, hide, byToken(locale, asked, desk.look))
    app.post(`${path}/follow/:link`, hide, byToken(locale, asked, desk.confirm))
    app.get(`${path}/unfollow/:link`, hide, byToken(locale, left, desk.lookAtLeaving))
    app.post(`${path}/unfollow/:link`, hide, byToken(locale, left, desk.leave))
  }
}

async function show(shell: Shell, visit: Visit, view: FollowView): Promise<FastifyReply> {
  const html = renderFollowPage(view, await shell.siteOf(visit.request, visit.locale))
  return shell.showOnce(visit, html, view.step === 'again' ? { status: 422 } : {})
}

const again = (asked: FollowAsked): FollowView => ({ step: 'again', asked })

function viewOf({ incident, isOver }: Following, step: Step, locale: Locale): FollowView {
  const title = textIn(incident.titles, locale)
  return { step, incident: { title: title.text, lang: title.locale }, isOver }
}
