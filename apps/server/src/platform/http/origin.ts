import type { FastifyRequest } from 'fastify'
import type { Origin } from '../ctx.ts'

const maxAgentLength = 400

/** Where a request comes from, as the proxy in front says it when there is one that we trust. */
export function originOf(request: FastifyRequest): Omit<Origin, 'via'> {
  const userAgent = request.headers['user-agent']?.slice(0, maxAgentLength)
  return { address: request.ip, ...(userAgent === undefined ? {} : { userAgent }) }
}
