import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { AppError } from '../../platform/app-error.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { setHostCookie } from '../../platform/http/cookies.ts'
import { keepLink, linkAt } from '../../platform/http/kept-links.ts'
import { createLimiter, type Limiter } from '../../platform/http/limits.ts'
import { isSecureContext } from '../../platform/http/security.ts'
import { newToken } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/require-permission.ts'
import { memberOf, setSessionCookie, takeLoginHint } from '../sign-in/index.ts'
import type { SsoParts } from './parts.ts'
import { findConnection } from './repository.connections.ts'
import { ownMetadata } from './saml-connection.ts'
import type { Landing } from './settle-sign-in.ts'
import { finishByOidc, finishBySaml } from './use-cases/finish-sign-in.ts'
import { openSetupLink } from './use-cases/setup-link.ts'
import { type Start, startSignIn } from './use-cases/start-sign-in.ts'

/** The browser that was sent away. It comes back with a form of another site, with which only `None` is sent. */
const browserCookie = '__Host-clew_sso'
const setupCookie = '__Host-clew_sso_setup'
const maxFormBytes = 700_000
const perMinute = 60

type Door = { parts: SsoParts; limit: Limiter }
type Exchange = { request: FastifyRequest; reply: FastifyReply }

/** Where browsers come and go between us and identity providers: SAML 2.0 and OpenID Connect. */
export async function mountSsoDoor(app: FastifyInstance, parts: SsoParts, limitFactor: number): Promise<void> {
  await app.register(async (sso) => {
    const door = { parts, limit: createLimiter(sso, 'sso', perMinute * limitFactor) }
    sso.removeContentTypeParser('application/x-www-form-urlencoded')
    sso.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: maxFormBytes },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    )
    const open =
      (run: (door: Door, to: Exchange) => Promise<FastifyReply>) =>
      async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
        await door.limit(request, request.ip)
        void reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
        try {
          return await run(door, { request, reply })
        } catch (error) {
          const elsewhere = pageInstead(error, request)
          if (elsewhere === undefined) throw error
          return reply.redirect(elsewhere, 303)
        }
      }
    const hide = { schema: { hide: true } }
    sso.get('/sso/start/:connection', hide, open(start))
    sso.get('/sso/test/:connection', hide, open(startTest))
    sso.get('/sso/setup/:link/test', hide, open(startSetupTest))
    sso.get('/sso/saml/:connection/metadata', hide, open(metadata))
    sso.post('/sso/saml/:connection/acs', { ...hide, bodyLimit: maxFormBytes }, open(acs))
    sso.get('/sso/oidc/:connection/callback', hide, open(callback))
  })
}

/** Who comes with an old bookmark reads a page that helps on; a program reads the problem. */
function pageInstead(error: unknown, { method, headers, url }: FastifyRequest): string | undefined {
  if (!(error instanceof AppError) || method !== 'GET' || !(headers.accept ?? '').includes('text/html'))
    return undefined
  if (error.code === 'sso.connection_not_found') return '/sso'
  if (error.code === 'session.required') return '/app/sign-in'
  // The page of the link says itself that it is over.
  return error.code === 'sso.link_invalid' ? url.replace(/\/test(?:\?.*)?$/, '') : undefined
}

const Place = z.object({ connection: z.uuid() })

function connectionIn({ request }: Exchange): string {
  const parsed = Place.safeParse(request.params)
  if (!parsed.success) throw new AppError('sso.connection_not_found')
  return parsed.data.connection
}

const ctxOf = ({ parts }: Door, { request }: Exchange): Ctx => parts.ctxOf(request, 'single-sign-on.sign_in')

/** `email`: from a tile or a link of others; our own pages put nobody's address into one. */
const StartQuery = z.object({ email: z.string().max(320).optional(), next: z.string().max(2000).optional() })

async function start(door: Door, to: Exchange): Promise<FastifyReply> {
  const { email, next } = StartQuery.catch({}).parse(to.request.query)
  const loginHint = takeLoginHint(to.request, to.reply) ?? email
  return send(door, to, { connectionId: connectionIn(to), purpose: 'sign_in', next, loginHint })
}

