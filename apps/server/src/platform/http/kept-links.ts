import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type HostCookie, setHostCookie } from './cookies.ts'

/**
 * The token of a link stands behind its `#`, which no server, no log and no other site sees. The page gives it over in a
 * body, the browser keeps it in a cookie, and addresses from then on carry a key: it says which link is meant, and
 * opens nothing without the cookie.
 */
export type Link = { place: string; token: string }

const keptSeconds = 12 * 60 * 60
const aKey = /^[0-9a-f]{16}$/
export const LinkKey = z.string().regex(aKey)

export const keyOf = (token: string): string => createHash('sha256').update(`link ${token}`).digest('hex').slice(0, 16)

const cookieOf = (key: string): HostCookie => `__Host-clew_link_${key}`

/** Keeps the token in this browser. Answers with what stands for it in an address. */
export function keepLink(reply: FastifyReply, token: string): string {
  const key = keyOf(token)
  setHostCookie(reply, cookieOf(key), { value: token, sameSite: 'lax', maxAge: keptSeconds })
  return key
}

/**
 * The link that an address means: by its key, if this browser has its token; or by the token itself, as links had it that
 * were made before.
 */
export function linkAt(request: FastifyRequest, place: unknown, shape: RegExp): Link | undefined {
  if (typeof place !== 'string') return undefined
  if (shape.test(place)) return { place, token: place }
  const token = aKey.test(place) ? request.cookies[cookieOf(place)] : undefined
  return token !== undefined && shape.test(token) && keyOf(token) === place ? { place, token } : undefined
}

/** The token of what somebody pasted: the whole link, or what stands at its end. */
export const tokenIn = (text: string, shape: RegExp): string | undefined => {
  const end = text.trim().slice(0, 2000).split(/[#/=]/).at(-1) ?? ''
  return shape.test(end) ? end : undefined
}
