import type { SsoProposal } from '@clew/contract/sso-proposals'
import type { Actor } from '../../platform/actor.ts'
import { type ProposalRow, permissionsFor } from './model.proposals.ts'

export const proposalView = (proposal: ProposalRow, actor: Actor): SsoProposal => ({
  id: proposal.id,
  subject: proposal.subject,
  cause: proposal.cause,
  values: proposal.values,
  remedy: proposal.remedy,
  state: proposal.state,
  proposedBy: proposal.proposedByName,
  proposedAt: proposal.proposedAt.toISOString(),
  byTeam: proposal.byTeam,
  ...(proposal.settledByName === undefined ? {} : { settledBy: proposal.settledByName }),
  ...(proposal.settledAt === undefined ? {} : { settledAt: proposal.settledAt.toISOString() }),
  isYours:
    proposal.state === 'waiting' &&
    actor.type === 'member' &&
    permissionsFor(proposal.remedy.remedy).every((each) => actor.permissions.has(each)),
})
