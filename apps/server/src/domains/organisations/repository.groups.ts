import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

export type GroupRow = { id: string; name: string; connectionId: string | undefined; members: number }

export async function listGroups(tx: TxCtx, organisationId: OrganisationId): Promise<GroupRow[]> {
  const { rows } = await sql<{ id: string; name: string; connection_id: string | null; members: number }>`
    SELECT id, name, connection_id,
      (SELECT count(*)::int FROM group_members WHERE group_id = member_groups.id) AS members
      FROM member_groups WHERE organisation_id = ${organisationId} ORDER BY lower(name), id`.execute(sqlOf(tx))
  return rows.map(({ connection_id, ...row }) => ({ ...row, connectionId: connection_id ?? undefined }))
}

/** Held until the transaction ends. */
export async function lockGroup(
  tx: TxCtx,
  organisationId: OrganisationId,
  id: string,
): Promise<Omit<GroupRow, 'members'> | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('member_groups')
    .select(['id', 'name', 'connection_id'])
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && { id: row.id, name: row.name, connectionId: row.connection_id ?? undefined }
}

/** Among those that the organisation makes itself; a connection's have names of their own. */
export async function isGroupNameTaken(
  tx: TxCtx,
  { organisationId, name, but }: { organisationId: OrganisationId; name: string; but?: string },
): Promise<boolean> {
  const row = await sqlOf(tx)
    .selectFrom('member_groups')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .where('connection_id', 'is', null)
    .where(sql<string>`lower(name)`, '=', sql<string>`lower(${name})`)
    .$if(but !== undefined, (query) => query.where('id', '!=', but as string))
    .executeTakeFirst()
  return row !== undefined
}

export async function insertGroup(
  tx: TxCtx,
  group: { id: string; organisationId: OrganisationId; name: string },
): Promise<void> {
  const now = tx.clock.now()
  await sqlOf(tx)
    .insertInto('member_groups')
    .values({ id: group.id, organisation_id: group.organisationId, name: group.name, created_at: now, updated_at: now })
    .execute()
}

export async function renameGroup(tx: TxCtx, id: string, name: string): Promise<void> {
  await sqlOf(tx).updateTable('member_groups').set({ name, updated_at: tx.clock.now() }).where('id', '=', id).execute()
}

export async function deleteGroup(tx: TxCtx, id: string): Promise<void> {
  await sqlOf(tx).deleteFrom('member_groups').where('id', '=', id).execute()
}

type Membership = { organisationId: OrganisationId; groupId: string; memberIds: readonly MemberId[] }

/** Those of `memberIds` who are members here and were not in it yet. */
export async function addToGroup(tx: TxCtx, { organisationId, groupId, memberIds }: Membership): Promise<MemberId[]> {
  if (memberIds.length === 0) return []
  const { rows } = await sql<{ member_id: string }>`
    INSERT INTO group_members (group_id, member_id, organisation_id, added_at)
    SELECT ${groupId}::uuid, id, organisation_id, ${tx.clock.now()}::timestamptz FROM members
     WHERE organisation_id = ${organisationId} AND removed_at IS NULL AND id = ANY(${memberIds}::uuid[])
    ON CONFLICT DO NOTHING RETURNING member_id`.execute(sqlOf(tx))
  return rows.map(({ member_id }) => member_id as MemberId)
}

export async function takeFromGroup(
  tx: TxCtx,
  { organisationId, groupId, memberIds }: Membership,
): Promise<MemberId[]> {
  if (memberIds.length === 0) return []
  const rows = await sqlOf(tx)
    .deleteFrom('group_members')
    .where('organisation_id', '=', organisationId)
    .where('group_id', '=', groupId)
    .where('member_id', 'in', memberIds)
    .returning('member_id')
    .execute()
  return rows.map(({ member_id }) => member_id as MemberId)
}

export async function listGroupsOf(
  tx: TxCtx,
  memberIds: readonly MemberId[],
): Promise<ReadonlyMap<MemberId, { id: string; name: string }[]>> {
  if (memberIds.length === 0) return new Map()
  const rows = await sqlOf(tx)
    .selectFrom('group_members')
    .innerJoin('member_groups', 'member_groups.id', 'group_members.group_id')
    .select(['group_members.member_id', 'member_groups.id', 'member_groups.name'])
    .where('group_members.member_id', 'in', memberIds)
    .orderBy(sql`lower(member_groups.name)`)
    .execute()
  const groups = new Map<MemberId, { id: string; name: string }[]>()
  for (const { member_id, id, name } of rows) {
    const known = groups.get(member_id as MemberId) ?? []
    groups.set(member_id as MemberId, [...known, { id, name }])
  }
  return groups
}
