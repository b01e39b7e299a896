import type { Domain } from '../../platform/domain.ts'
import { type SettingsParts, settingsRoutes } from './routes.settings.ts'
import { organisationRoutes } from './routes.ts'
import { settingsSubscribers } from './subscribers.ts'
import type { InviteSettings } from './use-cases/invite-member.ts'

export { hoursLine } from './hours-line.ts'
export { type ModelProvider, mayHoldBubble, type OperatorSettings, type SettingsNow } from './model.settings.ts'
export { isActive, isAgent, type MemberRow, normalEmail } from './model.ts'
export { findSupportTeam } from './repository.settings.ts'
export {
  ensureSupportTeam,
  findMember,
  findMemberByEmail,
  hasOwner,
  listMembersByEmail,
  lockOpenInvitation,
  markInvitationAccepted,
} from './repository.ts'
export { SettingsHolder } from './settings-holder.ts'
export { addMember } from './use-cases/add-member.ts'
export { createOrganisation } from './use-cases/create-organisation.ts'
export type { InviteSettings } from './use-cases/invite-member.ts'
export { memberView } from './views.ts'

export type OrganisationParts = InviteSettings & { settings: SettingsParts }

export const organisations = (parts: OrganisationParts): Domain => ({
  name: 'organisations',
  routes: [...organisationRoutes(parts), ...settingsRoutes(parts.settings)],
  subscribers: settingsSubscribers(parts.settings.holder),
  start: () => parts.settings.holder.open(),
})
