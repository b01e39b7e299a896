import type { MemberId } from '@clew/contract/primitives'
import { type SqlBool, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { Person, Stays } from '../../platform/domain.ts'
import { sqlOf } from '../../platform/sql.ts'
import { describeLeaver } from '../organisations/index.ts'

/** Reports name people as the operator's product does, where that knew no member. The figures stay. */
export async function unnameSubject(tx: TxCtx, memberId: MemberId): Promise<number> {
  const leaver = await describeLeaver(tx, memberId)
  if (leaver === undefined) return 0
  const { numUpdatedRows } = await sqlOf(tx)
    .updateTable('usage_records')
    .set({ subject: null })
    .where('organisation_id', '=', leaver.organisationId)
    .where(sql<SqlBool>`lower(subject) = ANY (${leaver.addresses}::text[])`)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** How much an organisation used is its own to know; whose part that was, nobody can tell any more. */
export async function keepsFigures(tx: TxCtx, { organisationId, memberIds }: Person): Promise<Stays[]> {
  if (memberIds.length === 0) return []
  const row = await sqlOf(tx)
    .selectFrom('usage_days')
    .select('day')
    .where('organisation_id', '=', organisationId)
    .where(sql<SqlBool>`member_id = ANY (${[...memberIds]}::uuid[])`)
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? [] : [{ why: 'figures' }]
}
