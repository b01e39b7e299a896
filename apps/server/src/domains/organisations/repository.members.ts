import type { MemberSource } from '@clew/contract/members'
import { type MemberRole, type Permission, permissionsOf } from '@clew/contract/permissions'
import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { likeText } from '../../platform/folded-like.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { MemberRow } from './model.ts'

/** A member as the list shows them. */
export type ListedMember = {
  id: MemberId
  name: string
  email: string
  title: string | null
  role: MemberRole
  customRoleId: string | null
  roleName: string | null
  permissions: ReadonlySet<Permission>
  seat: { id: string; name: string } | null
  source: MemberSource
  connectionId: string | null
  seenAt: Date | null
  joinedAt: Date
  expiresAt: Date | null
  deactivatedAt: Date | null
  deactivatedVia: MemberRow['deactivatedVia'] | null
}

/** Who was here last comes first; who is stopped comes after everyone else. */
export type MemberPlace = { stopped: boolean; seenMs: number; id: string }

export type MemberSearch = {
  organisationId: OrganisationId
  isSupport: boolean
  q?: string | undefined
  withSeat?: boolean
  group?: string | undefined
  /** Only these. */
  among?: readonly MemberId[] | undefined
}

const never = new Date(0)

const found = (tx: TxCtx, search: MemberSearch) =>
  sqlOf(tx)
    .selectFrom('members')
    .leftJoin('custom_roles', 'custom_roles.id', 'members.custom_role_id')
    .leftJoin('seat_types', 'seat_types.id', 'members.seat_type_id')
    .where('members.organisation_id', '=', search.organisationId)
    .where('members.removed_at', 'is', null)
    .$if(search.withSeat === true, (query) => query.where('members.seat_type_id', 'is not', null))
    .$if(search.among !== undefined, (query) =>
      query.where(sql<boolean>`members.id = ANY(${search.among ?? []}::uuid[])`),
    )
    .$if(search.group !== undefined, (query) =>
      query.where('members.id', 'in', (eb) =>
        eb
          .selectFrom('group_members')
          .select('member_id')
          .where('group_id', '=', search.group as string),
      ),
    )
    .$if((search.q ?? '').trim() !== '', (query) =>
      query.where('members.folded', 'like', `%${likeText(search.q ?? '')}%`),
    )

export async function countMembers(tx: TxCtx, search: MemberSearch): Promise<number> {
  const row = await found(tx, search)
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

export async function listMembers(
  tx: TxCtx,
  search: MemberSearch,
  { after, limit }: { after?: MemberPlace | undefined; limit: number },
): Promise<ListedMember[]> {
  const stopped = sql<boolean>`members.deactivated_at IS NOT NULL`
  const seen = sql<Date>`coalesce(members.seen_at, ${never}::timestamptz)`
  const rows = await found(tx, search)
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(${stopped}, -extract(epoch FROM ${seen}), members.id)
          > (${after?.stopped ?? false}, ${-(after?.seenMs ?? 0) / 1000}::numeric, ${after?.id ?? ''}::uuid)`,
      ),
    )
    .select([
      'members.id',
      'members.name',
      'members.email',
      'members.title',
      'members.role',
      'members.custom_role_id',
      'custom_roles.name as role_name',
      'custom_roles.permissions as custom_permissions',
      'seat_types.id as seat_id',
      'seat_types.name as seat_name',
      'members.source',
      'members.connection_id',
      'members.seen_at',
      'members.created_at',
      'members.expires_at',
      'members.deactivated_at',
      'members.deactivated_via',
    ])
    .orderBy(stopped)
    .orderBy(seen, 'desc')
    .orderBy('members.id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id as MemberId,
    name: row.name,
    email: row.email,
    title: row.title,
    role: row.role as MemberRole,
    customRoleId: row.custom_role_id,
    roleName: row.role_name,
    permissions: permissionsOf(row.role as MemberRole, {
      custom: (row.custom_permissions ?? []) as Permission[],
      isSupport: search.isSupport,
    }),
    seat: row.seat_id === null || row.seat_name === null ? null : { id: row.seat_id, name: row.seat_name },
    source: row.source as MemberSource,
    connectionId: row.connection_id,
    seenAt: row.seen_at,
    joinedAt: row.created_at,
    expiresAt: row.expires_at,
    deactivatedAt: row.deactivated_at,
    deactivatedVia: row.deactivated_via as MemberRow['deactivatedVia'] | null,
  }))
}

export async function listMemberIds(tx: TxCtx, organisationId: OrganisationId): Promise<MemberId[]> {
  const rows = await sqlOf(tx)
    .selectFrom('members')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .where('removed_at', 'is', null)
    .execute()
  return rows.map(({ id }) => id as MemberId)
}

export const placeOfMember = ({ deactivatedAt, seenAt, id }: ListedMember): MemberPlace => ({
  stopped: deactivatedAt !== null,
  seenMs: (seenAt ?? never).getTime(),
  id,
})

export type Figures = {
  members: number
  active: number
  withSeat: number
  joinRequests: number
  groups: number
  roles: number
  provisioned: { connectionId: string; members: number }[]
}

export async function readFigures(tx: TxCtx, organisationId: OrganisationId): Promise<Figures> {
  const { rows } = await sql<Omit<Figures, 'provisioned'>>`
    SELECT count(*)::int AS members,
           count(*) FILTER (WHERE deactivated_at IS NULL)::int AS active,
           count(*) FILTER (WHERE seat_type_id IS NOT NULL)::int AS "withSeat",
           (SELECT count(*)::int FROM join_requests
             WHERE organisation_id = ${organisationId} AND state IN ('waiting', 'waitlisted')) AS "joinRequests",
           (SELECT count(*)::int FROM member_groups WHERE organisation_id = ${organisationId}) AS groups,
           (SELECT count(*)::int FROM custom_roles WHERE organisation_id = ${organisationId}) AS roles
      FROM members WHERE organisation_id = ${organisationId} AND removed_at IS NULL`.execute(sqlOf(tx))
  const provisioned = await sqlOf(tx)
    .selectFrom('members')
    .select(['connection_id', (eb) => eb.fn.countAll<string>().as('count')])
    .where('organisation_id', '=', organisationId)
    .where('removed_at', 'is', null)
    .where('source', '=', 'scim')
    .where('connection_id', 'is not', null)
    .groupBy('connection_id')
    .execute()
  const [figures] = rows
  if (!figures) throw new Error('a count without rows')
  return {
    ...figures,
    provisioned: provisioned.map((row) => ({ connectionId: row.connection_id ?? '', members: Number(row.count) })),
  }
}
