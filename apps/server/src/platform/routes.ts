import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Ctx } from './ctx.ts'

/** Who may call a route; `member` is anybody of an organisation, at its console. The adapter finds the actor; what they may do is the use-case's `authorize…`. */
export type RouteAudience = 'public' | 'contact' | 'team' | 'member'

/** How often one caller may use a route: by address, and by contact or agent where there is one. */
export type RouteLimit = { perMinute: number }

type Schema = z.ZodType
type Out<S> = S extends Schema ? z.output<S> : undefined

export type RouteInput<P, Q, B> = {
  params: Out<P>
  query: Out<Q>
  body: Out<B>
  request: FastifyRequest
  reply: FastifyReply
}

/** What a route answers: a status of `responses`, and the body that goes with it. */
export type Answer = { status: number; body?: unknown }

export type Route<P extends Schema | undefined, Q extends Schema | undefined, B extends Schema | undefined> = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'
  /** Below `/api/v1`. */
  path: string
  audience: RouteAudience
  summary: string
  params?: P
  query?: Q
  body?: B
  headers?: Schema
  /** Every success status with its body; `null` for none. Errors are problems, everywhere. */
  responses: Readonly<Record<number, Schema | null>>
  /** Answers that are not JSON: a stream of events, a file. */
  produces?: string
  /** The body reaches the use-case as a stream of bytes. */
  rawBody?: boolean
  limit?: RouteLimit
  /** Where a body may be larger than usual. */
  bodyLimitBytes?: number
  /** Throws for whom the route does not open, before the body is read: what they sent is nobody's business. */
  admit?: (request: FastifyRequest) => void
  /** Dangerous: whoever calls it has to have said again who they are a moment ago. */
  fresh?: boolean
  /** Not for an API key, which is nobody. */
  personOnly?: boolean
  /** Open to who still has to set up a second factor: for setting it up, and for leaving. */
  beforeSecondFactor?: boolean
  run(ctx: Ctx, input: RouteInput<P, Q, B>): Promise<Answer | undefined>
}

// biome-ignore lint: the list of routes forgets the schema types of each
export type AnyRoute = Route<Schema | undefined, Schema | undefined, Schema | undefined>

/** Declares one route. The contract schemas are parsed at the door; from here on types are trusted. */
export function route<
  P extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
  B extends Schema | undefined = undefined,
>(definition: Route<P, Q, B>): AnyRoute {
  return definition as unknown as AnyRoute
}

export const ok = (body: unknown): Answer => ({ status: 200, body })
export const created = (body: unknown): Answer => ({ status: 201, body })
export const noContent = (): Answer => ({ status: 204 })
/** 201 the first time, 200 for a repeat that changed nothing. */
export const once = ({ repeated, ...rest }: { repeated: boolean; body: unknown }): Answer => ({
  status: repeated ? 200 : 201,
  body: rest.body,
})
