import type { FastifyRequest } from 'fastify'
import type { Actor, MemberActor } from '../../platform/actor.ts'
import type { Ctx, Origin } from '../../platform/ctx.ts'
import { originOf } from '../../platform/http/origin.ts'
import type { Authenticate, Caller } from '../../platform/http/register.ts'
import { isAgent, type MemberRow } from '../organisations/index.ts'
import { apiKeyIn } from './api-key-token.ts'
import { setSessionCookie } from './cookies.ts'
import type { KnownTokens } from './known-tokens.ts'
import { type SessionRow, sessionCookie } from './model.ts'
import { agentOfKey, type KeyHolder, readApiKey } from './use-cases/read-api-key.ts'
import { readSession } from './use-cases/read-session.ts'

export type SessionReader = (request: FastifyRequest) => Promise<SessionRow | undefined>

/** Finds the session of a request by its cookie, once for each. `newCtx` gives a context of the system. */
export function sessionReader(newCtx: (origin: Origin) => Ctx, tokens: KnownTokens): SessionReader {
  const read = new WeakMap<FastifyRequest, Promise<SessionRow | undefined>>()
  return (request) => {
    const known = read.get(request)
    if (known) return known
    const token = request.cookies[sessionCookie]
    const reading =
      token === undefined
        ? Promise.resolve(undefined)
        : readSession(newCtx({ via: 'sign_in', ...originOf(request) }), token, tokens)
    read.set(request, reading)
    return reading
  }
}

/** How the team and the members of organisations are known: by the cookie of a session, or by an API key. */
export function authenticator(
  session: SessionReader,
  newCtx: (origin: Origin) => Ctx,
): Pick<Authenticate, 'team' | 'member'> {
  const callerBy =
    (ofMember: (member: MemberRow) => Actor | undefined, ofKey: (holder: KeyHolder) => Actor | undefined) =>
    async (request: FastifyRequest): Promise<Caller | undefined> => {
      const key = apiKeyIn(request.headers.authorization)
      if (key !== undefined) {
        const holder = await readApiKey(newCtx({ via: 'api_key', ...originOf(request) }), key)
        const actor = holder && ofKey(holder)
        return holder && actor && { actor, origin: { via: 'api_key', sessionId: holder.id } }
      }
      const found = await session(request)
      const actor = found && ofMember(found.member)
      return found && actor && callerOf(found, actor)
    }
  return {
    team: callerBy(agentOf, agentOfKey),
    member: callerBy(memberOf, ({ member }) => member),
  }
}

const callerOf = ({ id, provedAt, isLimited, replacedBy, expiresAt }: SessionRow, actor: Actor): Caller => ({
  actor,
  origin: { via: 'session', sessionId: id },
  provedAt,
  isLimited,
  ...(replacedBy === undefined
    ? {}
    : { onReply: (reply) => setSessionCookie(reply, { token: replacedBy, expiresAt }) }),
})

/** Somebody of the team who answers people; undefined for everyone else. */
export const agentOf = (member: MemberRow): Actor | undefined =>
  isAgent(member)
    ? {
        type: 'agent',
        id: member.id,
        name: member.name,
        role: member.role,
        organisationId: member.organisationId,
        permissions: member.permissions,
      }
    : undefined

/** Anybody of an organisation, at its console. */
export const memberOf = (member: MemberRow): MemberActor => ({
  type: 'member',
  id: member.id,
  name: member.name,
  role: member.role,
  organisationId: member.organisationId,
  isSupport: member.organisation.kind === 'support',
  permissions: member.permissions,
})
