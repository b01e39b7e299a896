import type { FastifyReply, FastifyRequest } from 'fastify'
import { clearHostCookie, setHostCookie } from '../platform/http/cookies.ts'

const cookieName = '__Host-clew_my'
/** As long as a session lasts that nobody comes back to; the server decides. */
const keptSeconds = 30 * 24 * 60 * 60

export const myToken = ({ cookies }: FastifyRequest): string | undefined =>
  /^[\w-]{43}$/.exec(cookies[cookieName] ?? '')?.[0]

export const setMyCookie = (reply: FastifyReply, token: string): void =>
  setHostCookie(reply, cookieName, { value: token, maxAge: keptSeconds })

export const forgetMyCookie = (reply: FastifyReply): void => clearHostCookie(reply, cookieName)
