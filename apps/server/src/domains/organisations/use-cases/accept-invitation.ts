import { AppError } from '../../../platform/app-error.ts'
import type { TxCtx } from '../../../platform/ctx.ts'
import { admitMember } from '../members.ts'
import type { MemberRow } from '../model.ts'
import { authorizeSystem } from '../policy.members.ts'
import { findInvitationByToken, type InvitationRow, markInvitationAccepted } from '../repository.invitations.ts'
import { lockMembership } from '../repository.membership.ts'

/**
 * Makes the invited person a member, with the role, the groups and the seat that they were invited with. An invitation
 * works once; one that works no more says why.
 */
export async function joinByInvitation(
  tx: TxCtx,
  { tokenHash, name }: { tokenHash: Buffer; name: string },
): Promise<MemberRow> {
  authorizeSystem(tx.actor)
  const found = await findInvitationByToken(tx, tokenHash)
  if (!found) throw new AppError('invitation.invalid')
  await lockMembership(tx, found.organisationId)
  // As it is under the lock: two who open the same link at once.
  const invitation = usable(tx, await findInvitationByToken(tx, tokenHash))
  // First, so that the seat that it kept is free.
  await markInvitationAccepted(tx, invitation.id)
  return admitMember(tx, {
    organisationId: invitation.organisationId,
    email: invitation.email,
    name,
    role: invitation.role,
    customRoleId: invitation.customRoleId,
    source: invitation.source,
    seat: invitation.seatTypeId,
    groupIds: invitation.groupIds,
    locale: invitation.locale,
    expiresAt: invitation.memberExpiresAt,
  })
}

function usable(tx: TxCtx, invitation: InvitationRow | undefined): InvitationRow {
  if (!invitation || invitation.waitsFor !== undefined) throw new AppError('invitation.invalid')
  if (invitation.acceptedAt) throw new AppError('invitation.used')
  if (invitation.revokedAt) throw new AppError('invitation.revoked')
  if (invitation.expiresAt <= tx.clock.now())
    throw new AppError('invitation.expired', { date: invitation.expiresAt.toISOString().slice(0, 10) })
  return invitation
}
