import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import { refusalWindowMs } from './model.ts'

export type Refusals = {
  account: string
  network: string
  address: string | undefined
  userAgent: string | undefined
  count: number
}

/** One more within this window. */
export async function countRefusal(
  tx: TxCtx,
  { account, network }: { account: string; network: string },
): Promise<void> {
  const now = tx.clock.now().getTime()
  await sqlOf(tx)
    .insertInto('sign_in_refusals')
    .values({
      starts_at: new Date(now - (now % refusalWindowMs)),
      account,
      network,
      address: tx.origin.address ?? null,
      user_agent: tx.origin.userAgent ?? null,
      count: 1,
    })
    .onConflict((conflict) =>
      conflict.columns(['starts_at', 'account', 'network']).doUpdateSet({ count: sql`sign_in_refusals.count + 1` }),
    )
    .execute()
}

/** Takes away those of the oldest window that is over, so that each is told of once. */
export async function takeRefusals(tx: TxCtx): Promise<{ startsAt: Date; refusals: Refusals[] } | undefined> {
  const db = sqlOf(tx)
  const over = new Date(tx.clock.now().getTime() - refusalWindowMs)
  const oldest = await db
    .selectFrom('sign_in_refusals')
    .select('starts_at')
    .where('starts_at', '<=', over)
    .orderBy('starts_at')
    .limit(1)
    .executeTakeFirst()
  if (!oldest) return undefined
  const rows = await db
    .deleteFrom('sign_in_refusals')
    .where('starts_at', '=', oldest.starts_at)
    .returningAll()
    .execute()
  const refusals = rows.map((row) => ({
    account: row.account,
    network: row.network,
    address: row.address ?? undefined,
    userAgent: row.user_agent ?? undefined,
    count: row.count,
  }))
  return { startsAt: oldest.starts_at, refusals }
}
