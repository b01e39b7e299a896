import type { FastifyReply, FastifyRequest } from 'fastify'
import { clearHostCookie, setHostCookie } from '../../platform/http/cookies.ts'

/** Long enough to press a button after the address was typed. */
const keptSeconds = 10 * 60
const cookie = '__Host-clew_sso_hint'

/**
 * The address that was typed goes to the identity provider as a hint (OpenID Connect Core §3.1.2.1, `login_hint`). Until
 * then it is kept in this browser: in an address it would be seen by every log on the way (ASVS 14.2.1).
 */
export function keepLoginHint(reply: FastifyReply, startUrl: string, email: string): void {
  setHostCookie(reply, cookie, { value: `${placeOf(startUrl)} ${email}`, maxAge: keptSeconds })
}

/** The hint for this way in and no other; it serves once. */
export function takeLoginHint(request: FastifyRequest, reply: FastifyReply): string | undefined {
  const kept = request.cookies[cookie]
  if (kept === undefined) return undefined
  clearHostCookie(reply, cookie)
  const [place, email] = kept.split(' ')
  return place === placeOf(request.url) ? email : undefined
}

const placeOf = (url: string): string => new URL(url, 'https://any.example').pathname.split('/').at(-1) ?? ''
