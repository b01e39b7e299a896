import type { Permission } from '@clew/contract/permissions'
import type { ConversationId, OrganisationId } from '@clew/contract/primitives'
import type { SsoCause, SsoRemedy, SsoRemedyName } from '@clew/contract/single-sign-on'
import type { SsoProposalId, SsoProposalState } from '@clew/contract/sso-proposals'
import type { Diagnosis } from './model.diagnosis.ts'

export type ProposalRow = {
  id: SsoProposalId
  organisationId: OrganisationId
  about: string
  subject: string
  cause: SsoCause
  values: Readonly<Record<string, string>>
  remedy: SsoRemedy
  conversationId: ConversationId | undefined
  proposedBy: string
  proposedByName: string
  proposedAt: Date
  byTeam: boolean
  state: SsoProposalState
  settledByName: string | undefined
  settledAt: Date | undefined
}

/** For how long a proposal can be approved, and for how long it is shown after that. */
export const proposalDays = 30

const inviting: readonly Permission[] = ['sign_in.read', 'members.read', 'members.invite']
const changing: readonly Permission[] = ['sign_in.read', 'members.read', 'members.manage']

/** What each remedy takes: whoever settles it has all of these, and an agent who may do it has nothing else. */
const needed: Readonly<Partial<Record<SsoRemedyName, readonly Permission[]>>> = {
  invite: inviting,
  invite_as: inviting,
  resend_invitation: inviting,
  lift_deactivation: changing,
  link_alias: changing,
  move_address: changing,
  fix_mapping: ['sign_in.read', 'sign_in.manage'],
}

export const permissionsFor = (remedy: SsoRemedyName): readonly Permission[] => needed[remedy] ?? ['sign_in.manage']

/** What a diagnosis offers to be done by one press. */
export const findOffered = ({ remedies }: Diagnosis, name: SsoRemedyName): SsoRemedy | undefined =>
  remedies.find(({ remedy, isOneClick }) => isOneClick && remedy === name)

/** Whether a diagnosis of now still offers the same, for the same person. */
export function isStillOffered(diagnosis: Diagnosis, proposed: SsoRemedy): boolean {
  const offered = findOffered(diagnosis, proposed.remedy)
  return offered !== undefined && parts.every((part) => offered[part] === proposed[part])
}

const parts = ['email', 'memberId', 'invitationId', 'connectionId', 'claim'] as const
