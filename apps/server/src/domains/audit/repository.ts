import type { OrganisationId } from '@clew/contract/primitives'
import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { KeptPart, Link } from './chain.ts'
import { type Checkpoint, emptyHead, type Head } from './checkpoint.ts'
import type { Draft } from './draft.ts'

/** Locks the chain, numbers the events, hashes and writes them, all within PostgreSQL. */
export async function appendDrafts(tx: TxCtx, organisationId: OrganisationId, drafts: readonly Draft[]): Promise<void> {
  await sql`SELECT audit_append(${organisationId}, ${JSON.stringify(drafts)}::jsonb)`.execute(sqlOf(tx))
}

export async function readHead(tx: TxCtx, organisationId: OrganisationId): Promise<Head> {
  const row = await sqlOf(tx)
    .selectFrom('audit_heads')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst()
  return row ? headOf(row) : emptyHead(organisationId)
}

/** By one statement: the head, if no event from `seq` on is there. */
export async function readHeadAtEnd(tx: TxCtx, organisationId: OrganisationId, seq: number): Promise<Head | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('audit_heads')
    .selectAll()
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('audit_events')
          .select('seq')
          .where('organisation_id', '=', organisationId)
          .where('seq', '>=', String(seq)),
      ).as('has_more'),
    )
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst()
  if (row?.has_more) return undefined
  return row ? headOf(row) : emptyHead(organisationId)
}

/** Of every chain that there is, after one of them. */
export async function listHeads(tx: TxCtx): Promise<Head[]> {
  const rows = await sqlOf(tx).selectFrom('audit_heads').selectAll().orderBy('organisation_id').execute()
  return rows.map(headOf)
}

type HeadRow = {
  organisation_id: string
  seq: string | number
  hash: Buffer
  first_seq: string | number
  first_prev_hash: Buffer
}

const headOf = (row: HeadRow): Head => ({
  organisationId: row.organisation_id,
  seq: Number(row.seq),
  hash: row.hash,
  firstSeq: Number(row.first_seq),
  firstPrevHash: row.first_prev_hash,
})

export type StoredLink = Link & { id: string }

/** Events with what is personal in them, upwards from one. */
export async function listLinks(
  tx: TxCtx,
  organisationId: OrganisationId,
  { from, limit }: { from: number; limit: number },
): Promise<StoredLink[]> {
  const rows = await sqlOf(tx)
    .selectFrom('audit_events')
    .select(['id', 'seq', 'body', 'prev_hash', 'hash'])
    .where('organisation_id', '=', organisationId)
    .where('seq', '>=', String(from))
    .orderBy('seq')
    .limit(limit)
    .execute()
  return withPersonal(tx, organisationId, rows)
}

export async function findLink(
  tx: TxCtx,
  organisationId: OrganisationId,
  seq: number,
): Promise<StoredLink | undefined> {
  const [link] = await listLinks(tx, organisationId, { from: seq, limit: 1 })
  return link?.seq === seq ? link : undefined
}

export type LinkRow = { id: string; seq: string | number; body: string; prev_hash: Buffer; hash: Buffer }

export async function withPersonal(
  tx: TxCtx,
  organisationId: OrganisationId,
  rows: readonly LinkRow[],
): Promise<StoredLink[]> {
  if (rows.length === 0) return []
  const parts = await sqlOf(tx)
    .selectFrom('audit_personal')
    .select(['seq', 'part', 'salt', 'value'])
    .where('organisation_id', '=', organisationId)
    .where(
      'seq',
      'in',
      rows.map(({ seq }) => String(seq)),
    )
    .orderBy('part')
    .execute()
  const of = new Map<number, KeptPart[]>()
  for (const part of parts) of.set(Number(part.seq), [...(of.get(Number(part.seq)) ?? []), partOf(part)])
  return rows.map((row) => ({
    id: row.id,
    seq: Number(row.seq),
    body: row.body,
    prevHash: row.prev_hash,
    hash: row.hash,
    personal: of.get(Number(row.seq)) ?? [],
  }))
}

const partOf = ({ part, salt, value }: { part: string; salt: Buffer | null; value: string | null }): KeptPart => ({
  part,
  kept: salt === null || value === null ? undefined : { salt, value },
})

export async function insertCheckpoint(
  tx: TxCtx,
  checkpoint: Checkpoint,
  of: { organisationId: string; seq: number; keyId: string; reason: string },
): Promise<void> {
  await sqlOf(tx)
    .insertInto('audit_checkpoints')
    .values({
      organisation_id: of.organisationId,
      id: checkpoint.id,
      seq: of.seq,
      statement: checkpoint.statement,
      signature: Buffer.from(checkpoint.signature, 'base64url'),
      key_id: of.keyId,
      reason: of.reason,
      at: tx.clock.now(),
    })
    .execute()
}

export type KeptCheckpoint = Checkpoint & { seq: number; at: Date; reason: string }

/** Oldest first; those that were made since, and that sign at least so many events. */
export async function listCheckpoints(
  tx: TxCtx,
  organisationId: OrganisationId,
  { since, fromSeq = 0 }: { since?: Date; fromSeq?: number } = {},
): Promise<KeptCheckpoint[]> {
  const rows = await sqlOf(tx)
    .selectFrom('audit_checkpoints')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('seq', '>=', String(fromSeq))
    .where('at', '>=', since ?? longAgo)
    .orderBy('seq')
    .orderBy('at')
    .execute()
  return rows.map(checkpointOf)
}

const longAgo = new Date(0)

export async function findLastCheckpoint(
  tx: TxCtx,
  organisationId: OrganisationId,
): Promise<KeptCheckpoint | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('audit_checkpoints')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .orderBy('seq', 'desc')
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && checkpointOf(row)
}

/** The first that signs an event. */
export async function findCheckpointOf(
  tx: TxCtx,
  organisationId: OrganisationId,
  seq: number,
): Promise<KeptCheckpoint | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('audit_checkpoints')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('seq', '>=', String(seq))
    .orderBy('seq')
    .orderBy('at')
    .limit(1)
    .executeTakeFirst()
  return row && checkpointOf(row)
}

type CheckpointRow = {
  id: string
  statement: string
  signature: Buffer
  seq: string | number
  at: Date
  reason: string
}

const checkpointOf = ({ id, statement, signature, seq, at, reason }: CheckpointRow): KeptCheckpoint => ({
  id,
  statement,
  signature: signature.toString('base64url'),
  seq: Number(seq),
  at,
  reason,
})
