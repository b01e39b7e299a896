import type { FastifyReply, FastifyRequest } from 'fastify'

const cookieName = '__Host-clew_my'
const options = { path: '/', secure: true, httpOnly: true, sameSite: 'lax' } as const
/** As long as a session lasts that nobody comes back to; the server decides. */
const keptSeconds = 30 * 24 * 60 * 60

export const myToken = ({ cookies }: FastifyRequest): string | undefined =>
  /^[\w-]{43}$/.exec(cookies[cookieName] ?? '')?.[0]

export const setMyCookie = (reply: FastifyReply, token: string): void =>
  void reply.setCookie(cookieName, token, { ...options, maxAge: keptSeconds })

export const forgetMyCookie = (reply: FastifyReply): void => void reply.clearCookie(cookieName, options)
