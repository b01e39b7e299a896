import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '../app-error.ts'

export type Limiter = (request: FastifyRequest, key: string) => Promise<void>

/** A limiter that refuses with 429 and says after how many seconds to come back. `key` is who is counted. */
export function createLimiter(app: FastifyInstance, name: string, perMinute: number): Limiter {
  const keys = new WeakMap<FastifyRequest, string>()
  const check = app.createRateLimit({
    max: perMinute,
    timeWindow: '1 minute',
    keyGenerator: (request: FastifyRequest) => `${name}:${keys.get(request) ?? request.ip}`,
  })
  return async (request, key) => {
    keys.set(request, key)
    const limit = await check(request)
    if (!limit.isAllowed && limit.isExceeded) throw tooMany(limit.ttlInSeconds)
  }
}

export const tooMany = (seconds: number): AppError =>
  new AppError('rate.limited', { retryAfterSeconds: Math.max(1, Math.ceil(seconds)) })
