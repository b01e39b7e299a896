import type { FastifyRequest } from 'fastify'
import type { Actor } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { Domain } from '../../platform/domain.ts'
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

export const agentOf = ({ member }: SessionRow): Actor => ({
  type: 'agent',
  id: member.id,
  name: member.name,
  role: member.role,
  organisationId: member.organisationId,
})

export const signIn = (parts: SignInParts): Domain => ({
  name: 'sign-in',
  routes: signInRoutes(parts),
  jobs: signInJobs,
})
