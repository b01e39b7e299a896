import type { OrganisationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import type { Counted } from '../../platform/domain.ts'
import { sqlOf } from '../../platform/sql.ts'
import { contactOrganisation } from '../contacts/index.ts'

/** Captures that came in on a day. */
export async function countReceived(tx: TxCtx, { from, until }: { from: Date; until: Date }): Promise<Counted[]> {
  const rows = await sqlOf(tx)
    .selectFrom('captures')
    .select((eb) => [
      contactOrganisation(eb.ref('captures.contact_id')).as('owner'),
      eb.fn.countAll<string>().as('count'),
    ])
    .where('created_at', '>=', from)
    .where('created_at', '<', until)
    .groupBy('owner')
    .execute()
  return rows.map((row) => ({
    organisationId: (row.owner ?? undefined) as OrganisationId | undefined,
    quantity: Number(row.count),
  }))
}
