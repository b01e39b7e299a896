import type { Domain } from '../../platform/domain.ts'
import { type StreamParts, streamGuard } from '../../platform/stream-guard.ts'
import { signInJobs } from './jobs.ts'
import { sessionKeeping } from './keeping.ts'
import { signInKnowledge } from './knowledge.ts'
import { deleteSignInOf } from './repository.keeping.ts'
import { type SignInRouteParts, signInRoutes } from './routes.ts'
import { signInSubscribers } from './subscribers.ts'
import { listEnded } from './use-cases/end-streams.ts'

export { authenticator, memberOf, type SessionReader, sessionReader } from './authenticate.ts'
export { setSessionCookie } from './cookies.ts'
export { KnownTokens, newsOfIdentity } from './known-tokens.ts'
export { keepLoginHint, takeLoginHint } from './login-hint.ts'
export type { SingleSignOn } from './parts.ts'
export { listOwnStanding, signInFacts } from './policy-facts.ts'
export { listSessions } from './repository.ts'
export { endSessionsWithoutSso, enterBySso } from './use-cases/by-sso.ts'
export { readCredentials } from './use-cases/how-they-sign-in.ts'
export { type OpenedSession } from './use-cases/open-session.ts'
export { createOwner, issueSetupToken } from './use-cases/set-up-owner.ts'

export function signIn(parts: SignInRouteParts & StreamParts): Domain {
  const guard = streamGuard(parts, { job: 'sign-in', audience: 'team', everyMs: 2_000, listEnded })
  return {
    name: 'sign-in',
    routes: signInRoutes(parts),
    jobs: signInJobs(parts),
    subscribers: signInSubscribers,
    members: signInKnowledge,
    keeping: sessionKeeping,
    people: { forget: async () => [], forgetMember: deleteSignInOf },
    start: async () => guard.start(),
    stop: () => guard.stop(),
  }
}
