import type { Domain } from '../../platform/domain.ts'
import { mountSsoDoor } from './door.ts'
import { ssoJobs } from './jobs.ts'
import { ssoKnowledge } from './knowledge.ts'
import { deleteIdentitiesOf } from './repository.leaving.ts'
import { type SsoRouteParts, ssoRoutes } from './routes.ts'

export { isComplete, ownValues } from './model.ts'
export type { SsoParts } from './parts.ts'
export { singleSignOnPort } from './port-for-sign-in.ts'
export { listSsoMembers } from './repository.identities.ts'
export { lookUpMembership } from './use-cases/diagnose.ts'
export { findWay, type WayIn } from './use-cases/find-way.ts'
export { fillInByLink, type OpenSetup, openSetupLink } from './use-cases/setup-link.ts'

export const singleSignOn = (parts: SsoRouteParts): Domain => ({
  name: 'single-sign-on',
  routes: ssoRoutes(parts),
  jobs: ssoJobs(parts),
  members: ssoKnowledge(parts),
  people: { forget: async () => [], forgetMember: deleteIdentitiesOf },
  mount: (app, { limitFactor }) => mountSsoDoor(app, parts, limitFactor),
})
