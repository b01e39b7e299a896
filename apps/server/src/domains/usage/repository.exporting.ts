import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import { nobody } from './model.ts'

export type UsageSelection = {
  organisationId: OrganisationId
  from?: string | undefined
  to?: string | undefined
  memberId?: MemberId | undefined
}

export type UsageRow = {
  meter: string
  day: string
  memberId: MemberId | undefined
  feature: string
  model: string
  quantity: number
}

/** The key of a row: a page begins after one. */
export type UsagePlace = { meter: string; day: string; memberId: string; feature: string; model: string }

const selected = ({ organisationId, from, to, memberId }: UsageSelection): RawBuilder<SqlBool> =>
  sql<SqlBool>`organisation_id = ${organisationId}
    AND ${from === undefined ? sql`true` : sql`day >= ${from}::date`}
    AND ${to === undefined ? sql`true` : sql`day <= ${to}::date`}
    AND ${memberId === undefined ? sql`true` : sql`member_id = ${memberId}::uuid`}`

/** What was used, a row for each day, meter, member, feature and model. */
export async function pageUsage(
  tx: TxCtx,
  selection: UsageSelection,
  { after, limit }: { after: UsagePlace | undefined; limit: number },
): Promise<UsageRow[]> {
  const from =
    after === undefined
      ? sql`true`
      : sql`(meter, day, member_id, feature, model)
            > (${after.meter}, ${after.day}::date, ${after.memberId}::uuid, ${after.feature}, ${after.model})`
  const { rows } = await sql<Record<'meter' | 'day' | 'member_id' | 'feature' | 'model' | 'quantity', string>>`
    SELECT meter, day::text AS day, member_id, feature, model, quantity FROM usage_days
     WHERE ${selected(selection)} AND ${from}
     ORDER BY meter, day, member_id, feature, model LIMIT ${limit}`.execute(sqlOf(tx))
  return rows.map((row) => ({
    meter: row.meter,
    day: row.day,
    memberId: row.member_id === nobody ? undefined : (row.member_id as MemberId),
    feature: row.feature,
    model: row.model,
    quantity: Number(row.quantity),
  }))
}

/** Where the page after this row begins. */
export const placeOf = ({ meter, day, memberId, feature, model }: UsageRow): UsagePlace => ({
  meter,
  day,
  memberId: memberId ?? nobody,
  feature,
  model,
})

export async function countUsage(tx: TxCtx, selection: UsageSelection): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    SELECT count(*) FROM usage_days WHERE ${selected(selection)}`.execute(sqlOf(tx))
  return Number(rows[0]?.count ?? 0)
}
