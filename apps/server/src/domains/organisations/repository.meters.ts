import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

/** Members who were last seen on a day. */
export async function listSeen(
  tx: TxCtx,
  { from, until }: { from: Date; until: Date },
): Promise<{ organisationId: string; memberId: string }[]> {
  return sqlOf(tx)
    .selectFrom('members')
    .select(['organisation_id as organisationId', 'id as memberId'])
    .where('seen_at', '>=', from)
    .where('seen_at', '<', until)
    .execute()
}

/** How many seats each organisation has taken. */
export async function listSeats(tx: TxCtx): Promise<{ organisationId: string; seats: number }[]> {
  const rows = await sqlOf(tx)
    .selectFrom('members')
    .select((eb) => ['organisation_id', eb.fn.count<string>('seat_type_id').as('seats')])
    .where('removed_at', 'is', null)
    .where('deactivated_at', 'is', null)
    .groupBy('organisation_id')
    .execute()
  return rows.map((row) => ({ organisationId: row.organisation_id, seats: Number(row.seats) }))
}
