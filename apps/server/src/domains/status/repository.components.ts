import type { AgentId, ComponentId, IncidentId } from '@clew/contract/primitives'
import type { ComponentStatus, LocalText } from '@clew/contract/status'
import type { Selectable } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { StatusComponents } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { ComponentChange, ComponentRow } from './model.ts'

const componentOf = (row: Selectable<StatusComponents>): ComponentRow => ({
  id: row.id as ComponentId,
  slug: row.slug,
  names: row.names as LocalText,
  descriptions: row.descriptions as LocalText,
  status: row.status as ComponentStatus,
  isGroup: row.is_group,
  groupId: (row.group_id as ComponentId | null) ?? undefined,
  place: row.place,
  keywords: row.keywords,
  hosts: row.hosts,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

export async function listComponents(tx: TxCtx): Promise<ComponentRow[]> {
  const rows = await sqlOf(tx).selectFrom('status_components').selectAll().orderBy('place').orderBy('id').execute()
  return rows.map(componentOf)
}

/** All components, held until the end of the transaction, so that two incidents cannot both be the last word. */
export async function lockComponents(tx: TxCtx): Promise<ComponentRow[]> {
  const rows = await sqlOf(tx).selectFrom('status_components').selectAll().orderBy('id').forUpdate().execute()
  return rows.map(componentOf).sort((a, b) => a.place - b.place)
}

export async function hasComponents(tx: TxCtx): Promise<boolean> {
  return (await sqlOf(tx).selectFrom('status_components').select('id').limit(1).executeTakeFirst()) !== undefined
}

/** Answers whether it was put in; a slug that is taken is not. */
export async function insertComponent(tx: TxCtx, component: ComponentRow): Promise<boolean> {
  const result = await sqlOf(tx)
    .insertInto('status_components')
    .values({
      ...columnsOf(component),
      id: component.id,
      status: component.status,
      created_at: component.createdAt,
    })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0
}

export async function updateComponent(tx: TxCtx, component: ComponentRow): Promise<void> {
  await sqlOf(tx).updateTable('status_components').set(columnsOf(component)).where('id', '=', component.id).execute()
}

const columnsOf = (component: ComponentRow) => ({
  slug: component.slug,
  names: JSON.stringify(component.names),
  descriptions: JSON.stringify(component.descriptions),
  is_group: component.isGroup,
  group_id: component.groupId ?? null,
  place: component.place,
  keywords: [...component.keywords],
  hosts: [...component.hosts],
  updated_at: component.updatedAt,
})

export type ChangeCause = { incidentId?: IncidentId; updateId?: string; agentId?: AgentId | undefined }

/** Puts components into another state and keeps for ever when that was. */
export async function changeComponents(
  tx: TxCtx,
  changes: readonly ComponentChange[],
  { incidentId, updateId, agentId }: ChangeCause,
): Promise<void> {
  if (changes.length === 0) return
  const at = tx.clock.now()
  for (const { componentId, to } of changes)
    await sqlOf(tx)
      .updateTable('status_components')
      .set({ status: to, updated_at: at })
      .where('id', '=', componentId)
      .execute()
  await sqlOf(tx)
    .insertInto('component_changes')
    .values(
      changes.map(({ componentId, from, to }) => ({
        id: tx.ids.next(),
        component_id: componentId,
        from_status: from,
        to_status: to,
        incident_id: incidentId ?? null,
        update_id: updateId ?? null,
        changed_by: agentId ?? null,
        at,
      })),
    )
    .execute()
}
