import type { Permission } from '@clew/contract/permissions'
import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import { type SqlBool, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import { isActive, type MemberRow } from './model.ts'
import { listSeatUse } from './repository.seats.ts'
import { membersIn } from './repository.ts'

/** The organisations behind short names. */
export async function listOrganisationIds(tx: TxCtx, slugs: readonly string[]): Promise<Map<string, OrganisationId>> {
  if (slugs.length === 0) return new Map()
  const rows = await sqlOf(tx)
    .selectFrom('organisations')
    .select(['id', 'slug'])
    .where(sql<SqlBool>`slug = ANY (${[...slugs]}::text[])`)
    .execute()
  return new Map(rows.map(({ id, slug }) => [slug, id as OrganisationId]))
}

/** Members by address, under `organisation address`. */
export async function listMemberIdsByEmail(
  tx: TxCtx,
  organisationIds: readonly OrganisationId[],
  emails: readonly string[],
): Promise<Map<string, MemberId>> {
  if (organisationIds.length === 0 || emails.length === 0) return new Map()
  const rows = await sqlOf(tx)
    .selectFrom('members')
    .select(['id', 'organisation_id', sql<string>`lower(email)`.as('address')])
    .where('removed_at', 'is', null)
    .where(sql<SqlBool>`organisation_id = ANY (${[...organisationIds]}::uuid[])`)
    .where(sql<SqlBool>`lower(email) = ANY (${emails.map((each) => each.toLowerCase())}::text[])`)
    .execute()
  return new Map(rows.map((row) => [`${row.organisation_id} ${row.address}`, row.id as MemberId]))
}

export async function listMemberNames(tx: TxCtx, ids: readonly MemberId[]): Promise<Map<MemberId, string>> {
  if (ids.length === 0) return new Map()
  const rows = await sqlOf(tx)
    .selectFrom('members')
    .select(['id', 'name'])
    .where(sql<SqlBool>`id = ANY (${[...ids]}::uuid[])`)
    .execute()
  return new Map(rows.map(({ id, name }) => [id as MemberId, name]))
}

/** Who of an organisation may act and may do this. */
export async function listMembersWith(
  tx: TxCtx,
  organisationId: OrganisationId,
  permission: Permission,
): Promise<MemberRow[]> {
  const now = tx.clock.now()
  const members = await membersIn(tx, organisationId)
  return members.filter((each) => isActive(each, now) && each.permissions.has(permission))
}

export async function listGroupMembers(
  tx: TxCtx,
  organisationId: OrganisationId,
  groupId: string,
): Promise<MemberId[]> {
  const rows = await sqlOf(tx)
    .selectFrom('group_members')
    .select('member_id')
    .where('organisation_id', '=', organisationId)
    .where('group_id', '=', groupId)
    .execute()
  return rows.map((row) => row.member_id as MemberId)
}

const recentDays = 30

/** Seats that are taken, out of how many, and how many people came in the last thirty days. */
export async function countSeats(
  tx: TxCtx,
  organisationId: OrganisationId,
): Promise<{ used: number; limit?: number; active: number }> {
  const since = new Date(tx.clock.now().getTime() - recentDays * 86_400_000)
  const members = await sqlOf(tx)
    .selectFrom('members')
    .select((eb) => [
      eb.fn.count<string>('seat_type_id').as('used'),
      eb.fn.countAll<string>().filterWhere('seen_at', '>', since).as('active'),
    ])
    .where('organisation_id', '=', organisationId)
    .where('removed_at', 'is', null)
    .where('deactivated_at', 'is', null)
    .executeTakeFirstOrThrow()
  const limits = (await listSeatUse(tx, organisationId)).map(({ limit }) => limit)
  const limit = limits.reduce<number | undefined>(
    (sum, each) => (sum === undefined || each === undefined ? undefined : sum + each),
    0,
  )
  return {
    used: Number(members.used),
    active: Number(members.active),
    ...(limits.length === 0 || limit === undefined ? {} : { limit }),
  }
}
