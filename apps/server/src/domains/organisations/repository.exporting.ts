import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import { normalEmail } from './model.ts'

export type ListedPerson = {
  id: MemberId
  name: string
  email: string
  title: string | undefined
  role: string
  groups: string[]
  source: string
  locale: string
  timeZone: string | undefined
  joinedAt: Date
  seenAt: Date | undefined
  expiresAt: Date | undefined
  deactivatedAt: Date | undefined
}

export type PeopleSelection = { organisationId: OrganisationId; email?: string | undefined }

/** A page of everybody of an organisation in the order of their ids; or who has this address there. */
export async function pagePeople(
  tx: TxCtx,
  { organisationId, email }: PeopleSelection,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<ListedPerson[]> {
  const { rows } = await sql<PersonRow>`
    SELECT m.id, m.name, m.email, m.title, coalesce(r.name, m.role) AS role, m.source, m.locale, m.time_zone,
           m.created_at, m.seen_at, m.expires_at, m.deactivated_at,
           coalesce((SELECT array_agg(g.name ORDER BY g.name) FROM group_members gm
                       JOIN member_groups g ON g.id = gm.group_id WHERE gm.member_id = m.id), '{}') AS groups
      FROM members m LEFT JOIN custom_roles r ON r.id = m.custom_role_id
     WHERE m.organisation_id = ${organisationId} AND m.removed_at IS NULL
       AND ${email === undefined ? sql`true` : sql`lower(m.email) = ${normalEmail(email)}`}
       AND ${after === undefined ? sql`true` : sql`m.id > ${after}::uuid`}
     ORDER BY m.id LIMIT ${limit}`.execute(sqlOf(tx))
  return rows.map((row) => ({
    id: row.id as MemberId,
    name: row.name,
    email: row.email,
    title: row.title ?? undefined,
    role: row.role,
    groups: row.groups,
    source: row.source,
    locale: row.locale,
    timeZone: row.time_zone ?? undefined,
    joinedAt: row.created_at,
    seenAt: row.seen_at ?? undefined,
    expiresAt: row.expires_at ?? undefined,
    deactivatedAt: row.deactivated_at ?? undefined,
  }))
}

type PersonRow = {
  id: string
  name: string
  email: string
  title: string | null
  role: string
  groups: string[]
  source: string
  locale: string
  time_zone: string | null
  created_at: Date
  seen_at: Date | null
  expires_at: Date | null
  deactivated_at: Date | null
}

export async function countPeople(tx: TxCtx, organisationId: OrganisationId): Promise<number> {
  const row = await sqlOf(tx)
    .selectFrom('members')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('organisation_id', '=', organisationId)
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}
