import type { OrganisationId } from '@clew/contract/primitives'
import type { ProviderKind } from '@clew/contract/provisioning'
import type { Selectable } from 'kysely'
import { isOfBound } from '../../platform/bound.repository.ts'
import type { TxCtx } from '../../platform/ctx.ts'
import type { ProvisioningConnections } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import { type Connection, foldName, type Rule } from './model.ts'

export const connectionOf = (row: Selectable<ProvisioningConnections>): Connection => ({
  id: row.id,
  organisationId: row.organisation_id as OrganisationId,
  name: row.name,
  kind: row.kind as ProviderKind,
  defaultRole: { role: row.default_role, customRoleId: row.default_custom_role_id ?? undefined },
  version: row.version,
  createdAt: row.created_at,
  contactedAt: row.contacted_at ?? undefined,
})

export async function listConnections(tx: TxCtx, organisationId: OrganisationId): Promise<Connection[]> {
  const rows = await sqlOf(tx)
    .selectFrom('provisioning_connections')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(connectionOf)
}

export async function findConnection(tx: TxCtx, id: string): Promise<Connection | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('provisioning_connections')
    .selectAll()
    .where('id', '=', id)
    .where(isOfBound(tx, 'organisation_id'))
    .executeTakeFirst()
  return row && connectionOf(row)
}

export async function lockConnection(tx: TxCtx, id: string): Promise<Connection | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('provisioning_connections')
    .selectAll()
    .where('id', '=', id)
    .where(isOfBound(tx, 'organisation_id'))
    .forUpdate()
    .executeTakeFirst()
  return row && connectionOf(row)
}

export async function insertConnection(
  tx: TxCtx,
  draft: { id: string; organisationId: OrganisationId; name: string; kind: ProviderKind },
): Promise<void> {
  const now = tx.clock.now()
  await sqlOf(tx)
    .insertInto('provisioning_connections')
    .values({
      id: draft.id,
      organisation_id: draft.organisationId,
      name: draft.name,
      kind: draft.kind,
      default_role: 'member',
      created_at: now,
      updated_at: now,
    })
    .execute()
}

export async function isConnectionNamed(
  tx: TxCtx,
  { organisationId, name, but }: { organisationId: OrganisationId; name: string; but?: string },
): Promise<boolean> {
  const others = await listConnections(tx, organisationId)
  return others.some((other) => other.id !== but && foldName(other.name) === foldName(name))
}

export async function updateConnection(
  tx: TxCtx,
  { id, name, kind, defaultRole }: Pick<Connection, 'id' | 'name' | 'kind' | 'defaultRole'>,
): Promise<void> {
  await sqlOf(tx)
    .updateTable('provisioning_connections')
    .set((eb) => ({
      name,
      kind,
      default_role: defaultRole.role,
      default_custom_role_id: defaultRole.customRoleId ?? null,
      version: eb('version', '+', 1),
      updated_at: tx.clock.now(),
    }))
    .where('id', '=', id)
    .execute()
}

export async function deleteConnection(tx: TxCtx, id: string): Promise<void> {
  await sqlOf(tx)
    .deleteFrom('provisioning_connections')
    .where('id', '=', id)
    .where(isOfBound(tx, 'organisation_id'))
    .execute()
}

export async function noteContact(tx: TxCtx, id: string): Promise<void> {
  await sqlOf(tx)
    .updateTable('provisioning_connections')
    .set({ contacted_at: tx.clock.now() })
    .where('id', '=', id)
    .execute()
}

export async function listRules(tx: TxCtx, connectionId: string): Promise<Rule[]> {
  const rows = await sqlOf(tx)
    .selectFrom('provisioning_role_rules')
    .select(['group_name', 'role', 'custom_role_id'])
    .where('connection_id', '=', connectionId)
    .orderBy('position')
    .execute()
  return rows.map((row) => ({
    groupName: row.group_name,
    role: { role: row.role, customRoleId: row.custom_role_id ?? undefined },
  }))
}

export async function replaceRules(
  tx: TxCtx,
  { id, organisationId }: Pick<Connection, 'id' | 'organisationId'>,
  rules: readonly Rule[],
): Promise<void> {
  const db = sqlOf(tx)
  await db.deleteFrom('provisioning_role_rules').where('connection_id', '=', id).execute()
  if (rules.length === 0) return
  await db
    .insertInto('provisioning_role_rules')
    .values(
      rules.map(({ groupName, role }, position) => ({
        connection_id: id,
        organisation_id: organisationId,
        position,
        group_name: groupName,
        group_name_folded: foldName(groupName),
        role: role.role,
        custom_role_id: role.customRoleId ?? null,
      })),
    )
    .execute()
}

/** The rules whose group has been pushed, in their order, with the group. */
export async function listRulesInForce(
  tx: TxCtx,
  connectionId: string,
): Promise<{ groupId: string; role: string; customRoleId: string | undefined }[]> {
  const rows = await sqlOf(tx)
    .selectFrom('provisioning_role_rules as r')
    .innerJoin('scim_groups as g', (join) =>
      join.onRef('g.connection_id', '=', 'r.connection_id').onRef('g.display_name', '=', 'r.group_name_folded'),
    )
    .select(['g.id', 'r.role', 'r.custom_role_id'])
    .where('r.connection_id', '=', connectionId)
    .orderBy('r.position')
    .execute()
  return rows.map((row) => ({ groupId: row.id, role: row.role, customRoleId: row.custom_role_id ?? undefined }))
}
