import { readFileSync } from 'node:fs'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance, type FastifyRequest, type FastifyServerOptions } from 'fastify'
import { createJsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import type { ZodType } from 'zod'
import { AppError } from '../app-error.ts'
import { type Clock, monotonicMs } from '../clock.ts'
import type { Config } from '../config.ts'
import { type Ctx, createCtx } from '../ctx.ts'
import type { Database } from '../database.ts'
import { uuidv7 } from '../ids.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { AnyRoute } from '../routes.ts'
import { createLimiter } from './limits.ts'
import { originOf } from './origin.ts'
import { invalidInput, localeOf, sendProblem } from './problems.ts'
import { type Authenticate, apiPrefix, type Caller, isOpenPath, type RouteContext, registerRoute } from './register.ts'
import { setOpenCors, setSecurityHeaders } from './security.ts'

export type HttpParts = {
  config: Pick<Config, 'trustProxy' | 'tls' | 'rateLimitPerMinute'>
  database: Database
  clock: Clock
  log: Log
  metrics: Metrics
  routes: readonly AnyRoute[]
  authenticate: Authenticate
  /** Whether pages of another site may hold the bubble; without it all may. */
  mayEmbed?: (origin: string) => boolean
  /** Multiplies every limit. */
  limitFactor?: number
  /** Pages, static files and what else is not the API. */
  pages?: (app: FastifyInstance) => Promise<void> | void
}

const bodyLimitBytes = 256 * 1024

/** The web server with every route of every room; does not listen yet. */
export async function createHttp(parts: HttpParts): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify(optionsOf(parts.config))
  app.setValidatorCompiler(
    ({ schema }) =>
      (input) =>
        parseInput(schema as ZodType, input),
  )
  app.setSerializerCompiler(() => (body) => JSON.stringify(body))
  app.setErrorHandler((error, request, reply) => sendProblem(error, { request, reply, log: parts.log }))
  app.setNotFoundHandler((request, reply) =>
    sendProblem(new AppError('route.not_found'), { request, reply, log: parts.log }),
  )
  await app.register(cookie)
  await app.register(formbody, { bodyLimit: bodyLimitBytes })
  await app.register(rateLimit, { global: false, cache: 50_000 })
  await registerOpenApi(app)
  refuseUndescribed(app)
  observe(app, parts)
  answerPreflights(app)
  await app.register(async (api) => registerApi(api, parts))
  app.get(`/api/openapi.json`, { schema: { hide: true } }, async (_request, reply) => reply.send(app.swagger()))
  await parts.pages?.(app)
  return app
}

/** The contract schema is the parser; what it makes of the input is what the use-case gets. */
function parseInput(schema: ZodType, input: unknown) {
  const parsed = schema.safeParse(input)
  return parsed.success ? { value: parsed.data } : { error: invalidInput(parsed.error) }
}

function optionsOf(config: HttpParts['config']): FastifyServerOptions {
  const https = config.tls && { cert: readFileSync(config.tls.certFile), key: readFileSync(config.tls.keyFile) }
  return {
    ...(https ? { https } : {}),
    trustProxy: config.trustProxy,
    bodyLimit: bodyLimitBytes,
    genReqId: () => uuidv7(Date.now()),
    requestTimeout: 120_000,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    routerOptions: { maxParamLength: 200 },
    rewriteUrl: ({ url }) => decodable(url ?? '/'),
  } as FastifyServerOptions
}

/**
 * An address whose escapes are no letters (`%ff`, `%`) is taken by its letters as they stand. So it goes the way of every
 * address that leads nowhere, with its page, its problem and its headers; the router by itself would answer without any.
 */
function decodable(url: string): string {
  if (!url.includes('%')) return url
  const [path = ''] = url.split(/[?#;]/, 1)
  try {
    decodeURIComponent(path)
    return url
  } catch {
    return path.replaceAll('%', '%25') + url.slice(path.length)
  }
}

async function registerApi(api: FastifyInstance, parts: HttpParts): Promise<void> {
  const limitFactor = parts.limitFactor ?? 1
  const context: RouteContext = {
    authenticate: parts.authenticate,
    mayEmbed: parts.mayEmbed ?? (() => true),
    newCtx: (request, caller) => ctxFor(parts, request, caller),
    now: () => parts.clock.now(),
    perAddress: createLimiter(api, 'address', parts.config.rateLimitPerMinute * limitFactor),
    limitFactor,
  }
  for (const each of parts.routes.filter(({ rawBody }) => !rawBody)) registerRoute(api, each, context)
  await api.register(async (raw) => {
    raw.removeAllContentTypeParsers()
    raw.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    for (const each of parts.routes.filter(({ rawBody }) => rawBody)) registerRoute(raw, each, context)
  })
}

function ctxFor(parts: HttpParts, request: FastifyRequest, { actor, origin }: Caller): Ctx {
  return createCtx(parts.database, {
    actor,
    organisationId: 'organisationId' in actor ? actor.organisationId : undefined,
    locale: localeOf(request),
    requestId: request.id,
    origin: { via: 'session', ...originOf(request), ...origin },
    clock: parts.clock,
  })
}

/** Browsers ask before they send a bearer token to another site. */
function answerPreflights(app: FastifyInstance): void {
  app.options('/*', { schema: { hide: true } }, async (request, reply) => {
    if (!isOpenPath(request.url.split('?')[0] ?? '')) throw new AppError('route.not_found')
    setOpenCors(reply)
    return reply.code(204).send()
  })
}

function observe(app: FastifyInstance, { log, metrics }: HttpParts): void {
  const started = new WeakMap<FastifyRequest, number>()
  app.addHook('onRequest', async (request, reply) => {
    started.set(request, monotonicMs())
    setSecurityHeaders(request, reply)
    void reply.header('x-request-id', request.id)
  })
  app.addHook('onResponse', async (request, reply) => {
    const ms = monotonicMs() - (started.get(request) ?? monotonicMs())
    const pattern = request.routeOptions.url ?? 'unmatched'
    metrics.observeRequest({ method: request.method, route: pattern, status: reply.statusCode, ms })
    // The pattern, not the address: ids and search words of people stay out of the log.
    log.debug(
      { requestId: request.id, method: request.method, route: pattern, status: reply.statusCode, ms: Math.round(ms) },
      'request',
    )
  })
}

/** A route of the API that has no contract cannot be mounted: what is not described does not answer. */
function refuseUndescribed(app: FastifyInstance): void {
  app.addHook('onRoute', ({ url, schema, method }) => {
    if (url.startsWith(apiPrefix) && !schema?.response)
      throw new Error(`${String(method)} ${url} has no contract schema`)
  })
}

async function registerOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Clew',
        version: '1',
        description: 'The HTTP API of Clew. Errors are RFC 9457 problems with stable codes.',
      },
      components: {
        securitySchemes: {
          team: { type: 'apiKey', in: 'cookie', name: '__Host-clew_session' },
          key: { type: 'http', scheme: 'bearer', description: 'An API key: `clew_…`.' },
          member: { type: 'apiKey', in: 'cookie', name: '__Host-clew_session' },
          contact: { type: 'http', scheme: 'bearer' },
        },
      },
    },
    transform: createJsonSchemaTransform({}),
    transformObject: jsonSchemaTransformObject,
  })
}

export { apiPrefix }
