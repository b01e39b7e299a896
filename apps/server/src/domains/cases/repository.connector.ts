import type { LookupCall } from '@clew/contract/connectors'
import type { OrganisationId } from '@clew/contract/primitives'
import type { Selectable } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { RequestConnector } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import { type CallRow, type ConnectorRow, emptyConnector } from './model.connector.ts'

const rowOf = (row: Selectable<RequestConnector>): ConnectorRow => ({
  version: row.version,
  url: row.url ?? undefined,
  timeoutMs: row.timeout_ms,
  sealedSecret: row.sealed_secret ?? undefined,
  updatedAt: row.updated_at ?? undefined,
  updatedByName: row.updated_by_name ?? undefined,
  failures: row.failures,
  restsUntil: row.rests_until ?? undefined,
})

export async function readConnectorRow(tx: TxCtx): Promise<ConnectorRow> {
  const row = await sqlOf(tx).selectFrom('request_connector').selectAll().executeTakeFirst()
  return row ? rowOf(row) : emptyConnector
}

export type Held = ConnectorRow & { minute: Date | undefined; calls: number }

/** Held until the transaction ends; it is made where there was none. */
export async function lockConnector(tx: TxCtx, organisationId: OrganisationId): Promise<Held> {
  const db = sqlOf(tx)
  await db
    .insertInto('request_connector')
    .values({ organisation_id: organisationId })
    .onConflict((conflict) => conflict.column('organisation_id').doNothing())
    .execute()
  const row = await db
    .selectFrom('request_connector')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return { ...rowOf(row), minute: row.minute ?? undefined, calls: row.calls }
}

export async function saveConnectorRow(
  tx: TxCtx,
  row: Pick<ConnectorRow, 'version' | 'url' | 'timeoutMs' | 'sealedSecret' | 'updatedByName'>,
): Promise<void> {
  await sqlOf(tx)
    .updateTable('request_connector')
    .set({
      version: row.version,
      url: row.url ?? null,
      timeout_ms: row.timeoutMs,
      sealed_secret: row.sealedSecret ?? null,
      updated_at: tx.clock.now(),
      updated_by_name: row.updatedByName ?? null,
      failures: 0,
      rests_until: null,
    })
    .execute()
}

export async function setMinute(tx: TxCtx, minute: { minute: Date; calls: number }): Promise<void> {
  await sqlOf(tx).updateTable('request_connector').set(minute).execute()
}

export async function setFailures(tx: TxCtx, { failures, restsUntil }: Pick<ConnectorRow, 'failures' | 'restsUntil'>) {
  await sqlOf(tx)
    .updateTable('request_connector')
    .set({ failures, rests_until: restsUntil ?? null })
    .execute()
}

export async function insertCall(tx: TxCtx, call: Omit<CallRow, 'id' | 'at'>): Promise<void> {
  await sqlOf(tx)
    .insertInto('request_lookup_calls')
    .values({
      id: tx.ids.next(),
      at: tx.clock.now(),
      request_id: call.requestId,
      reason: call.reason,
      agent_name: call.agentName ?? null,
      outcome: call.outcome,
      is_cached: call.isCached,
      duration_ms: call.durationMs,
    })
    .execute()
}

export async function listCalls(tx: TxCtx, limit: number): Promise<CallRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('request_lookup_calls')
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    requestId: row.request_id,
    reason: row.reason as LookupCall['reason'],
    ...(row.agent_name === null ? {} : { agentName: row.agent_name }),
    outcome: row.outcome as LookupCall['outcome'],
    isCached: row.is_cached,
    durationMs: row.duration_ms,
  }))
}

export async function deleteCallsBefore(tx: TxCtx, moment: Date): Promise<void> {
  await sqlOf(tx).deleteFrom('request_lookup_calls').where('at', '<', moment).execute()
}
