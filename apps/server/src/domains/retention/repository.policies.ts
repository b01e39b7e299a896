import type { OrganisationId } from '@clew/contract/primitives'
import type { RetentionClass } from '@clew/contract/retention'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { PolicyChange } from './model.ts'

/** Every change of these organisations, the oldest first. */
export async function listChanges(
  tx: TxCtx,
  organisationIds: readonly OrganisationId[],
  only?: RetentionClass,
): Promise<PolicyChange[]> {
  let query = sqlOf(tx)
    .selectFrom('retention_policies')
    .selectAll()
    .where('organisation_id', 'in', [...organisationIds])
    .orderBy('set_at')
    .orderBy('version')
  if (only !== undefined) query = query.where('class', '=', only)
  const rows = await query.execute()
  return rows.map((row) => ({
    organisationId: row.organisation_id as OrganisationId,
    class: row.class as RetentionClass,
    version: row.version,
    keepDays: row.keep_days,
    setBy: row.set_by ?? undefined,
    setAt: row.set_at,
    effectiveAt: row.effective_at,
    takenBackAt: row.taken_back_at ?? undefined,
    takenBackBy: row.taken_back_by ?? undefined,
  }))
}

/** Answers whether it was the next one: of two at once, one is. */
export async function insertChange(
  tx: TxCtx,
  change: Omit<PolicyChange, 'setAt' | 'takenBackAt' | 'takenBackBy'>,
): Promise<boolean> {
  const result = await sqlOf(tx)
    .insertInto('retention_policies')
    .values({
      organisation_id: change.organisationId,
      class: change.class,
      version: change.version,
      keep_days: change.keepDays,
      set_by: change.setBy ?? null,
      set_at: tx.clock.now(),
      effective_at: change.effectiveAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0
}

/** What has not come into force yet never does. Answers whether there was any. */
export async function takeBackPending(
  tx: TxCtx,
  { organisationId, class: kind, by }: { organisationId: OrganisationId; class: RetentionClass; by: string },
): Promise<boolean> {
  const result = await sqlOf(tx)
    .updateTable('retention_policies')
    .set({ taken_back_at: tx.clock.now(), taken_back_by: by })
    .where('organisation_id', '=', organisationId)
    .where('class', '=', kind)
    .where('effective_at', '>', tx.clock.now())
    .where('taken_back_at', 'is', null)
    .executeTakeFirst()
  return Number(result.numUpdatedRows) > 0
}
