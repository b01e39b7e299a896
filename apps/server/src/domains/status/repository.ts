import type { AgentId, ComponentId, IncidentId } from '@clew/contract/primitives'
import type { ComponentStatus, IncidentImpact, IncidentStatus, LocalText } from '@clew/contract/status'
import { type Selectable, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { Incidents, IncidentUpdates } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { Affected, ComponentChange, IncidentRow, UpdateRow } from './model.ts'

/** A few bytes that differ whenever something that people read does. */
export async function statusVersion(tx: TxCtx): Promise<string> {
  const { rows } = await sql<{ version: string }>`
    SELECT concat_ws('-',
      (SELECT md5(string_agg(id || md5(status_components::text), ',' ORDER BY id)) FROM status_components),
      (SELECT md5(string_agg(id || md5(incidents::text), ',' ORDER BY id)) FROM incidents
        WHERE id IN (SELECT id FROM incidents ORDER BY updated_at DESC, id LIMIT 100)),
      (SELECT md5(string_agg(id || md5(bodies::text), ',' ORDER BY id)) FROM incident_updates
        WHERE id IN (SELECT id FROM incident_updates ORDER BY updated_at DESC, id LIMIT 200))) AS version`.execute(
    sqlOf(tx),
  )
  return rows[0]?.version ?? ''
}

export async function insertIncident(tx: TxCtx, incident: IncidentRow, openedBy: AgentId | undefined): Promise<void> {
  await sqlOf(tx)
    .insertInto('incidents')
    .values({
      ...changed(incident),
      id: incident.id,
      client_id: incident.clientId,
      opened_by: openedBy ?? null,
      created_at: incident.createdAt,
    })
    .execute()
}

export async function updateIncident(tx: TxCtx, incident: IncidentRow): Promise<void> {
  await sqlOf(tx).updateTable('incidents').set(changed(incident)).where('id', '=', incident.id).execute()
}

const changed = (incident: IncidentRow) => ({
  titles: JSON.stringify(incident.titles),
  impact: incident.impact,
  status: incident.status,
  started_at: incident.startedAt,
  monitoring_at: incident.monitoringAt ?? null,
  resolved_at: incident.resolvedAt ?? null,
  updated_at: incident.updatedAt,
})

export async function setAffected(tx: TxCtx, incidentId: IncidentId, affected: readonly Affected[]): Promise<void> {
  await sqlOf(tx).deleteFrom('incident_components').where('incident_id', '=', incidentId).execute()
  if (affected.length === 0) return
  await sqlOf(tx)
    .insertInto('incident_components')
    .values(affected.map(({ componentId, status }) => ({ incident_id: incidentId, component_id: componentId, status })))
    .execute()
}

/** What other open incidents say about components. */
export async function listAffectedByOthers(tx: TxCtx, incidentId: IncidentId): Promise<Affected[]> {
  const rows = await sqlOf(tx)
    .selectFrom('incident_components')
    .innerJoin('incidents', 'incidents.id', 'incident_components.incident_id')
    .select(['incident_components.component_id', 'incident_components.status'])
    .where('incidents.resolved_at', 'is', null)
    .where('incidents.id', '<>', incidentId)
    .execute()
  return rows.map((row) => ({
    componentId: row.component_id as ComponentId,
    status: row.status as ComponentStatus,
  }))
}

export async function insertUpdate(tx: TxCtx, update: UpdateRow): Promise<void> {
  await sqlOf(tx)
    .insertInto('incident_updates')
    .values({
      id: update.id,
      incident_id: update.incidentId,
      client_id: update.clientId,
      status: update.status,
      bodies: JSON.stringify(update.bodies),
      author_id: update.authorId ?? null,
      display_at: update.displayAt,
      created_at: update.createdAt,
      updated_at: update.updatedAt,
    })
    .execute()
}

export async function setUpdateBodies(tx: TxCtx, update: { id: string; bodies: LocalText; now: Date }): Promise<void> {
  await sqlOf(tx)
    .updateTable('incident_updates')
    .set({ bodies: JSON.stringify(update.bodies), updated_at: update.now })
    .where('id', '=', update.id)
    .execute()
}

export async function findIncidentByClientId(tx: TxCtx, clientId: string): Promise<IncidentRow | undefined> {
  const row = await sqlOf(tx).selectFrom('incidents').selectAll().where('client_id', '=', clientId).executeTakeFirst()
  return row && (await withParts(tx, [row]))[0]
}

/** The incident, held until the end of the transaction. */
export async function lockIncident(tx: TxCtx, id: IncidentId): Promise<IncidentRow | undefined> {
  const row = await sqlOf(tx).selectFrom('incidents').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row && (await withParts(tx, [row]))[0]
}

export async function findIncident(tx: TxCtx, id: IncidentId): Promise<IncidentRow | undefined> {
  const row = await sqlOf(tx).selectFrom('incidents').selectAll().where('id', '=', id).executeTakeFirst()
  return row && (await withParts(tx, [row]))[0]
}

/** Every open incident, then the newest of the others. */
export async function listIncidents(tx: TxCtx, limit: number): Promise<IncidentRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('incidents')
    .selectAll()
    .orderBy(sql`resolved_at IS NOT NULL`)
    .orderBy('started_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return withParts(tx, rows)
}

/** One query for each kind of part, however many incidents. */
async function withParts(tx: TxCtx, rows: readonly Selectable<Incidents>[]): Promise<IncidentRow[]> {
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return []
  const db = sqlOf(tx)
  const [affected, updates, changes] = await Promise.all([
    db.selectFrom('incident_components').selectAll().where('incident_id', 'in', ids).orderBy('component_id').execute(),
    db.selectFrom('incident_updates').selectAll().where('incident_id', 'in', ids).orderBy('place', 'desc').execute(),
    db.selectFrom('component_changes').selectAll().where('incident_id', 'in', ids).orderBy('id').execute(),
  ])
  return rows.map((row) => ({
    id: row.id as IncidentId,
    clientId: row.client_id,
    titles: row.titles as LocalText,
    impact: row.impact as IncidentImpact,
    status: row.status as IncidentStatus,
    startedAt: row.started_at,
    monitoringAt: row.monitoring_at ?? undefined,
    resolvedAt: row.resolved_at ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    components: affected
      .filter((each) => each.incident_id === row.id)
      .map((each) => ({ componentId: each.component_id as ComponentId, status: each.status as ComponentStatus })),
    updates: updates
      .filter((each) => each.incident_id === row.id)
      .map((each) =>
        updateOf(
          each,
          changes.filter((change) => change.update_id === each.id),
        ),
      ),
  }))
}

const updateOf = (
  row: Selectable<IncidentUpdates>,
  changes: readonly { component_id: string; from_status: string; to_status: string }[],
): UpdateRow => ({
  id: row.id,
  clientId: row.client_id,
  incidentId: row.incident_id as IncidentId,
  status: row.status as IncidentStatus,
  bodies: row.bodies as LocalText,
  authorId: (row.author_id as AgentId | null) ?? undefined,
  displayAt: row.display_at,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  changes: changes.map(
    (change): ComponentChange => ({
      componentId: change.component_id as ComponentId,
      from: change.from_status as ComponentStatus,
      to: change.to_status as ComponentStatus,
    }),
  ),
})
