import type { FastifyRequest } from 'fastify'
import type { Actor, MemberActor } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { Domain } from '../../platform/domain.ts'
import { isAgent, type MemberRow } from '../organisations/index.ts'
import { signInJobs } from './jobs.ts'
import { type SessionRow, sessionCookie } from './model.ts'
import { type SignInParts, signInRoutes } from './routes.ts'
import { readSession, type TokenOwners } from './use-cases/read-session.ts'

export { createOwner, issueSetupToken } from './use-cases/set-up-owner.ts'

export type SessionReader = (request: FastifyRequest) => Promise<SessionRow | undefined>

/** Finds the session of a request by its cookie. `newCtx` gives a context of the system. */
export function sessionReader(newCtx: () => Ctx): SessionReader {
  const owners: TokenOwners = new Map()
  return async (request) => {
    const token = request.cookies[sessionCookie]
    return token === undefined ? undefined : readSession(newCtx(), token, owners)
  }
}

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

export const signIn = (parts: SignInParts): Domain => ({
  name: 'sign-in',
  routes: signInRoutes(parts),
  jobs: signInJobs,
})
