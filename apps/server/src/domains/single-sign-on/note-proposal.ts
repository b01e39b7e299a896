import type { TxCtx } from '../../platform/ctx.ts'
import { recordAudit } from '../audit/index.ts'
import type { ProposalRow } from './model.proposals.ts'

const actions = {
  waiting: 'sso.remedy_proposed',
  done: 'sso.remedy_approved',
  declined: 'sso.remedy_declined',
  overtaken: 'sso.remedy_overtaken',
} as const

/** Says in the organisation's log what became of a proposal, and to the conversation where it began. */
export function noteProposal(tx: TxCtx, { organisationId, conversationId, ...proposal }: ProposalRow): void {
  const { id, cause, remedy, subject, state, byTeam, proposedBy, proposedByName, settledByName } = proposal
  recordAudit(tx, {
    action: byTeam ? 'sso.remedy_applied_by_team' : actions[state],
    organisationId,
    ...(state === 'waiting' ? { actor: { type: 'agent', id: proposedBy, name: proposedByName } } : {}),
    targets: [{ type: 'sso_proposal', id, name: subject }],
    metadata: { cause, remedy: remedy.remedy },
  })
  if (conversationId === undefined) return
  tx.emit('sso.remedy_changed', {
    organisationId,
    conversationId,
    remedy: remedy.remedy,
    state: state === 'waiting' ? 'proposed' : state,
    byName: settledByName ?? proposedByName,
    byTeam,
  })
}
