import { ScimError } from '@clew/scim'
import type { FastifyRequest } from 'fastify'
import type { Ctx } from '../../platform/ctx.ts'
import { isId } from './model.resource.ts'
import type { Door } from './model.ts'
import { admitToken } from './use-cases/admit-token.ts'

/** Where a request goes: to which connection, and what below it. Undefined where it is no address of the protocol. */
export type Address = { connectionId: string; segments: readonly string[] }

export function addressOf(url: string): Address | undefined {
  const [, , version, connectionId = '', ...segments] = (url.split('?')[0] ?? '').split('/').map(decoded)
  if (version !== 'v2' || !isId(connectionId)) return undefined
  if (segments.at(-1) === '') segments.pop()
  return { connectionId, segments }
}

/** Finds the connection that a request may speak for. One word for every reason, so that nobody learns what exists. */
export async function authenticate(
  request: FastifyRequest,
  { ctx, baseUrl }: { ctx: Ctx; baseUrl: string },
): Promise<{ door: Door; address: Address }> {
  const address = addressOf(request.url)
  if (address === undefined) throw new ScimError(404, 'There is nothing at this address.')
  const token = /^Bearer +([\w.~+/-]+=*) *$/i.exec(request.headers.authorization ?? '')?.[1]
  const found = token === undefined ? undefined : await admitToken(ctx, { connectionId: address.connectionId, token })
  if (found === undefined) throw new ScimError(401, 'The request needs a token of this connection.')
  const origin = baseUrl === '' ? `${request.protocol}://${request.host}` : baseUrl
  return { door: { ...found, baseUrl: `${origin}/scim/v2/${address.connectionId}` }, address }
}

/** What is not properly encoded is left as it is, and then names nothing. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch (cause) {
    if (cause instanceof URIError) return segment
    throw cause
  }
}
