import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

export type Erased = { conversations: number; messages: number; files: number; captures: number }

/** What stays: that it happened, and how much it was. */
export async function insertErasure(tx: TxCtx, erased: Erased): Promise<void> {
  await sqlOf(tx)
    .insertInto('erasures')
    .values({ id: tx.ids.next(), asked_by: 'contact', ...erased, at: tx.clock.now() })
    .execute()
}
