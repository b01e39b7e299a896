import type { Permission } from '@clew/contract/permissions'
import type { OrganisationId } from '@clew/contract/primitives'
import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

export type CustomRoleRow = { id: string; name: string; permissions: Permission[] }

const roleOf = (row: { id: string; name: string; permissions: string[] }): CustomRoleRow => ({
  id: row.id,
  name: row.name,
  permissions: row.permissions as Permission[],
})

export async function listCustomRoles(tx: TxCtx, organisationId: OrganisationId): Promise<CustomRoleRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('custom_roles')
    .select(['id', 'name', 'permissions'])
    .where('organisation_id', '=', organisationId)
    .orderBy(sql`lower(name)`)
    .execute()
  return rows.map(roleOf)
}

export async function listRoleNames(tx: TxCtx, organisationId: OrganisationId): Promise<ReadonlyMap<string, string>> {
  return new Map((await listCustomRoles(tx, organisationId)).map(({ id, name }) => [id, name]))
}

/** Held until the transaction ends. */
export async function lockCustomRole(
  tx: TxCtx,
  organisationId: OrganisationId,
  id: string,
): Promise<CustomRoleRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('custom_roles')
    .select(['id', 'name', 'permissions'])
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && roleOf(row)
}

export async function findCustomRole(
  tx: TxCtx,
  organisationId: OrganisationId,
  id: string,
): Promise<CustomRoleRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('custom_roles')
    .select(['id', 'name', 'permissions'])
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && roleOf(row)
}

export async function isRoleNameTaken(
  tx: TxCtx,
  { organisationId, name, but }: { organisationId: OrganisationId; name: string; but?: string },
): Promise<boolean> {
  const row = await sqlOf(tx)
    .selectFrom('custom_roles')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .where(sql<string>`lower(name)`, '=', sql<string>`lower(${name})`)
    .$if(but !== undefined, (query) => query.where('id', '!=', but as string))
    .executeTakeFirst()
  return row !== undefined
}

export async function insertCustomRole(
  tx: TxCtx,
  role: CustomRoleRow & { organisationId: OrganisationId },
): Promise<void> {
  const now = tx.clock.now()
  await sqlOf(tx)
    .insertInto('custom_roles')
    .values({
      id: role.id,
      organisation_id: role.organisationId,
      name: role.name,
      permissions: role.permissions,
      created_at: now,
      updated_at: now,
    })
    .execute()
}

export async function updateCustomRole(tx: TxCtx, { id, name, permissions }: CustomRoleRow): Promise<void> {
  await sqlOf(tx)
    .updateTable('custom_roles')
    .set({ name, permissions, updated_at: tx.clock.now() })
    .where('id', '=', id)
    .execute()
}

/** Invitations that are over give the role back first: they only say what once was offered. */
export async function deleteCustomRole(tx: TxCtx, id: string): Promise<void> {
  await sqlOf(tx)
    .updateTable('invitations')
    .set({ role: 'member', custom_role_id: null })
    .where('custom_role_id', '=', id)
    .execute()
  await sqlOf(tx).deleteFrom('custom_roles').where('id', '=', id).execute()
}

export type RoleUse = { role: string; customRoleId: string | null; members: number; invitations: number }

/** How many people have each role, and to how many it is offered. */
export async function listRoleUse(tx: TxCtx, organisationId: OrganisationId): Promise<RoleUse[]> {
  const { rows } = await sql<RoleUse>`
    SELECT role, custom_role_id AS "customRoleId",
           count(*) FILTER (WHERE kind = 'member')::int AS members,
           count(*) FILTER (WHERE kind = 'invitation')::int AS invitations
      FROM (SELECT role, custom_role_id, 'member' AS kind FROM members
             WHERE organisation_id = ${organisationId} AND removed_at IS NULL
            UNION ALL
            SELECT role, custom_role_id, 'invitation' FROM invitations
             WHERE organisation_id = ${organisationId} AND accepted_at IS NULL AND revoked_at IS NULL) given
     GROUP BY role, custom_role_id`.execute(sqlOf(tx))
  return rows
}
