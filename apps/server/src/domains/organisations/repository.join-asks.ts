import type { AskToJoin } from '@clew/contract/members'
import type { Locale } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

export async function insertJoinAsk(tx: TxCtx, id: string, ask: AskToJoin): Promise<void> {
  const { organisation, email, name, message, locale } = ask
  await sqlOf(tx)
    .insertInto('join_asks')
    .values({ id, organisation, email, name, message, locale, created_at: tx.clock.now() })
    .execute()
}

/** What was asked, once. */
export async function takeJoinAsk(tx: TxCtx, id: string): Promise<AskToJoin | undefined> {
  const row = await sqlOf(tx).deleteFrom('join_asks').where('id', '=', id).returningAll().executeTakeFirst()
  if (!row) return undefined
  const { organisation, email, name, message } = row
  return { organisation, email, name, message, locale: row.locale as Locale }
}
