import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../platform/app-error.ts'
import { clearHostCookie, type HostCookie, setHostCookie } from '../../platform/http/cookies.ts'
import { isSecureContext } from '../../platform/http/security.ts'
import { attemptCookie, attemptMinutes, deviceCookie, linkCookie, sessionCookie } from './model.ts'

const deviceSeconds = 400 * 86_400

/** Browsers drop a `__Host-` cookie over plain http; better to say so than to sign in for nothing. */
export function refuseInsecure(request: FastifyRequest): void {
  if (!isSecureContext(request)) throw new AppError('session.insecure_origin')
}

export const setSessionCookie = (reply: FastifyReply, { token, expiresAt }: { token: string; expiresAt: Date }): void =>
  setHostCookie(reply, sessionCookie, { value: token, expires: expiresAt })

export const setDeviceCookie = (reply: FastifyReply, token: string): void =>
  setHostCookie(reply, deviceCookie, { value: token, maxAge: deviceSeconds })

export const setAttemptCookie = (reply: FastifyReply, token: string): void =>
  setHostCookie(reply, attemptCookie, { value: token, maxAge: attemptMinutes * 60 })

export const setLinkCookie = (reply: FastifyReply, token: string): void =>
  setHostCookie(reply, linkCookie, { value: token, maxAge: attemptMinutes * 60 })

export function clearCookies(reply: FastifyReply, names: readonly HostCookie[]): void {
  for (const name of names) clearHostCookie(reply, name)
}
