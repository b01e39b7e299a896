import { Problem } from '@clew/contract/problem'
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify'
import { z } from 'zod'
import type { Actor } from '../actor.ts'
import { AppError } from '../app-error.ts'
import type { Ctx, Origin } from '../ctx.ts'
import type { AnyRoute, RouteAudience } from '../routes.ts'
import { createLimiter, type Limiter } from './limits.ts'
import { refuseForeignOrigin, refuseUnlistedOrigin, setOpenCors } from './security.ts'

/** Who asks, and how they have said so. */
export type Caller = { actor: Actor; origin?: Pick<Origin, 'via' | 'sessionId'> }

/** How the adapter learns who is asking. Given by the rooms that own sessions. */
export type Authenticate = {
  team(request: FastifyRequest): Promise<Caller | undefined>
  contact(request: FastifyRequest): Promise<Caller | undefined>
  /** Anybody of an organisation; only in that organisation's scope. */
  member(request: FastifyRequest): Promise<Caller | undefined>
}

export type RouteContext = {
  authenticate: Authenticate
  newCtx(request: FastifyRequest, caller: Caller): Ctx
  /** Whether pages of another site may hold the bubble. */
  mayEmbed(origin: string): boolean
  perAddress: Limiter
  /** Multiplies every limit; tests and benchmarks raise it. */
  limitFactor: number
}

export const apiPrefix = '/api/v1'
const defaultPerMinute = 240

/** Mounts one route of a room: limits, who asks, parsed input, answer. */
export function registerRoute(app: FastifyInstance, each: AnyRoute, context: RouteContext): void {
  const perMinute = (each.limit?.perMinute ?? defaultPerMinute) * context.limitFactor
  const perCaller = createLimiter(app, `${each.method} ${each.path}`, perMinute)
  app.route({
    method: each.method,
    url: `${apiPrefix}${each.path}`,
    schema: schemaOf(each),
    // Who asks is settled before a byte of the body is read.
    onRequest: async (request, reply) => {
      if (isOpen(each)) setOpenCors(reply)
      else refuseForeignOrigin(request)
      if (each.path.startsWith('/widget')) refuseUnlistedOrigin(request, context.mayEmbed)
      await context.perAddress(request, request.ip)
      const caller = await callerOf(each.audience, request, context.authenticate)
      await perCaller(request, 'id' in caller.actor ? caller.actor.id : request.ip)
      callers.set(request, caller)
    },
    handler: async (request, reply) => {
      const caller = callers.get(request) ?? visitor
      const input = { params: request.params, query: request.query, body: request.body, request, reply }
      const answer = await each.run(context.newCtx(request, caller), input as never)
      return answer === undefined ? reply : send(reply, answer.status, answer.body)
    },
  })
}

const visitor: Caller = { actor: { type: 'visitor' } }
const callers = new WeakMap<FastifyRequest, Caller>()

/** Contact routes are called from pages of other sites. So are the public ones; they hold nothing of anyone. */
const isOpen = (each: AnyRoute): boolean =>
  each.audience === 'contact' || (each.audience === 'public' && !/^\/(session|setup|invitations)/.test(each.path))

export const isOpenPath = (path: string): boolean => /^\/api\/v1\/(widget|articles|status)(\/|$)/.test(path)

async function callerOf(audience: RouteAudience, request: FastifyRequest, authenticate: Authenticate): Promise<Caller> {
  if (audience === 'public') return visitor
  const caller = await authenticate[audience](request)
  if (!caller) throw new AppError('session.required')
  return caller
}

function send(reply: FastifyReply, status: number, body: unknown): FastifyReply {
  void reply.code(status)
  if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store')
  return body === undefined ? reply.send() : reply.send(body)
}

function schemaOf(each: AnyRoute): FastifySchema {
  const { params, query, body, headers, responses } = each
  const answers: Record<string, unknown> = {}
  for (const [status, schema] of Object.entries(responses)) answers[status] = responseOf(each, schema)
  return {
    summary: each.summary,
    tags: [each.path.split('/')[1] ?? 'api'],
    security: each.audience === 'public' ? [] : [{ [each.audience]: [] }],
    ...(params ? { params } : {}),
    ...(query ? { querystring: query } : {}),
    ...(body ? { body } : {}),
    ...(headers ? { headers } : {}),
    response: {
      ...answers,
      default: { description: 'An error.', content: { 'application/problem+json': { schema: Problem } } },
    },
  } as FastifySchema
}

function responseOf(each: AnyRoute, schema: z.ZodType | null): unknown {
  if (each.produces) return { description: each.summary, content: { [each.produces]: { schema: z.any() } } }
  return schema ?? z.null().describe('Done; there is no content.')
}
