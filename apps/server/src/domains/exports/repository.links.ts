import type { MemberId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

export type NewLink = {
  tokenHash: Buffer
  exportId: string
  organisationId: string
  madeBy: MemberId
  expiresAt: Date
}

export async function insertLink(tx: TxCtx, link: NewLink): Promise<void> {
  await sqlOf(tx)
    .insertInto('export_links')
    .values({
      token_hash: link.tokenHash,
      export_id: link.exportId,
      organisation_id: link.organisationId,
      made_by: link.madeBy,
      made_at: tx.clock.now(),
      expires_at: link.expiresAt,
    })
    .execute()
}

/** Uses a link up, if it is still good and of whoever asks. Of two who try at once, one gets it. */
export async function takeLink(
  tx: TxCtx,
  { tokenHash, madeBy }: { tokenHash: Buffer; madeBy: MemberId },
): Promise<string | undefined> {
  const row = await sqlOf(tx)
    .updateTable('export_links')
    .set({ used_at: tx.clock.now() })
    .where('token_hash', '=', tokenHash)
    .where('made_by', '=', madeBy)
    .where('used_at', 'is', null)
    .where('expires_at', '>', tx.clock.now())
    .returning('export_id')
    .executeTakeFirst()
  return row?.export_id
}
