import type { OrganisationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import { type InviteSettings, sendAgain } from '../invitation-letters.ts'
import { freeSeats } from '../model.seats.ts'
import { authorizeSystem } from '../policy.members.ts'
import { listWaitingInvitations, type OpenInvitationRow } from '../repository.invitations.ts'
import { findOpenRequestOf, setJoinState } from '../repository.joining.ts'
import { lockMembership } from '../repository.membership.ts'
import { findOrganisation } from '../repository.organisations.ts'
import { listSeatUse } from '../repository.seats.ts'
import { joiningProblem } from './policies/joining-problem.ts'

/** Sends the letters that need wait no longer: a seat is free, a domain is proved. Who came first goes first. */
export async function sendWaitingInvitations(
  tx: TxCtx,
  organisationId: OrganisationId,
  settings: InviteSettings,
): Promise<void> {
  authorizeSystem(tx.actor)
  await lockMembership(tx, organisationId)
  const organisation = await findOrganisation(tx, organisationId)
  if (!organisation) return
  for (const invitation of await listWaitingInvitations(tx, organisationId)) {
    if (!(await isDue(tx, invitation))) continue
    const { invitedBy, invitedByName } = invitation
    const by = invitedBy && invitedByName ? { id: invitedBy, name: invitedByName } : undefined
    await sendAgain(tx, { sender: { organisation, by }, invitation }, settings)
    if (invitation.source === 'requested') await approveRequest(tx, invitation)
    recordAudit(tx, {
      action: 'user.invitation_resent',
      organisationId,
      targets: [{ type: 'invitation', id: invitation.id, name: invitation.email }],
      metadata: { waited_for: invitation.waitsFor ?? '' },
    })
  }
}

async function isDue(tx: TxCtx, { organisationId, waitsFor, email, seatTypeId }: OpenInvitationRow): Promise<boolean> {
  if (waitsFor === 'domain' && (await joiningProblem(tx, { organisationId, email }))) return false
  const seat = (await listSeatUse(tx, organisationId)).find(({ id }) => id === seatTypeId)
  return !seat || freeSeats(seat) > 0
}

async function approveRequest(tx: TxCtx, { organisationId, email }: OpenInvitationRow): Promise<void> {
  const request = await findOpenRequestOf(tx, organisationId, email)
  if (request?.state === 'waitlisted') await setJoinState(tx, request.id, { state: 'approved' })
}
