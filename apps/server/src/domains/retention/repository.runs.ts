import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import type { RetentionClass } from '@clew/contract/retention'
import { type Selectable, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { RetentionRuns, RetentionSteps } from '../../platform/generated/schema.ts'
import type { Amount } from '../../platform/keeping.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { PolicyOf } from './model.ts'

export type RunRow = {
  id: string
  organisationId: OrganisationId
  reason: 'schedule' | 'asked'
  askedBy: MemberId | undefined
  state: 'running' | 'done'
  startedAt: Date
  finishedAt: Date | undefined
}

export type StepRow = {
  runId: string
  class: RetentionClass
  policyOf: PolicyOf
  policyVersion: number
  keepDays: number
  before: Date
  deleted: Amount
  held: Amount
  note: string | undefined
  doneAt: Date | undefined
}

const runOf = (row: Selectable<RetentionRuns>): RunRow => ({
  id: row.id,
  organisationId: row.organisation_id as OrganisationId,
  reason: row.reason as RunRow['reason'],
  askedBy: (row.asked_by ?? undefined) as MemberId | undefined,
  state: row.state as RunRow['state'],
  startedAt: row.started_at,
  finishedAt: row.finished_at ?? undefined,
})

const stepOf = (row: Selectable<RetentionSteps>): StepRow => ({
  runId: row.run_id,
  class: row.class as RetentionClass,
  policyOf: row.policy_of as PolicyOf,
  policyVersion: row.policy_version,
  keepDays: row.keep_days,
  before: row.before,
  deleted: { count: Number(row.deleted), bytes: Number(row.bytes) },
  held: { count: Number(row.held), bytes: Number(row.held_bytes) },
  note: row.note ?? undefined,
  doneAt: row.done_at ?? undefined,
})

/** Answers whether it was begun: an organisation has one at a time. */
export async function insertRun(
  tx: TxCtx,
  run: Pick<RunRow, 'id' | 'organisationId' | 'reason' | 'askedBy'>,
): Promise<boolean> {
  const result = await sqlOf(tx)
    .insertInto('retention_runs')
    .values({
      id: run.id,
      organisation_id: run.organisationId,
      reason: run.reason,
      asked_by: run.askedBy ?? null,
      state: 'running',
      started_at: tx.clock.now(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0
}

export async function insertSteps(
  tx: TxCtx,
  run: Pick<RunRow, 'id' | 'organisationId'>,
  steps: readonly Pick<StepRow, 'class' | 'policyOf' | 'policyVersion' | 'keepDays' | 'before'>[],
): Promise<void> {
  if (steps.length === 0) return
  await sqlOf(tx)
    .insertInto('retention_steps')
    .values(
      steps.map((step) => ({
        run_id: run.id,
        organisation_id: run.organisationId,
        class: step.class,
        policy_of: step.policyOf,
        policy_version: step.policyVersion,
        keep_days: step.keepDays,
        before: step.before,
      })),
    )
    .execute()
}

export async function findRun(tx: TxCtx, id: string): Promise<RunRow | undefined> {
  const row = await sqlOf(tx).selectFrom('retention_runs').selectAll().where('id', '=', id).executeTakeFirst()
  return row && runOf(row)
}

/** Held until the transaction ends, so that of two who work on one run each waits for the other. */
export async function lockRun(tx: TxCtx, id: string): Promise<RunRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('retention_runs')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && runOf(row)
}

export async function listRunning(tx: TxCtx): Promise<RunRow[]> {
  const rows = await sqlOf(tx).selectFrom('retention_runs').selectAll().where('state', '=', 'running').execute()
  return rows.map(runOf)
}

export async function listRuns(tx: TxCtx, organisationId: OrganisationId, limit: number): Promise<RunRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('retention_runs')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(runOf)
}

export async function listSteps(tx: TxCtx, runIds: readonly string[]): Promise<StepRow[]> {
  if (runIds.length === 0) return []
  const rows = await sqlOf(tx)
    .selectFrom('retention_steps')
    .selectAll()
    .where('run_id', 'in', [...runIds])
    .orderBy('class')
    .execute()
  return rows.map(stepOf)
}

/** What one transaction has deleted, counted in that transaction. */
export async function addToStep(
  tx: TxCtx,
  { runId, class: kind }: Pick<StepRow, 'runId' | 'class'>,
  purged: Amount & { note?: string | undefined },
): Promise<void> {
  await sqlOf(tx)
    .updateTable('retention_steps')
    .set({
      deleted: sql`deleted + ${purged.count}`,
      bytes: sql`bytes + ${purged.bytes}`,
      ...(purged.note === undefined ? {} : { note: purged.note }),
    })
    .where('run_id', '=', runId)
    .where('class', '=', kind)
    .execute()
}

export async function endStep(
  tx: TxCtx,
  { runId, class: kind }: Pick<StepRow, 'runId' | 'class'>,
  held: Amount,
): Promise<void> {
  await sqlOf(tx)
    .updateTable('retention_steps')
    .set({ held: held.count, held_bytes: held.bytes, done_at: tx.clock.now() })
    .where('run_id', '=', runId)
    .where('class', '=', kind)
    .execute()
}

export async function endRun(tx: TxCtx, id: string): Promise<void> {
  await sqlOf(tx)
    .updateTable('retention_runs')
    .set({ state: 'done', finished_at: tx.clock.now() })
    .where('id', '=', id)
    .execute()
}
