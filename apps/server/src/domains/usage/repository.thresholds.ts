import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

export type ThresholdRow = {
  id: string
  meter: string
  period: 'day' | 'month'
  quantity: number
  createdBy: MemberId | undefined
  /** The first day of the period for which somebody was told. */
  toldOf: string | undefined
}

export async function listThresholds(
  tx: TxCtx,
  organisationId: OrganisationId,
  meters?: readonly string[],
): Promise<ThresholdRow[]> {
  let query = sqlOf(tx)
    .selectFrom('usage_thresholds')
    .select(['id', 'meter', 'period', 'quantity', 'created_by', 'told_of'])
    .where('organisation_id', '=', organisationId)
  if (meters) query = query.where('meter', 'in', [...meters, ''])
  const rows = await query.orderBy('meter').orderBy('period').execute()
  return rows.map((row) => ({
    id: row.id,
    meter: row.meter,
    period: row.period as ThresholdRow['period'],
    quantity: Number(row.quantity),
    createdBy: (row.created_by ?? undefined) as MemberId | undefined,
    toldOf: row.told_of ?? undefined,
  }))
}

type NewThreshold = Pick<ThresholdRow, 'meter' | 'period' | 'quantity'> & {
  organisationId: OrganisationId
  createdBy: MemberId
}

/** One for each meter and period: setting it again moves it, and whoever was told is told again. */
export async function upsertThreshold(tx: TxCtx, threshold: NewThreshold): Promise<string> {
  const set = { quantity: String(threshold.quantity), created_by: threshold.createdBy, told_of: null }
  const row = await sqlOf(tx)
    .insertInto('usage_thresholds')
    .values({
      id: tx.ids.next(),
      organisation_id: threshold.organisationId,
      meter: threshold.meter,
      period: threshold.period,
      created_at: tx.clock.now(),
      ...set,
    })
    .onConflict((conflict) => conflict.columns(['organisation_id', 'meter', 'period']).doUpdateSet(set))
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export async function deleteThreshold(
  tx: TxCtx,
  organisationId: OrganisationId,
  id: string,
): Promise<Pick<ThresholdRow, 'meter' | 'period' | 'quantity'> | undefined> {
  const row = await sqlOf(tx)
    .deleteFrom('usage_thresholds')
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .returning(['meter', 'period', 'quantity'])
    .executeTakeFirst()
  return row && { meter: row.meter, period: row.period as ThresholdRow['period'], quantity: Number(row.quantity) }
}

/** Notes that somebody was told; of two at once one does it. */
export async function noteTold(tx: TxCtx, id: string, period: string): Promise<boolean> {
  const result = await sqlOf(tx)
    .updateTable('usage_thresholds')
    .set({ told_of: period })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('told_of', 'is', null), eb('told_of', '<', period)]))
    .executeTakeFirst()
  return Number(result.numUpdatedRows) > 0
}
