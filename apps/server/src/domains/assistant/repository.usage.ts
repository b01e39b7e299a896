import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

export type Reservation = { day: string; tokens: number }

export const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

/** Sets tokens of the day aside, unless that would be more than `limit`; 0 is no limit. Two at once cannot both have the last. */
export async function reserveTokens(tx: TxCtx, { day, tokens }: Reservation, limit: number): Promise<boolean> {
  await sqlOf(tx)
    .insertInto('model_usage')
    .values({ day })
    .onConflict((conflict) => conflict.column('day').doNothing())
    .execute()
  const used = sql<number>`input_tokens + output_tokens + reserved_tokens`
  const row = await sqlOf(tx)
    .updateTable('model_usage')
    .set({ reserved_tokens: sql`reserved_tokens + ${tokens}::bigint` })
    .where('day', '=', day)
    .where((eb) => (limit === 0 ? eb.lit(true) : sql<boolean>`${used} + ${tokens}::bigint <= ${limit}::bigint`))
    .returning('day')
    .executeTakeFirst()
  return row !== undefined
}

/** Puts what was really used in the place of what was set aside. */
export async function settleTokens(
  tx: TxCtx,
  { day, tokens }: Reservation,
  used: { inputTokens: number; outputTokens: number; calls: number },
): Promise<void> {
  await sqlOf(tx)
    .updateTable('model_usage')
    .set({
      reserved_tokens: sql`greatest(0, reserved_tokens - ${tokens}::bigint)`,
      input_tokens: sql`input_tokens + ${used.inputTokens}::bigint`,
      output_tokens: sql`output_tokens + ${used.outputTokens}::bigint`,
      calls: sql`calls + ${used.calls}::integer`,
    })
    .where('day', '=', day)
    .execute()
}
