import type { FlowState } from '@clew/contract/flows'
import type { Flow } from '@clew/flows'
import { type Selectable, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { Flows, FlowVersions } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import { type Author, type FlowRow, keptVersions, type Listed, type Origin, type VersionRow } from './model.ts'

// What lies in the table was checked when it was saved.
const flowOf = (stored: unknown): Flow => stored as Flow

const rowOf = (row: Selectable<Flows>): FlowRow => ({
  id: row.id,
  version: row.version,
  state: row.state as FlowState,
  liveVersion: row.live_version ?? undefined,
  starter: row.starter === null ? undefined : flowOf(row.starter),
  changedAt: row.changed_at,
})

const versionOf = (row: Selectable<FlowVersions>): VersionRow => ({
  flowId: row.flow_id,
  version: row.version,
  document: flowOf(row.document),
  origin: row.origin as Origin,
  note: row.note ?? undefined,
  restoredFrom: row.restored_from ?? undefined,
  authorName: row.author_name ?? undefined,
  savedAt: row.saved_at,
  publishedAt: row.published_at ?? undefined,
  publisherName: row.publisher_name ?? undefined,
})

/** A few bytes that differ whenever what people get does. */
export async function flowsMark(tx: TxCtx): Promise<string> {
  const { mark } = await sqlOf(tx)
    .selectFrom('flows')
    .select(
      sql<string | null>`string_agg(id || ':' || state || coalesce(live_version, 0)::text, ' ' ORDER BY id)`.as('mark'),
    )
    .executeTakeFirstOrThrow()
  return mark ?? ''
}

export async function listFlowRows(tx: TxCtx): Promise<FlowRow[]> {
  return (await sqlOf(tx).selectFrom('flows').selectAll().orderBy('id').execute()).map(rowOf)
}

/** Of each flow the versions that were published last. */
export async function listPublished(tx: TxCtx): Promise<VersionRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('flow_versions')
    .selectAll()
    .where('published_at', 'is not', null)
    .where(
      sql<boolean>`(SELECT count(*) FROM flow_versions newer WHERE newer.flow_id = flow_versions.flow_id
        AND newer.published_at IS NOT NULL AND newer.version > flow_versions.version) < ${keptVersions}`,
    )
    .orderBy('flow_id')
    .orderBy('version')
    .execute()
  return rows.map(versionOf)
}

/** Every flow with its last version, and the live one where it is another. */
export async function listLatest(tx: TxCtx): Promise<Listed[]> {
  const rows = await listFlowRows(tx)
  const versions = await sqlOf(tx)
    .selectFrom('flow_versions')
    .innerJoin('flows', 'flows.id', 'flow_versions.flow_id')
    .selectAll('flow_versions')
    .where((is) =>
      is.or([
        is('flow_versions.version', '=', is.ref('flows.version')),
        is('flow_versions.version', '=', is.ref('flows.live_version')),
      ]),
    )
    .execute()
  const found = versions.map(versionOf)
  const at = (id: string, version: number | undefined): VersionRow | undefined =>
    found.find((each) => each.flowId === id && each.version === version)
  return rows.flatMap((row) => {
    const latest = at(row.id, row.version)
    const live = row.liveVersion === row.version ? undefined : at(row.id, row.liveVersion)
    return latest ? [{ row, latest, live }] : []
  })
}

/** All of them, held until the transaction ends: which of them people get depends on the others. */
export async function lockFlows(tx: TxCtx): Promise<FlowRow[]> {
  return (await sqlOf(tx).selectFrom('flows').selectAll().orderBy('id').forUpdate().execute()).map(rowOf)
}

/** Held until the transaction ends. */
export async function lockFlow(tx: TxCtx, id: string): Promise<FlowRow | undefined> {
  const row = await sqlOf(tx).selectFrom('flows').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row && rowOf(row)
}

export async function findFlow(tx: TxCtx, id: string): Promise<FlowRow | undefined> {
  const row = await sqlOf(tx).selectFrom('flows').selectAll().where('id', '=', id).executeTakeFirst()
  return row && rowOf(row)
}

export async function findVersion(tx: TxCtx, flowId: string, version: number): Promise<VersionRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('flow_versions')
    .selectAll()
    .where('flow_id', '=', flowId)
    .where('version', '=', version)
    .executeTakeFirst()
  return row && versionOf(row)
}

const listedVersions = 200

/** The newest first, without what they say. */
export async function listVersions(tx: TxCtx, flowId: string): Promise<Omit<VersionRow, 'document'>[]> {
  const rows = await sqlOf(tx)
    .selectFrom('flow_versions')
    .select(['flow_id', 'version', 'origin', 'note', 'restored_from', 'author_id', 'author_name'])
    .select(['saved_at', 'published_at', 'publisher_name'])
    .where('flow_id', '=', flowId)
    .orderBy('version', 'desc')
    .limit(listedVersions)
    .execute()
  return rows.map((row) => versionOf({ ...row, document: null }))
}

/** Makes room for a flow; answers false when there is one of this id. */
export async function insertFlow(tx: TxCtx, flow: Flow, starter?: Flow): Promise<boolean> {
  const result = await sqlOf(tx)
    .insertInto('flows')
    .values({
      id: flow.id,
      version: flow.version,
      state: 'draft',
      starter: starter ? JSON.stringify(starter) : null,
      changed_at: tx.clock.now(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0
}

export type NewVersion = {
  document: Flow
  origin: Origin
  author?: Author
  note?: string | undefined
  restoredFrom?: number | undefined
}

/** Writes a version down and makes it the last of its flow. */
export async function insertVersion(tx: TxCtx, { document, origin, author, ...more }: NewVersion): Promise<void> {
  const at = tx.clock.now()
  await sqlOf(tx)
    .insertInto('flow_versions')
    .values({
      flow_id: document.id,
      version: document.version,
      document: JSON.stringify(document),
      origin,
      note: more.note ?? null,
      restored_from: more.restoredFrom ?? null,
      author_id: author?.id ?? null,
      author_name: author?.name ?? null,
      saved_at: at,
    })
    .execute()
  await sqlOf(tx)
    .updateTable('flows')
    .set({ version: document.version, changed_at: at })
    .where('id', '=', document.id)
    .execute()
}

export async function setStarter(tx: TxCtx, starter: Flow): Promise<void> {
  const stored = { starter: JSON.stringify(starter) }
  await sqlOf(tx).updateTable('flows').set(stored).where('id', '=', starter.id).execute()
}

type Published = { flowId: string; version: number; publisherName: string | undefined }

export async function setLive(tx: TxCtx, { flowId, version, publisherName }: Published): Promise<void> {
  await sqlOf(tx)
    .updateTable('flows')
    .set({ state: 'live', live_version: version, changed_at: tx.clock.now() })
    .where('id', '=', flowId)
    .execute()
  await sqlOf(tx)
    .updateTable('flow_versions')
    .set({ published_at: tx.clock.now(), publisher_name: publisherName ?? null })
    .where('flow_id', '=', flowId)
    .where('version', '=', version)
    .execute()
}

export async function setWithdrawn(tx: TxCtx, flowId: string, state: 'draft' | 'disabled'): Promise<void> {
  await sqlOf(tx)
    .updateTable('flows')
    .set({ state, live_version: null, changed_at: tx.clock.now() })
    .where('id', '=', flowId)
    .execute()
}
