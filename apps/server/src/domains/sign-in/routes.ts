import { AcceptInvitation, AgentSession, SetUpOwner, SignIn } from '@clew/contract/sessions'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { AppError } from '../../platform/app-error.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { isSecureContext } from '../../platform/http/security.ts'
import { type AnyRoute, created, noContent, ok, route } from '../../platform/routes.ts'
import { hasOwner, memberView } from '../organisations/index.ts'
import { type SessionRow, sessionCookie } from './model.ts'
import { acceptInvitation } from './use-cases/accept-invitation.ts'
import type { OpenedSession } from './use-cases/open-session.ts'
import { endSession } from './use-cases/read-session.ts'
import { setUpOwner } from './use-cases/set-up-owner.ts'
import { signIn } from './use-cases/sign-in.ts'

export type SignInParts = {
  brand: () => string
  /** The same request, acting as a named job of the system. */
  asSystem(ctx: Ctx, job: string): Ctx
  session(request: FastifyRequest): Promise<SessionRow | undefined>
}

export const signInRoutes = (parts: SignInParts): readonly AnyRoute[] => [
  ...entranceRoutes(parts),
  ...sessionRoutes(parts),
]

const system = (parts: SignInParts, ctx: Ctx): Ctx => parts.asSystem(ctx, 'sign-in')

const view = (parts: SignInParts, ctx: Ctx, session: SessionRow) => ({
  member: memberView(session.member),
  organisation: { id: session.member.organisationId, ...session.member.organisation },
  permissions: [...session.member.permissions],
  brand: parts.brand(),
  locale: ctx.locale,
  expiresAt: session.expiresAt.toISOString(),
})

/** Hands the new session to the browser as a cookie, and to the page without its token. */
function signedIn(
  parts: SignInParts,
  { ctx, reply, opened }: { ctx: Ctx; reply: FastifyReply; opened: OpenedSession },
) {
  setSessionCookie(reply, opened)
  return view(parts, ctx, opened)
}

/** The ways into the team: the first owner, and by invitation. */
const entranceRoutes = (parts: SignInParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/setup',
    audience: 'public',
    summary: 'Whether the first owner still has to be created',
    responses: { 200: z.object({ needed: z.boolean() }) },
    run: async (ctx) => ok({ needed: !(await system(parts, ctx).transaction(hasOwner)) }),
  }),
  route({
    method: 'POST',
    path: '/setup',
    audience: 'public',
    summary: 'Create the first owner with the one-time token',
    body: SetUpOwner,
    responses: { 201: AgentSession },
    limit: { perMinute: 10 },
    run: async (ctx, { body, request, reply }) => {
      refuseInsecure(request)
      return created(signedIn(parts, { ctx, reply, opened: await setUpOwner(system(parts, ctx), body, parts.brand()) }))
    },
  }),
  route({
    method: 'POST',
    path: '/invitations/accept',
    audience: 'public',
    summary: 'Join the team by an invitation',
    body: AcceptInvitation,
    responses: { 201: AgentSession },
    limit: { perMinute: 10 },
    run: async (ctx, { body, request, reply }) => {
      refuseInsecure(request)
      return created(signedIn(parts, { ctx, reply, opened: await acceptInvitation(system(parts, ctx), body) }))
    },
  }),
]

const sessionRoutes = (parts: SignInParts): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path: '/session',
    audience: 'public',
    summary: 'Sign in',
    body: SignIn,
    responses: { 200: AgentSession },
    limit: { perMinute: 20 },
    run: async (ctx, { body, request, reply }) => {
      refuseInsecure(request)
      return ok(signedIn(parts, { ctx, reply, opened: await signIn(system(parts, ctx), body) }))
    },
  }),
  route({
    method: 'GET',
    path: '/session',
    audience: 'member',
    summary: 'Who is signed in',
    responses: { 200: AgentSession },
    run: async (ctx, { request }) => {
      const session = await parts.session(request)
      if (!session) throw new AppError('session.required')
      return ok(view(parts, ctx, session))
    },
  }),
  route({
    method: 'DELETE',
    path: '/session',
    audience: 'member',
    summary: 'Sign out',
    responses: { 204: null },
    run: async (ctx, { request, reply }) => {
      const token = request.cookies[sessionCookie]
      if (token) await endSession(system(parts, ctx), token)
      void reply.clearCookie(sessionCookie, { path: '/', secure: true, httpOnly: true, sameSite: 'lax' })
      return noContent()
    },
  }),
]

/** Browsers drop a `__Host-` cookie over plain http; better to say so than to sign in for nothing. */
function refuseInsecure(request: FastifyRequest): void {
  if (!isSecureContext(request)) throw new AppError('session.insecure_origin')
}

function setSessionCookie(reply: FastifyReply, opened: OpenedSession): void {
  void reply.setCookie(sessionCookie, opened.token, {
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'lax',
    expires: opened.expiresAt,
  })
}
