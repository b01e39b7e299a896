import type { ContactId } from '@clew/contract/primitives'
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../../platform/actor.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { hashToken } from '../../platform/ids.ts'
import { findContactByToken } from './use-cases/find-contact-by-token.ts'

const keptMs = 60_000
const maxKept = 20_000

/**
 * Finds the contact of a bearer token, remembering each for a minute: the bubble asks often, and a contact's token is
 * never taken back before it is forgotten here. Kept by hash, so that a dump of memory holds no token.
 */
export function contactReader(
  newCtx: () => Ctx,
  clock: Clock,
): (request: FastifyRequest) => Promise<Actor | undefined> {
  const kept = new Map<string, { contactId: ContactId; until: number }>()
  return async (request) => {
    const token = /^Bearer ([A-Za-z0-9_-]{20,100})$/.exec(request.headers.authorization ?? '')?.[1]
    if (token === undefined) return undefined
    const key = hashToken(token).toString('base64')
    const now = clock.now().getTime()
    const known = kept.get(key)
    if (known && known.until > now) return { type: 'contact', id: known.contactId }
    const contactId = await findContactByToken(newCtx(), token)
    if (contactId === undefined) return undefined
    if (kept.size >= maxKept) kept.clear()
    kept.set(key, { contactId, until: now + keptMs })
    return { type: 'contact', id: contactId }
  }
}