/** A test begins with the session of whoever tests, and ends without one. */
async function startTest(door: Door, to: Exchange): Promise<FastifyReply> {
  const session = await door.parts.session(to.request)
  if (!session) throw new AppError('session.required')
  const actor = memberOf(session.member)
  requirePermission(actor, 'sign_in.manage')
  const connectionId = connectionIn(to)
  const connection = await ctxOf(door, to).transaction((tx) => findConnection(tx, connectionId))
  if (connection?.organisationId !== actor.organisationId) throw new AppError('sso.connection_not_found')
  return send(door, to, {
    connectionId,
    purpose: 'test',
    next: undefined,
    loginHint: undefined,
    memberId: actor.id,
  })
}

const setupShape = /^[\w-]{43}$/

async function startSetupTest(door: Door, to: Exchange): Promise<FastifyReply> {
  const token = linkAt(to.request, (to.request.params as { link: unknown }).link, setupShape)?.token
  if (token === undefined) throw new AppError('sso.link_invalid')
  const { link, connection } = await openSetupLink(ctxOf(door, to), token)
  // Where to come back to; the link itself is not kept with the request.
  setHostCookie(to.reply, setupCookie, { value: token, sameSite: 'none', maxAge: 900 })
  return send(door, to, {
    connectionId: connection.id,
    purpose: 'test',
    next: undefined,
    loginHint: undefined,
    setupLinkId: link.id,
  })
}

async function send(door: Door, to: Exchange, going: Omit<Start, 'browser'>): Promise<FastifyReply> {
  const browser = browserOf(to) ?? newToken()
  const sent = await startSignIn(ctxOf(door, to), { ...going, browser }, door.parts)
  if (sent.kind !== 'sent') return land(to, sent)
  setHostCookie(to.reply, browserCookie, { value: browser, sameSite: 'none', maxAge: 900 })
  return to.reply.redirect(sent.url, 303)
}

const browserOf = ({ request }: Exchange): string | undefined =>
  /^[\w-]{43}$/.exec(request.cookies[browserCookie] ?? '')?.[0]

async function metadata(door: Door, to: Exchange): Promise<FastifyReply> {
  const id = connectionIn(to)
  const connection = await ctxOf(door, to).transaction((tx) => findConnection(tx, id))
  if (connection?.kind !== 'saml') throw new AppError('sso.connection_not_found')
  const { seal, baseUrl } = door.parts
  return to.reply
    .header('content-type', 'application/samlmetadata+xml; charset=utf-8')
    .header('content-disposition', 'inline; filename="clew-metadata.xml"')
    .send(await ownMetadata(connection, { seal, baseUrl: baseUrl() }))
}

const SamlForm = z.object({ SAMLResponse: z.string(), RelayState: z.string().max(2000).optional().catch(undefined) })

async function acs(door: Door, to: Exchange): Promise<FastifyReply> {
  const form = SamlForm.safeParse(to.request.body)
  if (!form.success) throw new AppError('input.invalid', { field: 'SAMLResponse' })
  const landing = await finishBySaml(
    ctxOf(door, to),
    {
      connectionId: connectionIn(to),
      browser: browserOf(to),
      samlResponse: form.data.SAMLResponse,
      relayState: form.data.RelayState,
    },
    door.parts,
  )
  return land(to, landing)
}

async function callback(door: Door, to: Exchange): Promise<FastifyReply> {
  const query = to.request.url.split('?')[1] ?? ''
  const arrival = { connectionId: connectionIn(to), browser: browserOf(to), query }
  return land(to, await finishByOidc(ctxOf(door, to), arrival, door.parts))
}

/** Where it ended: in, at the result of a test, or at a page that says a reference and no cause. */
async function land({ request, reply }: Exchange, landing: Landing): Promise<FastifyReply> {
  switch (landing.kind) {
    case 'signed_in':
      if (!isSecureContext(request)) throw new AppError('session.insecure_origin')
      setSessionCookie(reply, landing.opened)
      return reply.redirect(landing.next, 303)
    case 'tested': {
      const { id, setupLinkId } = landing.attempt
      const token = request.cookies[setupCookie] ?? ''
      if (setupLinkId !== undefined && setupShape.test(token))
        return reply.redirect(`/sso/setup/${keepLink(reply, token)}?attempt=${id}`, 303)
      return reply.redirect(`/app/console/sso?attempt=${id}`, 303)
    }
    case 'refused':
      return reply.redirect(`/sso/refused?reference=${landing.attempt.reference}`, 303)
  }
}
