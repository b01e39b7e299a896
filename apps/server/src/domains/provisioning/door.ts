import { errorDocument, negotiateMediaType, ScimError, type ScimMediaType, scimMediaType } from '@clew/scim'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'
import type { Ctx, CtxParts } from '../../platform/ctx.ts'
import { createLimiter } from '../../platform/http/limits.ts'
import type { Log } from '../../platform/log.ts'
import { maxBodyBytes, type ScimAnswer } from './answer.ts'
import { type Address, authenticate } from './authenticate.ts'
import { answerRequest } from './endpoints.ts'
import type { Door } from './model.ts'

export type DoorParts = {
  baseUrl: () => string
  log: Log
  newCtx(parts: Pick<CtxParts, 'actor' | 'requestId' | 'origin' | 'organisationId'>): Ctx
}

/** Entra ID asks for at least 25 requests in a second. */
const perTokenAndMinute = 3_000
const guessesPerMinute = 120

type Admitted = { door: Door; address: Address; media: ScimMediaType }

/**
 * The door of the protocol (RFC 7644), outside the API: its own media types and its own words for errors, always JSON.
 * Who asks is settled before a byte of the body is read.
 */
export async function mountDoor(app: FastifyInstance, parts: DoorParts, limitFactor: number): Promise<void> {
  await app.register(async (scim) => {
    const perToken = createLimiter(scim, 'scim', perTokenAndMinute * limitFactor)
    const guesses = createLimiter(scim, 'scim guesses', guessesPerMinute * limitFactor)
    const admitted = new WeakMap<FastifyRequest, Admitted>()
    scim.removeAllContentTypeParsers()
    scim.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: maxBodyBytes }, (_request, body, done) =>
      done(null, body),
    )
    scim.setErrorHandler((error, request, reply) => sendError(error, { request, reply, log: parts.log }))
    const options = {
      schema: { hide: true },
      bodyLimit: maxBodyBytes,
      onRequest: async (request: FastifyRequest) => {
        const media = negotiateMediaType(request.headers.accept)
        const ctx = ctxOf(parts, request, { actor: { type: 'system', job: 'provisioning.door' } })
        try {
          const found = await authenticate(request, { ctx, baseUrl: parts.baseUrl() })
          admitted.set(request, { ...found, media })
          await perToken(request, found.door.token.id)
        } catch (error) {
          if (error instanceof ScimError && error.status === 401) await guesses(request, request.ip)
          throw error
        }
      },
    }
    const handler = async (request: FastifyRequest, reply: FastifyReply) => {
      const found = admitted.get(request)
      if (found === undefined) throw new ScimError(401, 'The request needs a token of this connection.')
      const { connection, token } = found.door
      const { id, name, organisationId } = connection
      const ctx = ctxOf(parts, request, {
        actor: { type: 'connection', id, name, organisationId },
        tokenId: token.id,
      })
      return send(reply, await answerRequest(ctx, found, request), found.media)
    }
    for (const url of ['/scim', '/scim/*']) scim.all(url, options, handler)
  })
}

const maxAgentLength = 400

type Who = { actor: Actor; tokenId?: string }

function ctxOf(parts: DoorParts, request: FastifyRequest, { actor, tokenId }: Who): Ctx {
  const userAgent = request.headers['user-agent']?.slice(0, maxAgentLength)
  return parts.newCtx({
    actor,
    organisationId: 'organisationId' in actor ? actor.organisationId : undefined,
    requestId: request.id,
    origin: {
      via: 'scim',
      address: request.ip,
      ...(userAgent === undefined ? {} : { userAgent }),
      ...(tokenId === undefined ? {} : { sessionId: tokenId }),
    },
  })
}

function send(reply: FastifyReply, { status, body, headers = {} }: ScimAnswer, media: ScimMediaType): FastifyReply {
  void reply.code(status).headers({ 'cache-control': 'no-store', ...headers })
  if (body === undefined || reply.request.method === 'HEAD') return reply.send()
  return reply.header('content-type', `${media}; charset=utf-8`).send(JSON.stringify(body))
}

type To = { request: FastifyRequest; reply: FastifyReply; log: Log }

function sendError(error: unknown, { request, reply, log }: To): FastifyReply {
  const known = toScimError(error)
  if (known.status >= 500) log.error({ err: error, requestId: request.id }, 'a provisioning request failed')
  if (known.status === 401) void reply.header('www-authenticate', 'Bearer realm="SCIM"')
  const wait = error instanceof AppError ? error.params['retryAfterSeconds'] : undefined
  if (wait !== undefined) void reply.header('retry-after', String(wait))
  if (known.status === 503) void reply.header('retry-after', '5')
  return send(reply, { status: known.status, body: errorDocument(known) }, scimMediaType)
}

const sentences: Readonly<Record<number, string>> = {
  400: 'The request cannot be understood.',
  404: 'There is nothing at this address.',
  413: `The body is larger than ${maxBodyBytes} bytes.`,
  415: `The body must be ${scimMediaType} or application/json, in UTF-8.`,
  429: 'Too many requests. Wait as long as Retry-After says.',
  503: 'The service is busy. Try again shortly.',
}

/** Everything that can be thrown, in the protocol's words. What nobody foresaw says nothing of itself. */
function toScimError(error: unknown): ScimError {
  if (error instanceof ScimError) return error
  const status = error instanceof AppError ? error.status : statusOf(error)
  const sentence = sentences[status]
  return sentence === undefined ? new ScimError(500, 'The service has failed.') : new ScimError(status, sentence)
}

const statusOf = (error: unknown): number =>
  typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500
