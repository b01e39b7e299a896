import type { MemberId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

/** What an identity provider said of somebody who has left, and who they are there. */
export async function deleteIdentitiesOf(tx: TxCtx, memberId: MemberId): Promise<number> {
  let count = 0
  for (const table of ['sso_attempts', 'sso_identities'] as const) {
    const { numDeletedRows } = await sqlOf(tx).deleteFrom(table).where('member_id', '=', memberId).executeTakeFirst()
    count += Number(numDeletedRows)
  }
  return count
}
