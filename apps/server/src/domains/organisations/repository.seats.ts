import type { OrganisationId } from '@clew/contract/primitives'
import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { SeatUse } from './model.seats.ts'

type UseRow = {
  id: string
  name: string
  seat_limit: number | null
  is_default: boolean
  used: number
  invited: number
  waiting: number
}

/** Every type of seat with how many are taken, kept and waited for. */
export async function listSeatUse(tx: TxCtx, organisationId: OrganisationId): Promise<SeatUse[]> {
  const { rows } = await sql<UseRow>`
    SELECT id, name, seat_limit, is_default,
      (SELECT count(*)::int FROM members
        WHERE members.seat_type_id = seat_types.id AND removed_at IS NULL) AS used,
      (SELECT count(*)::int FROM invitations
        WHERE invitations.seat_type_id = seat_types.id AND accepted_at IS NULL AND revoked_at IS NULL
          AND waits_for IS NULL AND expires_at > ${tx.clock.now()}) AS invited,
      (SELECT count(*)::int FROM invitations
        WHERE invitations.seat_type_id = seat_types.id AND accepted_at IS NULL AND revoked_at IS NULL
          AND waits_for = 'seat') AS waiting
      FROM seat_types WHERE organisation_id = ${organisationId} ORDER BY is_default DESC, lower(name)`.execute(
    sqlOf(tx),
  )
  return rows.map(({ seat_limit, is_default, ...row }) => ({
    ...row,
    limit: seat_limit ?? undefined,
    isDefault: is_default,
  }))
}

export type SeatTypeDraft = { organisationId: OrganisationId; name: string; limit: number | null; isDefault: boolean }

export async function insertSeatType(tx: TxCtx, draft: SeatTypeDraft): Promise<string> {
  const id = tx.ids.next()
  if (draft.isDefault) await clearDefault(tx, draft.organisationId)
  await sqlOf(tx)
    .insertInto('seat_types')
    .values({
      id,
      organisation_id: draft.organisationId,
      name: draft.name,
      seat_limit: draft.limit,
      is_default: draft.isDefault,
      created_at: tx.clock.now(),
    })
    .execute()
  return id
}

export async function updateSeatType(tx: TxCtx, id: string, draft: SeatTypeDraft): Promise<void> {
  if (draft.isDefault) await clearDefault(tx, draft.organisationId)
  await sqlOf(tx)
    .updateTable('seat_types')
    .set({ name: draft.name, seat_limit: draft.limit, is_default: draft.isDefault })
    .where('id', '=', id)
    .where('organisation_id', '=', draft.organisationId)
    .execute()
}

async function clearDefault(tx: TxCtx, organisationId: OrganisationId): Promise<void> {
  await sqlOf(tx)
    .updateTable('seat_types')
    .set({ is_default: false })
    .where('organisation_id', '=', organisationId)
    .where('is_default', '=', true)
    .execute()
}

export async function deleteSeatType(tx: TxCtx, id: string): Promise<void> {
  await sqlOf(tx).deleteFrom('seat_types').where('id', '=', id).execute()
}

/** How things stand now, for the true-up. */
export async function insertSeatChange(
  tx: TxCtx,
  { organisationId, seat }: { organisationId: OrganisationId; seat: SeatUse },
): Promise<void> {
  await sqlOf(tx)
    .insertInto('seat_changes')
    .values({
      id: tx.ids.next(),
      organisation_id: organisationId,
      seat_type_id: seat.id,
      used: seat.used,
      seat_limit: seat.limit ?? null,
      at: tx.clock.now(),
    })
    .execute()
}

export type SeatChangeRow = { at: Date; seatType: string; used: number; limit: number | null; highest: number }

/** The newest first, each with the most that were taken up to then. */
export async function listSeatChanges(
  tx: TxCtx,
  organisationId: OrganisationId,
  limit: number,
): Promise<SeatChangeRow[]> {
  const { rows } = await sql<SeatChangeRow>`
    SELECT at, seat_types.name AS "seatType", used, changes.seat_limit AS "limit", highest FROM (
      SELECT *, max(used) OVER (PARTITION BY seat_type_id ORDER BY at, id) AS highest
        FROM seat_changes WHERE organisation_id = ${organisationId}) changes
      JOIN seat_types ON seat_types.id = changes.seat_type_id
     ORDER BY at DESC, changes.id DESC LIMIT ${limit}`.execute(sqlOf(tx))
  return rows
}
