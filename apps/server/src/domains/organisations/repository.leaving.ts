import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import { type SqlBool, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { likeText } from '../../platform/folded-like.ts'
import { sqlOf } from '../../platform/sql.ts'

/** Every address that these members have or had here, whether they have left or not. */
export async function listAddressesOf(tx: TxCtx, memberIds: readonly MemberId[]): Promise<string[]> {
  if (memberIds.length === 0) return []
  const { rows } = await sql<{ address: string }>`
    SELECT lower(email) AS address FROM members WHERE id = ANY (${[...memberIds]}::uuid[])
    UNION SELECT lower(email) FROM member_aliases WHERE member_id = ANY (${[...memberIds]}::uuid[])`.execute(sqlOf(tx))
  return rows.map(({ address }) => address)
}

/** Which of these ids are members of the organisation, those who have left included. */
export async function listEverMembers(
  tx: TxCtx,
  organisationId: OrganisationId,
  ids: readonly string[],
): Promise<MemberId[]> {
  if (ids.length === 0) return []
  const rows = await sqlOf(tx)
    .selectFrom('members')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .where(sql<SqlBool>`id = ANY (${[...ids]}::uuid[])`)
    .execute()
  return rows.map(({ id }) => id as MemberId)
}

export type MemberAt = { id: MemberId; name: string; hasLeft: boolean }

/** Everybody of an organisation who has or had this address. */
export async function listMembersAt(tx: TxCtx, organisationId: OrganisationId, address: string): Promise<MemberAt[]> {
  const rows = await sqlOf(tx)
    .selectFrom('members')
    .select(['id', 'name', 'removed_at', 'deactivated_at'])
    .where('organisation_id', '=', organisationId)
    .where(sql<SqlBool>`(lower(email) = lower(${address}) OR id IN (
      SELECT a.member_id FROM member_aliases a WHERE lower(a.email) = lower(${address})))`)
    .execute()
  return rows.map((row) => ({ id: row.id as MemberId, name: row.name, hasLeft: row.removed_at !== null }))
}

/** The first few of an organisation who are or were called so, those who have left last. */
export async function findEverMembersLike(
  tx: TxCtx,
  organisationId: OrganisationId,
  { q, limit }: { q: string; limit: number },
): Promise<(MemberAt & { email: string })[]> {
  const rows = await sqlOf(tx)
    .selectFrom('members')
    .select(['id', 'name', 'email', 'removed_at'])
    .where('organisation_id', '=', organisationId)
    .where('folded', 'like', `%${likeText(q)}%`)
    .orderBy(sql`removed_at IS NOT NULL`)
    .orderBy('name')
    .limit(limit)
    .execute()
  return rows.map(({ id, name, email, removed_at }) => ({
    id: id as MemberId,
    name,
    email,
    hasLeft: removed_at !== null,
  }))
}

/** Where one of these addresses is or was a member's. */
export async function listOrganisationsAt(tx: TxCtx, addresses: readonly string[]): Promise<OrganisationId[]> {
  if (addresses.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    SELECT DISTINCT m.organisation_id AS id FROM members m LEFT JOIN member_aliases a ON a.member_id = m.id
     WHERE lower(m.email) = ANY (${[...addresses]}::text[]) OR lower(a.email) = ANY (${[...addresses]}::text[])`.execute(
    sqlOf(tx),
  )
  return rows.map(({ id }) => id as OrganisationId)
}

export type Leaver = { organisationId: OrganisationId; name: string; addresses: string[] }

/** Who somebody is or was, for taking it out where it was written down. */
export async function describeLeaver(tx: TxCtx, id: MemberId): Promise<Leaver | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('members')
    .select(['organisation_id', 'name'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const organisationId = row.organisation_id as OrganisationId
  return { organisationId, name: row.name, addresses: await listAddressesOf(tx, [id]) }
}

/** Takes everything that says who somebody is off their row. The row stays, since others point at it. */
export async function blankMember(tx: TxCtx, id: MemberId): Promise<number> {
  const db = sqlOf(tx)
  const leaver = await describeLeaver(tx, id)
  if (leaver === undefined) return 0
  await forgetMentions(tx, id, leaver)
  await db.deleteFrom('member_aliases').where('member_id', '=', id).execute()
  await db.deleteFrom('group_members').where('member_id', '=', id).execute()
  const { numUpdatedRows } = await db
    .updateTable('members')
    .set({ name: '—', folded: '', email: `erased-${id}@erased.invalid`, title: null, time_zone: null })
    .where('id', '=', id)
    .where('removed_at', 'is not', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Where others have written them down: who invited them, what they asked, where they moved to, whom a rule met. */
async function forgetMentions(tx: TxCtx, id: MemberId, { organisationId, name, addresses }: Leaver): Promise<void> {
  const db = sqlOf(tx)
  for (const table of ['invitations', 'join_requests'] as const)
    await db
      .deleteFrom(table)
      .where('organisation_id', '=', organisationId)
      .where(sql<SqlBool>`lower(email) = ANY (${addresses}::text[])`)
      .execute()
  await sql`
    UPDATE domain_changes SET moves = coalesce((
      SELECT jsonb_agg(m) FROM jsonb_array_elements(moves) AS m WHERE m ->> 'memberId' <> ${id}), '[]')
     WHERE organisation_id = ${organisationId} AND strpos(moves::text, ${id}) > 0`.execute(db)
  const written = JSON.stringify(name)
  await sql`
    UPDATE security_policy_changes SET effect = replace(effect, ${written}, '"—"')
     WHERE organisation_id = ${organisationId} AND strpos(effect, ${written}) > 0`.execute(db)
}

/** Of every organisation there ever was: what it left here is still kept by somebody's rule. */
export async function listEveryOrganisation(tx: TxCtx): Promise<OrganisationId[]> {
  const rows = await sqlOf(tx).selectFrom('organisations').select('id').orderBy('id').execute()
  return rows.map(({ id }) => id as OrganisationId)
}
