import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import { type SqlBool, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import { type DaySum, nobody } from './model.ts'

export type RecordRow = {
  organisationId: OrganisationId
  reportId: string
  contentHash: Buffer
  meter: string
  quantity: number
  at: Date
  memberId: MemberId | undefined
  subject: string | undefined
  feature: string | undefined
  model: string | undefined
}

/** Stores those that are new. Answers with the keys of what was stored. */
export async function insertRecords(tx: TxCtx, records: readonly RecordRow[]): Promise<Set<string>> {
  if (records.length === 0) return new Set()
  const now = tx.clock.now()
  const rows = await sqlOf(tx)
    .insertInto('usage_records')
    .values(
      records.map((each) => ({
        organisation_id: each.organisationId,
        report_id: each.reportId,
        content_hash: each.contentHash,
        meter: each.meter,
        quantity: String(each.quantity),
        at: each.at,
        member_id: each.memberId ?? null,
        subject: each.subject ?? null,
        feature: each.feature ?? null,
        model: each.model ?? null,
        received_at: now,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning(['organisation_id', 'report_id'])
    .execute()
  return new Set(rows.map((row) => recordKey(row.organisation_id, row.report_id)))
}

export const recordKey = (organisationId: string, reportId: string): string => `${organisationId} ${reportId}`

/** What was said under ids that were used before. */
export async function listHashes(
  tx: TxCtx,
  records: readonly Pick<RecordRow, 'organisationId' | 'reportId'>[],
): Promise<Map<string, Buffer>> {
  if (records.length === 0) return new Map()
  const rows = await sqlOf(tx)
    .selectFrom('usage_records')
    .select(['organisation_id', 'report_id', 'content_hash'])
    .where((eb) =>
      eb.or(records.map((each) => eb.and({ organisation_id: each.organisationId, report_id: each.reportId }))),
    )
    .execute()
  return new Map(rows.map((row) => [recordKey(row.organisation_id, row.report_id), row.content_hash]))
}

/** Adds to the sums of the days, or with `replace` says what they are. The rows come in the order of their key. */
export async function writeDays(tx: TxCtx, sums: readonly DaySum[], how: 'add' | 'replace'): Promise<void> {
  for (let from = 0; from < sums.length; from += 500) {
    const some = sums.slice(from, from + 500)
    await sqlOf(tx)
      .insertInto('usage_days')
      .values(
        some.map((each) => ({
          organisation_id: each.organisationId,
          meter: each.meter,
          day: each.day,
          member_id: each.memberId,
          feature: each.feature,
          model: each.model,
          quantity: String(each.quantity),
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['organisation_id', 'meter', 'day', 'member_id', 'feature', 'model']).doUpdateSet((eb) => ({
          quantity: how === 'replace' ? eb.ref('excluded.quantity') : sql`usage_days.quantity + excluded.quantity`,
        })),
      )
      .execute()
  }
}

/** What is counted of an organisation, once it is. */
export async function ensureMeters(
  tx: TxCtx,
  meters: readonly { organisationId: string; meter: string }[],
): Promise<void> {
  if (meters.length === 0) return
  await sqlOf(tx)
    .insertInto('usage_meters')
    .values(
      meters.map(({ organisationId, meter }) => ({ organisation_id: organisationId, meter, first_at: tx.clock.now() })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export type MeterRow = { meter: string; name: string | undefined; unit: string | undefined }

export async function listMeters(tx: TxCtx, organisationId: OrganisationId): Promise<MeterRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('usage_meters')
    .select(['meter', 'name', 'unit'])
    .where('organisation_id', '=', organisationId)
    .orderBy('meter')
    .execute()
  return rows.map(({ meter, name, unit }) => ({ meter, name: name ?? undefined, unit: unit ?? undefined }))
}

export async function nameMeter(
  tx: TxCtx,
  { organisationId, meter }: { organisationId: OrganisationId; meter: string },
  set: { name: string | null; unit: string | null },
): Promise<boolean> {
  const result = await sqlOf(tx)
    .updateTable('usage_meters')
    .set(set)
    .where('organisation_id', '=', organisationId)
    .where('meter', '=', meter)
    .executeTakeFirst()
  return Number(result.numUpdatedRows) > 0
}

export type DayRange = { from: string; to: string; members?: readonly MemberId[] | undefined }

const inRange = (tx: TxCtx, organisationId: OrganisationId, { from, to, members }: DayRange) => {
  const query = sqlOf(tx)
    .selectFrom('usage_days')
    .where('organisation_id', '=', organisationId)
    .where('day', '>=', from)
    .where('day', '<=', to)
  return members === undefined ? query : query.where(sql<SqlBool>`member_id = ANY (${[...members]}::uuid[])`)
}

/** The sums of each day and meter. */
export async function listDays(
  tx: TxCtx,
  organisationId: OrganisationId,
  range: DayRange,
): Promise<{ meter: string; day: string; quantity: number }[]> {
  const rows = await inRange(tx, organisationId, range)
    .select((eb) => ['meter', 'day', eb.fn.sum<string>('quantity').as('quantity')])
    .groupBy(['meter', 'day'])
    .orderBy('meter')
    .orderBy('day')
    .execute()
  return rows.map(({ meter, day, quantity }) => ({ meter, day, quantity: Number(quantity) }))
}

const mostShares = 200

/** Who or what a meter was used by, most first. Of a level, on the last day. */
export async function listShares(
  tx: TxCtx,
  organisationId: OrganisationId,
  asked: DayRange & { meter: string; by: 'member' | 'feature' | 'model' },
): Promise<{ key: string; quantity: number }[]> {
  const column = asked.by === 'member' ? 'member_id' : asked.by
  const rows = await inRange(tx, organisationId, asked)
    .where('meter', '=', asked.meter)
    .where(sql<SqlBool>`${sql.ref(column)}::text NOT IN ('', ${nobody})`)
    .select((eb) => [sql<string>`${sql.ref(column)}::text`.as('key'), eb.fn.sum<string>('quantity').as('quantity')])
    .groupBy('key')
    .orderBy('quantity', 'desc')
    .orderBy('key')
    .limit(mostShares)
    .execute()
  return rows.map(({ key, quantity }) => ({ key, quantity: Number(quantity) }))
}

export async function lastCounted(tx: TxCtx, organisationId: OrganisationId): Promise<Date | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('usage_records')
    .select((eb) => eb.fn.max('received_at').as('at'))
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst()
  return row?.at ?? undefined
}
