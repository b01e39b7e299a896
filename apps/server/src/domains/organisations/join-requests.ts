import type { MemberRole } from '@clew/contract/permissions'
import { AppError } from '../../platform/app-error.ts'
import type { TxCtx } from '../../platform/ctx.ts'
import { recordAudit } from '../audit/index.ts'
import { type InviteSettings, issueInvitations, type Sender } from './invitation-letters.ts'
import { chosenSeat, freeSeats } from './model.seats.ts'
import { type JoinRequestRow, setJoinState } from './repository.joining.ts'
import { lockMembership } from './repository.membership.ts'
import { listSeatUse } from './repository.seats.ts'

type How = {
  role: { role: MemberRole; customRoleId?: string | undefined }
  seat: string
  sender: Sender
  settings: InviteSettings
}

/** Somebody whose address is proved is invited; where no seat is free they wait for one, and are told then. */
export async function letIn(
  tx: TxCtx,
  request: JoinRequestRow,
  { role, seat, sender, settings }: How,
): Promise<{ state: 'approved' | 'waitlisted' }> {
  const { organisationId } = request
  await lockMembership(tx, organisationId)
  const chosen = chosenSeat(await listSeatUse(tx, organisationId), seat)
  if (chosen.isUnknown) throw new AppError('seat_type.not_found')
  const isFull = chosen.seat !== undefined && freeSeats(chosen.seat) <= 0
  await issueInvitations(
    tx,
    {
      sender,
      invitations: [
        {
          email: request.email,
          name: request.name,
          role: role.role,
          customRoleId: role.customRoleId,
          seatTypeId: chosen.seat?.id,
          groupIds: [],
          locale: request.locale,
          memberExpiresAt: undefined,
          source: 'requested',
          waitsFor: isFull ? 'seat' : undefined,
        },
      ],
    },
    settings,
  )
  const state = isFull ? 'waitlisted' : 'approved'
  await setJoinState(tx, request.id, { state, by: sender.by?.id })
  recordAudit(tx, {
    action: 'user.join_approved',
    organisationId,
    targets: [requestTarget(request)],
    metadata: { state },
  })
  return { state }
}

export const requestTarget = ({ id, email }: JoinRequestRow) => ({ type: 'join_request', id, name: email })
