import type { SaveSeatType, SeatHistory, SeatTypeId, SeatTypeList } from '@clew/contract/members'
import type { OrganisationId } from '@clew/contract/primitives'
import type { MemberActor } from '../../../platform/actor.ts'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { requirePermission } from '../../../platform/require-permission.ts'
import { recordAudit } from '../../audit/index.ts'
import type { SeatUse } from '../model.seats.ts'
import { authorizeManageSeats, authorizeReadConsole } from '../policy.members.ts'
import { lockMembership } from '../repository.membership.ts'
import {
  deleteSeatType,
  insertSeatType,
  listSeatChanges,
  listSeatUse,
  type SeatTypeDraft,
  updateSeatType,
} from '../repository.seats.ts'
import { noteSeats } from '../seats.ts'
import { seatTypeView } from '../views.members.ts'

const shownChanges = 200

export async function readSeatTypes(ctx: Ctx): Promise<SeatTypeList> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeReadConsole(actor)
    return { seatTypes: (await listSeatUse(tx, actor.organisationId)).map(seatTypeView) }
  })
}

/** How many seats were taken when, and the most that ever were: what a true-up goes by. */
export async function readSeatHistory(ctx: Ctx): Promise<SeatHistory> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    requirePermission(actor, 'billing.read')
    const changes = await listSeatChanges(tx, actor.organisationId, shownChanges)
    return { changes: changes.map(({ at, ...change }) => ({ ...change, at: at.toISOString() })) }
  })
}

export async function createSeatType(ctx: Ctx, input: SaveSeatType): Promise<SeatTypeId> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeManageSeats(actor)
    await lockMembership(tx, actor.organisationId)
    const types = await listSeatUse(tx, actor.organisationId)
    refuseTakenName(types, input.name)
    // The first type there is becomes the default: otherwise nobody would get it by themselves.
    const draft = { ...input, isDefault: input.isDefault || types.length === 0 }
    return (await addSeatType(tx, { organisationId: actor.organisationId, ...draft })) as SeatTypeId
  })
}

/** Also for the support team, which gives an organisation the seats that it has bought. */
export async function addSeatType(tx: TxCtx, draft: SeatTypeDraft): Promise<string> {
  const { organisationId, name, limit } = draft
  const id = await insertSeatType(tx, draft)
  recordAudit(tx, {
    action: 'seat.type_changed',
    organisationId,
    targets: [{ type: 'seat_type', id, name }],
    changes: [{ field: 'limit', old: null, new: limit }],
  })
  await noteSeats(tx, organisationId, [id])
  return id
}

/** A limit below what is taken ends nobody's seat: it only lets nobody in until it is kept again. */
export async function changeSeatType(ctx: Ctx, id: SeatTypeId, input: SaveSeatType): Promise<void> {
  await ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeManageSeats(actor)
    await lockMembership(tx, actor.organisationId)
    const types = await listSeatUse(tx, actor.organisationId)
    const before = types.find((type) => type.id === id)
    if (!before) throw new AppError('seat_type.not_found')
    refuseTakenName(
      types.filter((type) => type.id !== id),
      input.name,
    )
    await saveSeatType(tx, before, { organisationId: actor.organisationId, ...input })
  })
}

export async function saveSeatType(tx: TxCtx, before: SeatUse, draft: SeatTypeDraft): Promise<void> {
  const { organisationId, name, limit } = draft
  const was = before.limit ?? null
  if (before.name === name && was === limit && before.isDefault === draft.isDefault) return
  await updateSeatType(tx, before.id, draft)
  const isNewLimit = was !== limit
  recordAudit(tx, {
    action: isNewLimit ? 'seat.limit_changed' : 'seat.type_changed',
    organisationId,
    targets: [{ type: 'seat_type', id: before.id, name }],
    changes: [
      ...(isNewLimit ? [{ field: 'limit', old: was, new: limit }] : []),
      ...(before.name === name ? [] : [{ field: 'name', old: before.name, new: name }]),
      ...(before.isDefault === draft.isDefault
        ? []
        : [{ field: 'default', old: before.isDefault, new: draft.isDefault }]),
    ],
  })
  if (!isNewLimit) return
  await noteSeats(tx, organisationId, [before.id])
  tx.emit('invitations.due', { organisationId })
}

/** Only a type that nobody has and that is kept for nobody. */
export async function removeSeatType(ctx: Ctx, id: SeatTypeId): Promise<void> {
  await ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeManageSeats(actor)
    const seat = await lockSeat(tx, actor, id)
    const count = seat.used + seat.invited + seat.waiting
    if (count > 0) throw new AppError('seat_type.in_use', { count })
    await deleteSeatType(tx, id)
    recordAudit(tx, {
      action: 'seat.type_changed',
      targets: [{ type: 'seat_type', id, name: seat.name }],
      metadata: { deleted: true },
    })
  })
}

async function lockSeat(tx: TxCtx, { organisationId }: MemberActor, id: SeatTypeId): Promise<SeatUse> {
  await lockMembership(tx, organisationId)
  const seat = (await listSeatUse(tx, organisationId)).find((type) => type.id === id)
  if (!seat) throw new AppError('seat_type.not_found')
  return seat
}

function refuseTakenName(types: readonly SeatUse[], name: string): void {
  if (types.some((type) => type.name.toLowerCase() === name.toLowerCase()))
    throw new AppError('seat_type.name_taken', { name })
}

/** The one number of seats that the support team gives an organisation: the limit of its default type. */
export async function giveSeats(
  tx: TxCtx,
  { organisationId, name, limit }: { organisationId: OrganisationId; name: string; limit: number | null },
): Promise<void> {
  await lockMembership(tx, organisationId)
  const types = await listSeatUse(tx, organisationId)
  const own = types.find(({ isDefault }) => isDefault)
  if (!own) {
    if (limit !== null) await addSeatType(tx, { organisationId, name, limit, isDefault: true })
    return
  }
  await saveSeatType(tx, own, { organisationId, name: own.name, limit, isDefault: true })
}
