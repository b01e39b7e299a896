import type { FastifyRequest } from 'fastify'
import type { Limiter } from '../platform/http/limits.ts'
import { toAppError } from '../platform/http/problems.ts'

/** After how many seconds to come back, for a page that keeps what was typed; undefined when it is not too often. */
export async function isTooOften(limit: Limiter, request: FastifyRequest): Promise<number | undefined> {
  try {
    await limit(request, request.ip)
    return undefined
  } catch (error) {
    const known = toAppError(error)
    if (known.code !== 'rate.limited') throw error
    return Number(known.params['retryAfterSeconds'] ?? 60)
  }
}
