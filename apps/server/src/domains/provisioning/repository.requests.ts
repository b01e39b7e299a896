import type { ProvisioningChange } from '@clew/contract/provisioning'
import type { JsonObject } from '@clew/scim'
import { type Selectable, sql } from 'kysely'
import { isOfBound } from '../../platform/bound.repository.ts'
import type { TxCtx } from '../../platform/ctx.ts'
import type { ProvisioningRequests } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'

export type RequestRow = {
  id: string
  connectionId: string
  at: Date
  tokenId: string | undefined
  tokenHint: string | undefined
  method: string
  path: string
  resourceType: string | undefined
  resourceId: string | undefined
  resourceName: string | undefined
  body: JsonObject | undefined
  omittedBytes: number | undefined
  ifMatch: string | undefined
  status: number
  scimType: string | undefined
  detail: string | undefined
  changes: readonly ProvisioningChange[]
  durationMs: number
  requestId: string
  address: string | undefined
  userAgent: string | undefined
}

const orNull = <T>(value: T | undefined): T | null => value ?? null
const orAbsent = <T>(value: T | null): T | undefined => value ?? undefined

export async function insertRequest(
  tx: TxCtx,
  { organisationId, ...row }: Omit<RequestRow, 'id' | 'at' | 'requestId'> & { organisationId: string },
): Promise<void> {
  await sqlOf(tx)
    .insertInto('provisioning_requests')
    .values({
      id: tx.ids.next(),
      connection_id: row.connectionId,
      organisation_id: organisationId,
      at: tx.clock.now(),
      token_id: orNull(row.tokenId),
      token_hint: orNull(row.tokenHint),
      method: row.method,
      path: row.path,
      resource_type: orNull(row.resourceType),
      resource_id: orNull(row.resourceId),
      resource_name: orNull(row.resourceName),
      body: row.body === undefined ? null : JSON.stringify(row.body),
      omitted_bytes: orNull(row.omittedBytes),
      if_match: orNull(row.ifMatch),
      status: row.status,
      scim_type: orNull(row.scimType),
      detail: orNull(row.detail),
      changes: JSON.stringify(row.changes),
      duration_ms: row.durationMs,
      request_id: tx.requestId,
      address: orNull(row.address),
      user_agent: orNull(row.userAgent),
    })
    .execute()
}

const requestOf = (row: Selectable<ProvisioningRequests>): RequestRow => ({
  id: row.id,
  connectionId: row.connection_id,
  at: row.at,
  tokenId: orAbsent(row.token_id),
  tokenHint: orAbsent(row.token_hint),
  method: row.method,
  path: row.path,
  resourceType: orAbsent(row.resource_type),
  resourceId: orAbsent(row.resource_id),
  resourceName: orAbsent(row.resource_name),
  body: orAbsent(row.body) as JsonObject | undefined,
  omittedBytes: orAbsent(row.omitted_bytes),
  ifMatch: orAbsent(row.if_match),
  status: row.status,
  scimType: orAbsent(row.scim_type),
  detail: orAbsent(row.detail),
  changes: row.changes as unknown as readonly ProvisioningChange[],
  durationMs: row.duration_ms,
  requestId: row.request_id,
  address: orAbsent(row.address),
  userAgent: orAbsent(row.user_agent),
})

export async function listRequests(
  tx: TxCtx,
  asked: {
    connectionId: string
    which: 'all' | 'refused'
    resourceId: string | undefined
    before: string | undefined
    limit: number
  },
): Promise<RequestRow[]> {
  const { connectionId, which, resourceId, before, limit } = asked
  const rows = await sqlOf(tx)
    .selectFrom('provisioning_requests')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .$if(which === 'refused', (query) => query.where('status', '>=', 400))
    .$if(resourceId !== undefined, (query) => query.where('resource_id', '=', resourceId ?? ''))
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(requestOf)
}

export async function findRequest(
  tx: TxCtx,
  { connectionId, id }: { connectionId: string; id: string },
): Promise<RequestRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('provisioning_requests')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .where('id', '=', id)
    .where(isOfBound(tx, 'organisation_id'))
    .executeTakeFirst()
  return row && requestOf(row)
}

/** Deletes what is older, a part at a time; answers with how many went. */
export async function deleteRequests(tx: TxCtx, before: Date, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    DELETE FROM provisioning_requests WHERE id IN (
      SELECT id FROM provisioning_requests WHERE at < ${before} ORDER BY at LIMIT ${most})`.execute(sqlOf(tx))
  return Number(numAffectedRows ?? 0)
}

export type Counts = { users: number; active: number; groups: number; changesToday: number; refusedToday: number }

/** How much there is of each connection, and how the last day went. */
export async function countAll(tx: TxCtx, connectionIds: readonly string[], since: Date): Promise<Map<string, Counts>> {
  if (connectionIds.length === 0) return new Map()
  const { rows } = await sql<Counts & { id: string }>`
    SELECT c.id,
      (SELECT count(*)::int FROM scim_users u WHERE u.connection_id = c.id) AS users,
      (SELECT count(*)::int FROM scim_users u WHERE u.connection_id = c.id AND u.active) AS active,
      (SELECT count(*)::int FROM scim_groups g WHERE g.connection_id = c.id) AS groups,
      (SELECT count(*)::int FROM provisioning_requests r
        WHERE r.connection_id = c.id AND r.at > ${since} AND r.status < 400) AS "changesToday",
      (SELECT count(*)::int FROM provisioning_requests r
        WHERE r.connection_id = c.id AND r.at > ${since} AND r.status >= 400) AS "refusedToday"
      FROM provisioning_connections c WHERE c.id = ANY (${[...connectionIds]}::uuid[])`.execute(sqlOf(tx))
  return new Map(rows.map(({ id, ...counts }) => [id, counts]))
}
