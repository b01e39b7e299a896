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
 * Finds the contact of a bearer token, remembering each for a minute: the bubble asks often. A session that ends by
 * itself is not remembered past its end; one that is taken back is forgotten within that minute. Kept by hash, so that
 * a dump of memory holds no token.
 */
export function contactReader(
  newCtx: () => Ctx,
  clock: Clock,
): (request: FastifyRequest) => Promise<Actor | undefined> {
  const kept = new Map<string, { contactId: ContactId; until: number }>()
  return async (request) => {
    const token = bearerOf(request)
    if (token === undefined) return undefined
    const key = hashToken(token).toString('base64')
    const now = clock.now().getTime()
    const known = kept.get(key)
    if (known && known.until > now) return { type: 'contact', id: known.contactId }
    const found = await findContactByToken(newCtx(), token)
    if (found === undefined) return undefined
    if (kept.size >= maxKept) kept.clear()
    const endsAt = found.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY
    kept.set(key, { contactId: found.contactId, until: Math.min(now + keptMs, endsAt) })
    return { type: 'contact', id: found.contactId }
  }
}

export const bearerOf = ({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined =>
  /^Bearer ([A-Za-z0-9_-]{20,100})$/.exec(headers.authorization ?? '')?.[1]
