import type { OrganisationId } from '@clew/contract/primitives'
import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

export type ProvisionedGroup = {
  id: string
  organisationId: OrganisationId
  connectionId: string
  name: string
  externalId: string | undefined
}

export async function insertProvisionedGroup(tx: TxCtx, group: ProvisionedGroup): Promise<void> {
  const now = tx.clock.now()
  await sqlOf(tx)
    .insertInto('member_groups')
    .values({
      id: group.id,
      organisation_id: group.organisationId,
      name: group.name,
      connection_id: group.connectionId,
      external_id: group.externalId ?? null,
      created_at: now,
      updated_at: now,
    })
    .execute()
}

export async function renameProvisionedGroup(
  tx: TxCtx,
  { id, name, externalId }: Pick<ProvisionedGroup, 'id' | 'name' | 'externalId'>,
): Promise<void> {
  await sqlOf(tx)
    .updateTable('member_groups')
    .set({ name, external_id: externalId ?? null, updated_at: tx.clock.now() })
    .where('id', '=', id)
    .execute()
}

export async function deleteProvisionedGroup(tx: TxCtx, id: string): Promise<void> {
  await sqlOf(tx).deleteFrom('member_groups').where('id', '=', id).execute()
}

type InGroup = { groupId: string; memberIds: readonly string[] }

/** Takes people out of a group; answers with those who were in it. */
export async function takeFromGroup(tx: TxCtx, { groupId, memberIds }: InGroup): Promise<string[]> {
  if (memberIds.length === 0) return []
  const { rows } = await sql<{ member_id: string }>`
    DELETE FROM group_members WHERE group_id = ${groupId} AND member_id = ANY (${[...memberIds]}::uuid[])
    RETURNING member_id`.execute(sqlOf(tx))
  return rows.map(({ member_id }) => member_id)
}

/** Takes everybody else out of a group; answers with who they were. */
export async function keepInGroup(tx: TxCtx, { groupId, memberIds }: InGroup): Promise<string[]> {
  const { rows } = await sql<{ member_id: string }>`
    DELETE FROM group_members WHERE group_id = ${groupId} AND NOT (member_id = ANY (${[...memberIds]}::uuid[]))
    RETURNING member_id`.execute(sqlOf(tx))
  return rows.map(({ member_id }) => member_id)
}

export type Membership = { groupId: string; memberId: string }

const membershipOf = (row: { group_id: string; member_id: string }): Membership => ({
  groupId: row.group_id,
  memberId: row.member_id,
})

/** Who is in these groups. */
export async function listInGroups(tx: TxCtx, groupIds: readonly string[]): Promise<Membership[]> {
  if (groupIds.length === 0) return []
  const rows = await sqlOf(tx)
    .selectFrom('group_members')
    .select(['group_id', 'member_id'])
    .where('group_id', 'in', [...groupIds])
    .orderBy('group_id')
    .orderBy('member_id')
    .execute()
  return rows.map(membershipOf)
}

/** Which groups these people are in. */
export async function listGroupsOf(tx: TxCtx, memberIds: readonly string[]): Promise<Membership[]> {
  if (memberIds.length === 0) return []
  const { rows } = await sql<{ group_id: string; member_id: string }>`
    SELECT group_id, member_id FROM group_members WHERE member_id = ANY (${[...memberIds]}::uuid[])
     ORDER BY member_id, group_id`.execute(sqlOf(tx))
  return rows.map(membershipOf)
}

/** How many are in each of these groups. */
export async function countInGroups(tx: TxCtx, groupIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (groupIds.length === 0) return new Map()
  const { rows } = await sql<{ group_id: string; count: number }>`
    SELECT group_id, count(*)::int AS count FROM group_members
     WHERE group_id = ANY (${[...groupIds]}::uuid[]) GROUP BY group_id`.execute(sqlOf(tx))
  return new Map(rows.map(({ group_id, count }) => [group_id, count]))
}
