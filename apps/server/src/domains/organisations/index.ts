import type { Domain } from '../../platform/domain.ts'
import type { DomainParts } from './domain-parts.ts'
import type { InviteSettings } from './invitation-letters.ts'
import { domainJobs } from './jobs.domains.ts'
import { organisationJobs } from './jobs.ts'
import type { KnowledgeParts } from './knowledge.ts'
import { organisationMeters } from './meters.ts'
import type { PolicyFacts } from './policy-facts.ts'
import { blankMember } from './repository.leaving.ts'
import { domainRoutes } from './routes.domains.ts'
import { joiningRoutes } from './routes.joining.ts'
import { memberRoutes } from './routes.members.ts'
import { customerAuditRoutes, customerRoutes } from './routes.organisations.ts'
import { policyRoutes } from './routes.policies.ts'
import { groupRoutes, roleRoutes, seatRoutes } from './routes.roles.ts'
import { type SettingsParts, settingsRoutes } from './routes.settings.ts'
import { organisationRoutes } from './routes.ts'
import { viewRoutes } from './routes.view.ts'
import { invitationSubscribers, settingsSubscribers } from './subscribers.ts'

export { isAddressAllowed } from './address-list.ts'
export { domainProver } from './domain-prover.ts'
export { hoursLine } from './hours-line.ts'
export type { InviteSettings } from './invitation-letters.ts'
export { admitMember } from './members.ts'
export { countsAsOwn, covers, type DomainRow, domainOfEmail } from './model.domains.ts'
export { apiKeyProblem, attachmentProblem, type FileFacts } from './model.policies.ts'
export { isLinkOpen } from './model.policy-effects.ts'
export { freeSeats, type SeatUse } from './model.seats.ts'
export { type ModelProvider, mayHoldBubble, type OperatorSettings, type SettingsNow } from './model.settings.ts'
export { isActive, isAgent, type MemberRow, normalEmail } from './model.ts'
export type { OwnStanding, PolicyFacts } from './policy-facts.ts'
export { listRolesToGive, type RoleToGive } from './read-roles.ts'
export { listDomains } from './repository.domains.ts'
export { addToGroup, listGroupsOf as listGroupNamesOf } from './repository.groups.ts'
export { findOpenInvitation, markInvitationAccepted } from './repository.invitations.ts'
export { findJoinedAt, findMemberByAlias, lockMembership, noteMemberSeen } from './repository.membership.ts'
export { findOrganisation, findOrganisationBySlug, listOrganisations } from './repository.organisations.ts'
export { findPolicies, type PoliciesNow } from './repository.policies.ts'
export {
  applyRoles,
  listOwnersToTell,
  releaseConnection,
} from './repository.provisioned.ts'
export {
  countInGroups,
  deleteProvisionedGroup,
  insertProvisionedGroup,
  keepInGroup,
  listGroupsOf,
  listInGroups,
  renameProvisionedGroup,
  takeFromGroup,
} from './repository.provisioned-groups.ts'
export { listRoleNames } from './repository.roles.ts'
export { listSeatUse } from './repository.seats.ts'
export {
  findServiceAccount,
  insertServiceAccount,
  listNames,
} from './repository.service-accounts.ts'
export { findSupportTeam } from './repository.settings.ts'
export {
  ensureSupportTeam,
  findMember,
  findMemberByEmail,
  hasOwner,
  listMembersByEmail,
} from './repository.ts'
export { type Addressed, findWhereabouts, listAddressed } from './repository.whereabouts.ts'
export { SettingsHolder } from './settings-holder.ts'
export { joinByInvitation } from './use-cases/accept-invitation.ts'
export { addMember } from './use-cases/add-member.ts'
export { addAlias, moveAddress } from './use-cases/change-address.ts'
export { reactivateMember } from './use-cases/change-member.ts'
export { createOrganisation } from './use-cases/create-organisation.ts'
export { verifiedOrganisationOf } from './use-cases/domains/verified-organisation.ts'
export { followProvider } from './use-cases/follow-provider.ts'
export { invitePeople } from './use-cases/invite-people.ts'
export { resendInvitation } from './use-cases/manage-invitations.ts'
export { openOrganisation } from './use-cases/manage-organisations.ts'
export { organisationOfAddress } from './use-cases/organisation-of-address.ts'
export { readOwnProfile } from './use-cases/own-profile.ts'
export { securityPolicy } from './use-cases/policies/security-policy.ts'
export {
  changeProvisionedMember,
  type ProvisionEffect,
  provisionMember,
  removeProvisionedMember,
} from './use-cases/provision-member.ts'
export { refuseUngivable } from './use-cases/refuse-ungivable.ts'
export { memberView } from './views.ts'

export type OrganisationParts = InviteSettings &
  KnowledgeParts & { settings: SettingsParts; policyFacts: PolicyFacts } & Pick<DomainParts, 'prove'>

export {
  describeLeaver,
  findEverMembersLike,
  listAddressesOf,
  listEverMembers,
  listEveryOrganisation,
  listMembersAt,
  listOrganisationsAt,
  type MemberAt,
} from './repository.leaving.ts'

export const organisations = (parts: OrganisationParts): Domain => ({
  name: 'organisations',
  meters: organisationMeters,
  routes: [
    ...organisationRoutes(parts),
    ...settingsRoutes(parts.settings),
    ...memberRoutes(parts),
    ...joiningRoutes(parts),
    ...roleRoutes(parts),
    ...groupRoutes(parts),
    ...seatRoutes,
    ...customerRoutes(parts),
    ...viewRoutes(parts),
    ...customerAuditRoutes,
    ...domainRoutes(parts),
    ...policyRoutes(parts),
  ],
  subscribers: [...settingsSubscribers(parts.settings.holder), ...invitationSubscribers(parts)],
  jobs: [...organisationJobs, ...domainJobs(parts)],
  people: { forget: async () => [], forgetMember: blankMember },
  open: () => parts.settings.holder.open(),
})
export { countPeople, type ListedPerson, pagePeople } from './repository.exporting.ts'
export { listGroups } from './repository.groups.ts'
export {
  countSeats,
  listGroupMembers,
  listMemberIdsByEmail,
  listMemberNames,
  listMembersWith,
  listOrganisationIds,
} from './repository.lookups.ts'
