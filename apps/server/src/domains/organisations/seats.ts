import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import { AppError } from '../../platform/app-error.ts'
import type { TxCtx } from '../../platform/ctx.ts'
import { recordAudit } from '../audit/index.ts'
import { freeSeats, type SeatUse } from './model.seats.ts'
import type { MemberRow } from './model.ts'
import { setMemberSeat } from './repository.membership.ts'
import { insertSeatChange, listSeatUse } from './repository.seats.ts'

type Sitter = Pick<MemberRow, 'id' | 'name' | 'organisationId'>

/**
 * Gives somebody a seat that is neither taken nor kept for an invitation. The caller holds the membership, so that of
 * two who want the last one, one gets it.
 */
export async function takeSeat(
  tx: TxCtx,
  { member, seatTypeId }: { member: Sitter; seatTypeId: string },
): Promise<SeatUse> {
  const seat = (await listSeatUse(tx, member.organisationId)).find(({ id }) => id === seatTypeId)
  if (!seat) throw new AppError('seat_type.not_found')
  if (freeSeats(seat) <= 0) throw new AppError('seat.none_left', { limit: seat.limit ?? 0 })
  await setMemberSeat(tx, member.id, seatTypeId)
  recordAudit(tx, { ...about(member, seat), action: 'seat.assigned' })
  await noteSeats(tx, member.organisationId, [seatTypeId])
  return seat
}

/** The same where it may well be that there is none: who joins does so without one. */
export async function takeSeatIfFree(
  tx: TxCtx,
  { member, seatTypeId }: { member: Sitter; seatTypeId: string | undefined },
): Promise<boolean> {
  if (seatTypeId === undefined) return false
  const seat = (await listSeatUse(tx, member.organisationId)).find(({ id }) => id === seatTypeId)
  if (!seat || freeSeats(seat) <= 0) return false
  await setMemberSeat(tx, member.id, seatTypeId)
  recordAudit(tx, { ...about(member, seat), action: 'seat.assigned' })
  await noteSeats(tx, member.organisationId, [seatTypeId])
  return true
}

/** Takes the seat away. Whoever waits for one is told of it by the event. */
export async function releaseSeat(tx: TxCtx, member: Sitter & Pick<MemberRow, 'seatTypeId'>): Promise<void> {
  const { seatTypeId } = member
  if (seatTypeId === undefined) return
  await setMemberSeat(tx, member.id, null)
  const seat = (await listSeatUse(tx, member.organisationId)).find(({ id }) => id === seatTypeId)
  recordAudit(tx, { ...about(member, seat), action: 'seat.released' })
  await noteSeats(tx, member.organisationId, [seatTypeId])
  tx.emit('invitations.due', { organisationId: member.organisationId })
}

const about = ({ id, name, organisationId }: Sitter, seat: SeatUse | undefined) => ({
  organisationId,
  targets: [{ type: 'member', id: id as MemberId, name }],
  metadata: { seat: seat?.name ?? '' },
})

/** Writes down how many are taken now, for the true-up. */
export async function noteSeats(tx: TxCtx, organisationId: OrganisationId, ids: readonly string[]): Promise<void> {
  for (const seat of await listSeatUse(tx, organisationId))
    if (ids.includes(seat.id)) await insertSeatChange(tx, { organisationId, seat })
}
