import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../platform/app-error.ts'
import { isSecureContext } from '../../platform/http/security.ts'
import { attemptCookie, attemptMinutes, deviceCookie, linkCookie, sessionCookie } from './model.ts'

const shape = { path: '/', secure: true, httpOnly: true, sameSite: 'lax' } as const
const deviceSeconds = 400 * 86_400

/** Browsers drop a `__Host-` cookie over plain http; better to say so than to sign in for nothing. */
export function refuseInsecure(request: FastifyRequest): void {
  if (!isSecureContext(request)) throw new AppError('session.insecure_origin')
}

export function setSessionCookie(reply: FastifyReply, { token, expiresAt }: { token: string; expiresAt: Date }): void {
  void reply.setCookie(sessionCookie, token, { ...shape, expires: expiresAt })
}

export const setDeviceCookie = (reply: FastifyReply, token: string): void =>
  void reply.setCookie(deviceCookie, token, { ...shape, maxAge: deviceSeconds })

export const setAttemptCookie = (reply: FastifyReply, token: string): void =>
  void reply.setCookie(attemptCookie, token, { ...shape, maxAge: attemptMinutes * 60 })

export const setLinkCookie = (reply: FastifyReply, token: string): void =>
  void reply.setCookie(linkCookie, token, { ...shape, maxAge: attemptMinutes * 60 })

export function clearCookies(reply: FastifyReply, names: readonly string[]): void {
  for (const name of names) void reply.clearCookie(name, shape)
}
