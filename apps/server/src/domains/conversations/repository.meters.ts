import type { OrganisationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import type { Counted } from '../../platform/domain.ts'
import { sqlOf } from '../../platform/sql.ts'

/** Conversations that began on a day. */
export async function countStarted(tx: TxCtx, { from, until }: { from: Date; until: Date }): Promise<Counted[]> {
  const rows = await sqlOf(tx)
    .selectFrom('conversations')
    .select((eb) => ['organisation_id', eb.fn.countAll<string>().as('count')])
    .where('created_at', '>=', from)
    .where('created_at', '<', until)
    .groupBy('organisation_id')
    .execute()
  return rows.map((row) => ({
    organisationId: (row.organisation_id ?? undefined) as OrganisationId | undefined,
    quantity: Number(row.count),
  }))
}
