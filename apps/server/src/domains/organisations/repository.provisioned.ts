import type { Locale, MemberId, OrganisationId } from '@clew/contract/primitives'
import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import { normalEmail } from './model.ts'

export type GivenRole = { role: string; customRoleId: string | undefined }

/** Addresses are stored in small letters. A plain column can be found by its index behind row-level security. */
export async function findAtAddress(
  tx: TxCtx,
  organisationId: OrganisationId,
  email: string,
): Promise<MemberId | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('members')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .where('email', '=', normalEmail(email))
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return row && (row.id as MemberId)
}

/** The connection is no more: its people stay and are looked after here, its groups go. */
export async function releaseConnection(
  tx: TxCtx,
  { organisationId, connectionId }: { organisationId: OrganisationId; connectionId: string },
): Promise<{ members: number; groups: number }> {
  const db = sqlOf(tx)
  const groups = await db
    .deleteFrom('member_groups')
    .where('organisation_id', '=', organisationId)
    .where('connection_id', '=', connectionId)
    .executeTakeFirst()
  const members = await db
    .updateTable('members')
    .set({ connection_id: null })
    .where('organisation_id', '=', organisationId)
    .where('connection_id', '=', connectionId)
    .executeTakeFirst()
  return { members: Number(members.numUpdatedRows), groups: Number(groups.numDeletedRows) }
}

export type RoleRule = { groupId: string; role: string; customRoleId: string | undefined }
export type RoleChange = { memberId: MemberId; name: string; from: string; to: string }

type Changed = { id: string; name: string; from: string; to: string }

/**
 * Gives people of a connection the role of the first rule whose group they are in, or else the connection's own; all of
 * them in one statement. Owners keep theirs: they are appointed by people alone. Roles that the organisation made are
 * told by their names.
 */
export async function applyRoles(
  tx: TxCtx,
  given: {
    organisationId: OrganisationId
    connectionId: string
    /** Without them, everyone of the connection. */
    memberIds: readonly string[] | undefined
    rules: readonly RoleRule[]
    otherwise: GivenRole
  },
): Promise<RoleChange[]> {
  const { organisationId, connectionId, memberIds, otherwise } = given
  const rules = given.rules.map(({ groupId, role, customRoleId }, place) => ({
    place,
    group_id: groupId,
    role,
    custom_role_id: customRoleId ?? null,
  }))
  const among = memberIds === undefined ? sql`` : sql`AND m.id = ANY (${[...memberIds]}::uuid[])`
  const { rows } = await sql<Changed>`
    WITH rules AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rules)}::jsonb)
        AS r (place integer, group_id uuid, role text, custom_role_id uuid)
    ), wanted AS (
      SELECT m.id, m.role AS old_role, m.custom_role_id AS old_custom_role_id, coalesce(f.role, ${otherwise.role}) AS role,
             CASE WHEN f.role IS NULL THEN ${otherwise.customRoleId ?? null}::uuid ELSE f.custom_role_id END AS custom_role_id
        FROM members m
        LEFT JOIN LATERAL (
          SELECT r.role, r.custom_role_id FROM rules r
            JOIN group_members g ON g.group_id = r.group_id AND g.member_id = m.id
           ORDER BY r.place LIMIT 1) f ON true
       WHERE m.organisation_id = ${organisationId} AND m.connection_id = ${connectionId}
         AND m.removed_at IS NULL AND m.role <> 'owner' ${among}
       ORDER BY m.id FOR UPDATE OF m
    )
    UPDATE members SET role = wanted.role, custom_role_id = wanted.custom_role_id FROM wanted
     WHERE members.id = wanted.id
       AND (members.role, members.custom_role_id) IS DISTINCT FROM (wanted.role, wanted.custom_role_id)
    RETURNING members.id, members.name,
      coalesce((SELECT c.name FROM custom_roles c WHERE c.id = wanted.old_custom_role_id), wanted.old_role) AS "from",
      coalesce((SELECT c.name FROM custom_roles c WHERE c.id = members.custom_role_id), members.role) AS "to"`.execute(
    sqlOf(tx),
  )
  return rows.map(({ id, name, from, to }) => ({ memberId: id as MemberId, name, from, to }))
}

export type OwnerToTell = { id: MemberId; email: string; locale: Locale }

/** Who can do something about a connection. */
export async function listOwnersToTell(tx: TxCtx, organisationId: OrganisationId): Promise<OwnerToTell[]> {
  const rows = await sqlOf(tx)
    .selectFrom('members')
    .select(['id', 'email', 'locale'])
    .where('organisation_id', '=', organisationId)
    .where('role', '=', 'owner')
    .where('removed_at', 'is', null)
    .where('deactivated_at', 'is', null)
    .execute()
  return rows.map(({ id, email, locale }) => ({ id: id as MemberId, email, locale: locale as Locale }))
}
