import { ExportPolicy } from '@clew/contract/exports'
import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import { defaultPolicy } from './model.ts'

export type PolicyRow = { version: number; value: ExportPolicy; setBy: MemberId | undefined; setAt: Date | undefined }

/** What holds now; version 0 as long as nobody has decided anything. */
export async function findPolicy(tx: TxCtx, organisationId: OrganisationId): Promise<PolicyRow> {
  const [latest] = await listPolicies(tx, organisationId, 1)
  return latest ?? { version: 0, value: defaultPolicy, setBy: undefined, setAt: undefined }
}

export async function listPolicies(tx: TxCtx, organisationId: OrganisationId, limit: number): Promise<PolicyRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('export_policies')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .orderBy('version', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    version: row.version,
    value: ExportPolicy.parse(row.value),
    setBy: (row.set_by ?? undefined) as MemberId | undefined,
    setAt: row.set_at,
  }))
}

/** Answers whether nobody else came first. */
export async function insertPolicy(
  tx: TxCtx,
  policy: { organisationId: OrganisationId; version: number; value: ExportPolicy; setBy: MemberId },
): Promise<boolean> {
  const result = await sqlOf(tx)
    .insertInto('export_policies')
    .values({
      organisation_id: policy.organisationId,
      version: policy.version,
      value: JSON.stringify(policy.value),
      set_by: policy.setBy,
      set_at: tx.clock.now(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0
}

/** Requests of one person are counted one after the other. */
export async function lockRequests(tx: TxCtx, memberId: MemberId): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`exports ${memberId}`}, 0))`.execute(sqlOf(tx))
}
