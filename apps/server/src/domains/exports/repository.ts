import type { ExportContent, ExportFailure, ExportState, MaskedField } from '@clew/contract/exports'
import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import { type Selectable, type SqlBool, sql, type Updateable } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { Exports } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { Approval, Controls, ExportRow, Place } from './model.ts'

const given = <T>(value: T | null): T | undefined => value ?? undefined
const sizeOf = (bytes: string | null): number | undefined => (bytes === null ? undefined : Number(bytes))

const exportOf = (row: Selectable<Exports>): ExportRow => ({
  id: row.id,
  organisationId: row.organisation_id as OrganisationId,
  state: row.state as ExportState,
  content: row.content as ExportContent,
  reason: row.reason,
  requestedBy: row.requested_by as MemberId,
  requestedAt: row.requested_at,
  policyVersion: row.policy_version,
  controls: row.controls as Controls,
  expectedRows: Number(row.expected_rows),
  personal: row.personal as MaskedField[],
  approval: row.approval as Approval,
  startsAt: given(row.starts_at),
  decideBy: given(row.decide_by),
  decidedBy: given(row.decided_by) as MemberId | undefined,
  decidedAt: given(row.decided_at),
  decisionReason: given(row.decision_reason),
  place: given(row.place) as Place | undefined,
  doneRows: Number(row.done_rows),
  attempts: row.attempts,
  runs: row.runs,
  failure: given(row.failure) as ExportFailure | undefined,
  secret: given(row.secret),
  storageKey: given(row.storage_key),
  sizeBytes: sizeOf(row.size_bytes),
  sha256: given(row.sha256),
  readyAt: given(row.ready_at),
  expiresAt: given(row.expires_at),
  fetches: row.fetches,
  fetchedAt: given(row.fetched_at),
  endedAt: given(row.ended_at),
})

export type NewExport = Pick<
  ExportRow,
  | 'id'
  | 'organisationId'
  | 'state'
  | 'content'
  | 'reason'
  | 'requestedBy'
  | 'policyVersion'
  | 'controls'
  | 'expectedRows'
  | 'personal'
  | 'approval'
  | 'startsAt'
  | 'decideBy'
  | 'secret'
>

/** Answers whether the id was free. */
export async function insertExport(tx: TxCtx, made: NewExport): Promise<boolean> {
  const result = await sqlOf(tx)
    .insertInto('exports')
    .values({
      id: made.id,
      organisation_id: made.organisationId,
      state: made.state,
      content: JSON.stringify(made.content),
      reason: made.reason,
      requested_by: made.requestedBy,
      requested_at: tx.clock.now(),
      policy_version: made.policyVersion,
      controls: JSON.stringify(made.controls),
      expected_rows: made.expectedRows,
      personal: made.personal,
      approval: made.approval,
      starts_at: made.startsAt ?? null,
      decide_by: made.decideBy ?? null,
      secret: made.secret ?? null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0
}

export async function findExport(tx: TxCtx, id: string): Promise<ExportRow | undefined> {
  const row = await sqlOf(tx).selectFrom('exports').selectAll().where('id', '=', id).executeTakeFirst()
  return row && exportOf(row)
}

export async function lockExport(tx: TxCtx, id: string): Promise<ExportRow | undefined> {
  const row = await sqlOf(tx).selectFrom('exports').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row && exportOf(row)
}

export async function updateExport(tx: TxCtx, id: string, set: Updateable<Exports>): Promise<void> {
  await sqlOf(tx).updateTable('exports').set(set).where('id', '=', id).execute()
}

/** The newest first; those of one person, or of everybody. */
export async function listExports(
  tx: TxCtx,
  organisationId: OrganisationId,
  page: { by: MemberId | undefined; before: string | undefined; limit: number },
): Promise<ExportRow[]> {
  let query = sqlOf(tx)
    .selectFrom('exports')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .orderBy('requested_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit)
  if (page.by !== undefined) query = query.where('requested_by', '=', page.by)
  const { before } = page
  if (before !== undefined)
    query = query.where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple('requested_at', 'id'),
        '<',
        selectFrom('exports as x')
          .select(['x.requested_at', 'x.id'])
          .where('x.id', '=', before)
          .$asTuple('requested_at', 'id'),
      ),
    )
  return (await query.execute()).map(exportOf)
}

/** How many of somebody's are not done with. */
export async function countOpenOf(tx: TxCtx, memberId: MemberId): Promise<number> {
  const row = await sqlOf(tx)
    .selectFrom('exports')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('requested_by', '=', memberId)
    .where('state', 'in', ['waiting', 'queued', 'building'])
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** Those whose time has come, one way or the other. */
export async function listDue(tx: TxCtx): Promise<ExportRow[]> {
  const now = tx.clock.now()
  const rows = await sqlOf(tx)
    .selectFrom('exports')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb.and([eb('state', '=', 'waiting'), eb.or([eb('starts_at', '<=', now), eb('decide_by', '<=', now)])]),
        eb.and([eb('state', 'in', ['ready', 'fetched']), eb('expires_at', '<=', now)]),
      ]),
    )
    .orderBy('id')
    .limit(500)
    .execute()
  return rows.map(exportOf)
}

/** Those of somebody that are open or lie there, held until the transaction ends. */
export async function listUnendedOf(tx: TxCtx, memberId: MemberId): Promise<ExportRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('exports')
    .selectAll()
    .where('requested_by', '=', memberId)
    .where('state', 'in', ['waiting', 'queued', 'building', 'ready', 'fetched'])
    .forUpdate()
    .execute()
  return rows.map(exportOf)
}

/** Of everything of one of these people, of whatever state; of one organisation, or of all where none is named. */
export async function listAbout(
  tx: TxCtx,
  { organisationId, addresses }: { organisationId: OrganisationId | undefined; addresses: readonly string[] },
): Promise<ExportRow[]> {
  if (addresses.length === 0) return []
  const rows = await sqlOf(tx)
    .selectFrom('exports')
    .selectAll()
    .where(sql<SqlBool>`content ->> 'of' = 'person' AND lower(content ->> 'email') = ANY (${[...addresses]}::text[])`)
    .$if(organisationId !== undefined, (query) => query.where('organisation_id', '=', organisationId as string))
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map(exportOf)
}
