import type { OrganisationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import type { Counted } from '../../platform/domain.ts'
import { sqlOf } from '../../platform/sql.ts'
import { contactOrganisation } from '../contacts/index.ts'

/** How many bytes of files there are. */
export async function sumStored(tx: TxCtx): Promise<Counted[]> {
  const rows = await sqlOf(tx)
    .selectFrom('files')
    .select((eb) => [
      contactOrganisation(eb.ref('files.contact_id')).as('owner'),
      eb.fn.sum<string>('size_bytes').as('bytes'),
    ])
    .groupBy('owner')
    .execute()
  return rows.map((row) => ({
    organisationId: (row.owner ?? undefined) as OrganisationId | undefined,
    quantity: Number(row.bytes),
  }))
}
