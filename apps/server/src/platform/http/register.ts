import { Problem } from '@clew/contract/problem'
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify'
import { z } from 'zod'
import type { Actor } from '../actor.ts'
import { AppError } from '../app-error.ts'
import type { Ctx, Origin } from '../ctx.ts'
import { isFresh } from '../fresh.ts'
import type { AnyRoute, RouteAudience } from '../routes.ts'
import { createLimiter, type Limiter } from './limits.ts'
import { refuseForeignOrigin, refuseUnlistedOrigin, setOpenCors } from './security.ts'

/** Who asks, and how they have said so. */
export type Caller = {
  actor: Actor
  origin?: Pick<Origin, 'via' | 'sessionId'>
  /** When they last proved who they are. */
  provedAt?: Date | undefined
  /** They still have to set up a second factor, and can do nothing else. */
  isLimited?: boolean
  /** What the answer has to bring them, whatever it is: a new token. */
  onReply?(reply: FastifyReply): void
}

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
  now(): Date
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
    ...(each.bodyLimitBytes === undefined ? {} : { bodyLimit: each.bodyLimitBytes }),
    // Who asks is settled before a byte of the body is read.
    onRequest: async (request, reply) => {
      if (isOpen(each)) setOpenCors(reply)
      else refuseForeignOrigin(request)
      if (each.path.startsWith('/widget')) refuseUnlistedOrigin(request, context.mayEmbed)
      await context.perAddress(request, request.ip)
      each.admit?.(request)
      const caller = await callerOf(each.audience, request, context.authenticate)
      caller.onReply?.(reply)
      await perCaller(request, 'id' in caller.actor ? caller.actor.id : request.ip)
      refuseUnproved(each, caller, context.now())
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

/** What is dangerous wants somebody who is there, and whose second factor is not still to come. */
function refuseUnproved(each: AnyRoute, caller: Caller, now: Date): void {
  if (caller.isLimited && !each.beforeSecondFactor) throw new AppError('session.second_factor_required')
  if ((each.fresh || each.personOnly) && caller.origin?.via === 'api_key') throw new AppError('api_key.not_allowed')
  if (each.fresh && !isFresh(caller.provedAt, now)) throw new AppError('session.not_fresh')
}

const visitor: Caller = { actor: { type: 'visitor' } }
const callers = new WeakMap<FastifyRequest, Caller>()

/** Contact routes are called from pages of other sites. So are the public ones; they hold nothing of anyone. */
const isOpen = (each: AnyRoute): boolean =>
  each.audience === 'contact' ||
  (each.audience === 'public' && !/^\/(session|setup|invitations|join-requests)/.test(each.path))

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
    operationId: operationIdOf(each),
    tags: [each.path.split('/')[1] ?? 'api'],
    ...(each.fresh ? { description: freshNote } : {}),
    security: securityOf(each),
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

/** `POST /conversations/:conversationId/messages` is `postConversationsByConversationIdMessages`: what clients call it by. */
function operationIdOf({ method, path }: AnyRoute): string {
  const words = path.split(/[/_.-]/).filter(Boolean)
  const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
  return (
    method.toLowerCase() +
    words.map((word) => (word.startsWith(':') ? `By${capital(word.slice(1))}` : capital(word))).join('')
  )
}

const freshNote =
  'Whoever asks has proved who they are within the last five minutes; otherwise 403 `session.not_fresh`. See `POST /session/proof`.'

/** An API key opens what its scopes hold, but for what takes a person. */
function securityOf({ audience, fresh, personOnly }: AnyRoute): FastifySchema['security'] {
  if (audience === 'public') return []
  const withKey = (audience === 'team' || audience === 'member') && !fresh && !personOnly
  return [{ [audience]: [] }, ...(withKey ? [{ key: [] }] : [])]
}

function responseOf(each: AnyRoute, schema: z.ZodType | null): unknown {
  if (each.produces) return { description: each.summary, content: { [each.produces]: { schema: z.any() } } }
  return schema ?? z.null().describe('Done; there is no content.')
}
