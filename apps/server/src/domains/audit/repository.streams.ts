import type { StreamFailure, StreamTarget } from '@clew/contract/audit-streams'
import type { OrganisationId } from '@clew/contract/primitives'
import type { Selectable } from 'kysely'
import { isOfBound } from '../../platform/bound.repository.ts'
import type { TxCtx } from '../../platform/ctx.ts'
import type { AuditStreams } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'

export type StreamRow = {
  id: string
  organisationId: OrganisationId
  name: string
  target: StreamTarget
  sealedSecret: Buffer | undefined
  version: number
  state: 'active' | 'paused' | 'off'
  cursorSeq: number
  attempts: number
  nextTryAt: Date
  leasedUntil: Date | undefined
  failure: StreamFailure | undefined
  failedAt: Date | undefined
  deliveredAt: Date | undefined
  createdAt: Date
}

const rowOf = (row: Selectable<AuditStreams>): StreamRow => ({
  id: row.id,
  organisationId: row.organisation_id as OrganisationId,
  name: row.name,
  target: row.settings as unknown as StreamTarget,
  sealedSecret: row.sealed_secret ?? undefined,
  version: row.version,
  state: row.state as StreamRow['state'],
  cursorSeq: Number(row.cursor_seq),
  attempts: row.attempts,
  nextTryAt: row.next_try_at,
  leasedUntil: row.leased_until ?? undefined,
  failure: (row.failure ?? undefined) as StreamFailure | undefined,
  failedAt: row.failed_at ?? undefined,
  deliveredAt: row.delivered_at ?? undefined,
  createdAt: row.created_at,
})

export async function listStreams(tx: TxCtx, organisationId: OrganisationId): Promise<StreamRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('audit_streams')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .orderBy('created_at')
    .execute()
  return rows.map(rowOf)
}

export async function lockStream(tx: TxCtx, id: string): Promise<StreamRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('audit_streams')
    .selectAll()
    .where('id', '=', id)
    .where(isOfBound(tx, 'organisation_id'))
    .forUpdate()
    .executeTakeFirst()
  return row && rowOf(row)
}

export type NewStream = Pick<StreamRow, 'id' | 'organisationId' | 'name' | 'target' | 'sealedSecret' | 'cursorSeq'>

export async function insertStream(tx: TxCtx, stream: NewStream): Promise<void> {
  const now = tx.clock.now()
  await sqlOf(tx)
    .insertInto('audit_streams')
    .values({
      id: stream.id,
      organisation_id: stream.organisationId,
      name: stream.name,
      kind: stream.target.kind,
      settings: JSON.stringify(stream.target),
      sealed_secret: stream.sealedSecret ?? null,
      state: 'active',
      cursor_seq: stream.cursorSeq,
      next_try_at: now,
      created_at: now,
    })
    .execute()
}

export async function updateStream(
  tx: TxCtx,
  id: string,
  to: Pick<StreamRow, 'name' | 'target' | 'sealedSecret' | 'version' | 'state'>,
): Promise<void> {
  await sqlOf(tx)
    .updateTable('audit_streams')
    .set({
      name: to.name,
      kind: to.target.kind,
      settings: JSON.stringify(to.target),
      sealed_secret: to.sealedSecret ?? null,
      version: to.version,
      state: to.state,
      attempts: 0,
      failure: null,
      failed_at: null,
      next_try_at: tx.clock.now(),
    })
    .where('id', '=', id)
    .execute()
}

export async function deleteStream(tx: TxCtx, id: string): Promise<void> {
  await sqlOf(tx).deleteFrom('audit_streams').where('id', '=', id).where(isOfBound(tx, 'organisation_id')).execute()
}

export async function leaseStream(tx: TxCtx, id: string, until: Date | undefined): Promise<void> {
  await sqlOf(tx)
    .updateTable('audit_streams')
    .set({ leased_until: until ?? null })
    .where('id', '=', id)
    .execute()
}

/** What was sent has arrived. */
export async function noteDelivered(tx: TxCtx, id: string, cursorSeq: number): Promise<void> {
  await sqlOf(tx)
    .updateTable('audit_streams')
    .set({ cursor_seq: cursorSeq, attempts: 0, failure: null, failed_at: null, delivered_at: tx.clock.now() })
    .where('id', '=', id)
    .execute()
}

export type Failed = { state: 'active' | 'paused'; attempts: number; failure: StreamFailure; nextTryAt: Date }

export async function noteFailed(tx: TxCtx, id: string, failed: Failed): Promise<void> {
  await sqlOf(tx)
    .updateTable('audit_streams')
    .set({
      state: failed.state,
      attempts: failed.attempts,
      failure: failed.failure,
      failed_at: tx.clock.now(),
      next_try_at: failed.nextTryAt,
      leased_until: null,
    })
    .where('id', '=', id)
    .execute()
}

/** Streams that have something to send and may try now; of one organisation, or of all. */
export async function listDueStreams(
  tx: TxCtx,
  organisationId?: OrganisationId,
): Promise<Pick<StreamRow, 'id' | 'organisationId'>[]> {
  const rows = await sqlOf(tx)
    .selectFrom('audit_streams as s')
    .innerJoin('audit_heads as h', 'h.organisation_id', 's.organisation_id')
    .select(['s.id', 's.organisation_id'])
    .where('s.state', '=', 'active')
    .where('s.next_try_at', '<=', tx.clock.now())
    .whereRef('h.seq', '>', 's.cursor_seq')
    .$if(organisationId !== undefined, (query) =>
      query.where('s.organisation_id', '=', organisationId as OrganisationId),
    )
    .execute()
  return rows.map((row) => ({ id: row.id, organisationId: row.organisation_id as OrganisationId }))
}

/** Whether a stream that is on has not sent everything yet. */
export async function hasBacklog(tx: TxCtx, organisationId: OrganisationId): Promise<boolean> {
  const row = await sqlOf(tx)
    .selectFrom('audit_streams as s')
    .innerJoin('audit_heads as h', 'h.organisation_id', 's.organisation_id')
    .select('s.id')
    .where('s.organisation_id', '=', organisationId)
    .where('s.state', '<>', 'off')
    .whereRef('h.seq', '>', 's.cursor_seq')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
