import type { ContactId } from '@clew/contract/primitives'
import type { FastifyRequest } from 'fastify'
import type { Clock } from '../../platform/clock.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { Caller } from '../../platform/http/register.ts'
import { hashToken } from '../../platform/ids.ts'
import { findContactByToken } from './use-cases/find-contact-by-token.ts'

const keptMs = 4_000
const maxKept = 20_000

/**
 * Finds the contact of a bearer token, remembering each for a few seconds: the bubble asks often. A session that ends by
 * itself is not remembered past its end; one that is taken back is forgotten on every process within five seconds. Kept
 * by hash, so that a dump of memory holds no token.
 */
export function contactReader(
  newCtx: () => Ctx,
  clock: Clock,
): (request: FastifyRequest) => Promise<Caller | undefined> {
  const kept = new Map<string, { contactId: ContactId; until: number }>()
  return async (request) => {
    const token = bearerOf(request)
    if (token === undefined) return undefined
    const key = hashToken(token).toString('hex')
    const now = clock.now().getTime()
    const known = kept.get(key)
    if (known && known.until > now) return callerOf(known.contactId, key)
    const found = await findContactByToken(newCtx(), token)
    if (found === undefined) return undefined
    if (kept.size >= maxKept) kept.clear()
    const endsAt = found.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY
    kept.set(key, { contactId: found.contactId, until: Math.min(now + keptMs, endsAt) })
    return callerOf(found.contactId, key)
  }
}

const callerOf = (id: ContactId, sessionId: string): Caller => ({
  actor: { type: 'contact', id },
  origin: { via: 'session', sessionId },
})

export const bearerOf = ({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined =>
  /^Bearer ([A-Za-z0-9_-]{20,100})$/.exec(headers.authorization ?? '')?.[1]
