import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../platform/app-error.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { Answer } from '../../platform/routes.ts'
import { type MemberRow, memberView } from '../organisations/index.ts'
import type { SessionReader } from './authenticate.ts'
import { clearCookies, setAttemptCookie, setDeviceCookie, setSessionCookie } from './cookies.ts'
import { attemptCookie, deviceCookie, type SessionRow, sessionCookie } from './model.ts'
import type { SignInParts } from './parts.ts'
import { describeSession } from './use-cases/describe-session.ts'
import type { Entry } from './use-cases/enter.ts'
import type { OpenedSession } from './use-cases/open-session.ts'
import { rememberDevice } from './use-cases/remember-device.ts'

export type SignInRouteParts = SignInParts & { session: SessionReader }

/** The same request, acting as the room: before there is a member, and for what no member may touch. */
export const system = (parts: SignInParts, ctx: Ctx): Ctx => parts.asSystem(ctx, 'sign-in')

/** Before somebody is in, it is signing in by which they act. */
export const entering = (parts: SignInParts, ctx: Ctx): Ctx =>
  parts.asSystem({ ...ctx, origin: { ...ctx.origin, via: 'sign_in' } }, 'sign-in')

type Shown = { member: MemberRow; peers: readonly string[]; expiresAt: Date; isLimited: boolean }

export async function sessionView(parts: SignInParts, ctx: Ctx, session: Shown) {
  const { otherOrganisations, secondFactorDueAt } = await describeSession(system(parts, ctx), session)
  return {
    member: memberView(session.member),
    organisation: { id: session.member.organisationId, ...session.member.organisation },
    permissions: [...session.member.permissions],
    brand: parts.brand(),
    locale: ctx.locale,
    expiresAt: session.expiresAt.toISOString(),
    ...(session.isLimited ? { needs: 'second_factor' as const } : {}),
    ...(secondFactorDueAt === undefined ? {} : { secondFactorDueAt: secondFactorDueAt.toISOString() }),
    otherOrganisations,
  }
}

export type At = { ctx: Ctx; request: FastifyRequest; reply: FastifyReply }

/** Hands the new session to the browser as a cookie, and to the page without its token. */
export async function signedIn(parts: SignInParts, { ctx, request, reply }: At, opened: OpenedSession) {
  setSessionCookie(reply, opened)
  clearCookies(reply, [attemptCookie])
  // A browser is known once somebody was in all the way.
  if (!opened.isLimited)
    setDeviceCookie(reply, await rememberDevice(entering(parts, ctx), opened.member, request.cookies[deviceCookie]))
  return sessionView(parts, ctx, opened)
}

/** In, or one step further. */
export async function entered(parts: SignInParts, at: At, entry: Entry): Promise<Answer> {
  if (entry.is === 'in') return { status: 200, body: await signedIn(parts, at, entry.opened) }
  setAttemptCookie(at.reply, entry.token)
  return { status: 202, body: entry.step }
}

/** The session of whoever asks; no API key has one. */
export async function ownSession(
  parts: SignInRouteParts,
  request: FastifyRequest,
): Promise<{ session: SessionRow; token: string }> {
  const session = await parts.session(request)
  const token = session?.replacedBy ?? request.cookies[sessionCookie]
  if (!session || token === undefined) throw new AppError('session.required')
  return { session, token }
}
