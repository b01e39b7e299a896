import type { FastifyReply } from 'fastify'

/**
 * The prefix by which a browser takes a cookie only from https (or this machine), for every path and this very host
 * (RFC 6265bis §4.1.3). Nobody on a neighbouring host or on plain http can plant one.
 */
export type HostCookie = `__Host-clew_${string}`

export type KeptCookie = { value: string; sameSite?: 'lax' | 'strict' | 'none' } & (
  | { maxAge: number }
  | { expires: Date }
)

const shape = { path: '/', secure: true, httpOnly: true } as const

/** The only way in which a cookie is set: no page script reads it, and no plain http carries it. */
export function setHostCookie(reply: FastifyReply, name: HostCookie, cookie: KeptCookie): void {
  const { value, sameSite = 'lax' } = cookie
  const until = 'expires' in cookie ? { expires: cookie.expires } : { maxAge: cookie.maxAge }
  void reply.setCookie(name, value, { sameSite, ...until, ...shape })
}

export function clearHostCookie(reply: FastifyReply, name: HostCookie): void {
  void reply.clearCookie(name, { sameSite: 'lax', ...shape })
}
