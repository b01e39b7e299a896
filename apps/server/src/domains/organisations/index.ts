import type { Domain } from '../../platform/domain.ts'
import { organisationRoutes } from './routes.ts'
import type { InviteSettings } from './use-cases/invite-member.ts'

export type { MemberRow } from './model.ts'
export { normalEmail } from './model.ts'
export {
  ensureSupportTeam,
  findMember,
  findMemberByEmail,
  hasOwner,
  lockOpenInvitation,
  markInvitationAccepted,
} from './repository.ts'
export { addMember } from './use-cases/add-member.ts'
export type { InviteSettings } from './use-cases/invite-member.ts'
export { memberView } from './views.ts'

export const organisations = (settings: InviteSettings): Domain => ({
  name: 'organisations',
  routes: organisationRoutes(settings),
})
