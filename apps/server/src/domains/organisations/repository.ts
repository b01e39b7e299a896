import type { MemberSource } from '@clew/contract/members'
import { type MemberRole, type Permission, permissionsOf } from '@clew/contract/permissions'
import type { Locale, MemberId, OrganisationId } from '@clew/contract/primitives'
import { fold } from '@clew/text'
import { type Kysely, sql } from 'kysely'
import { compiled } from '../../platform/compiled.ts'
import { refuseOther, type TxCtx } from '../../platform/ctx.ts'
import type { DB } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import { isAgent, type MemberRow, normalEmail, type OrganisationKind } from './model.ts'

const selected = (tx: TxCtx) => selectedIn(sqlOf(tx))

const selectedIn = (db: Kysely<DB>) =>
  db
    .selectFrom('members')
    .innerJoin('organisations', 'organisations.id', 'members.organisation_id')
    .leftJoin('custom_roles', 'custom_roles.id', 'members.custom_role_id')
    .select([
      'members.id',
      'members.organisation_id',
      'members.name',
      'members.email',
      'members.role',
      'members.custom_role_id',
      'members.locale',
      'members.time_zone',
      'members.title',
      'members.seat_type_id',
      'members.source',
      'members.connection_id',
      'members.expires_at',
      'members.deactivated_at',
      'members.deactivated_via',
      'organisations.name as organisation_name',
      'organisations.slug',
      'organisations.kind',
      'custom_roles.permissions as custom_permissions',
    ])
    .where('members.removed_at', 'is', null)

type Selected = Awaited<ReturnType<ReturnType<typeof selected>['execute']>>[number]

const memberOf = (row: Selected): MemberRow => ({
  id: row.id as MemberId,
  organisationId: row.organisation_id as OrganisationId,
  organisation: { name: row.organisation_name, slug: row.slug, kind: row.kind as OrganisationKind },
  name: row.name,
  email: row.email,
  role: row.role as MemberRole,
  customRoleId: row.custom_role_id ?? undefined,
  permissions: permissionsOf(row.role as MemberRole, {
    custom: (row.custom_permissions ?? []) as Permission[],
    isSupport: row.kind === 'support',
  }),
  locale: row.locale as Locale,
  timeZone: row.time_zone ?? undefined,
  title: row.title ?? undefined,
  seatTypeId: row.seat_type_id ?? undefined,
  source: row.source as MemberSource,
  connectionId: row.connection_id ?? undefined,
  expiresAt: row.expires_at ?? undefined,
  deactivatedAt: row.deactivated_at ?? undefined,
  deactivatedVia: (row.deactivated_via ?? undefined) as MemberRow['deactivatedVia'],
})

/** The team's own organisation; made once. */
export async function ensureSupportTeam(tx: TxCtx, name: string): Promise<OrganisationId> {
  const found = await sqlOf(tx)
    .selectFrom('organisations')
    .select('id')
    .where('kind', '=', 'support')
    .executeTakeFirst()
  if (found) return found.id as OrganisationId
  const id = tx.ids.next()
  await sqlOf(tx)
    .insertInto('organisations')
    .values({ id, kind: 'support', name, slug: 'team', created_at: tx.clock.now() })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return ensureSupportTeam(tx, name)
}

export async function insertOrganisation(
  tx: TxCtx,
  { id, name, slug, region }: { id: OrganisationId; name: string; slug: string; region: string | null },
): Promise<void> {
  await sqlOf(tx)
    .insertInto('organisations')
    .values({ id, kind: 'customer', name, slug, region, created_at: tx.clock.now() })
    .execute()
}

/** Until the transaction ends nobody else takes a short name, so that of two at once one is told. */
export async function isSlugTaken(tx: TxCtx, slug: string): Promise<boolean> {
  await sql`SELECT pg_advisory_xact_lock(23, 1)`.execute(sqlOf(tx))
  const row = await sqlOf(tx).selectFrom('organisations').select('id').where('slug', '=', slug).executeTakeFirst()
  return row !== undefined
}

export type MemberDraft = {
  id: MemberId
  organisationId: OrganisationId
  name: string
  email: string
  role: MemberRole
  customRoleId?: string | undefined
  source?: MemberSource | undefined
  connectionId?: string | undefined
  seatTypeId?: string | undefined
  locale?: Locale | undefined
  title?: string | undefined
  expiresAt?: Date | undefined
}

export async function insertMember(tx: TxCtx, member: MemberDraft): Promise<void> {
  await sqlOf(tx)
    .insertInto('members')
    .values({
      id: member.id,
      organisation_id: member.organisationId,
      email: normalEmail(member.email),
      name: member.name,
      role: member.role,
      custom_role_id: member.customRoleId ?? null,
      source: member.source ?? 'invited',
      connection_id: member.connectionId ?? null,
      seat_type_id: member.seatTypeId ?? null,
      locale: member.locale ?? tx.locale,
      title: member.title ?? null,
      expires_at: member.expiresAt ?? null,
      folded: foldedOf(member),
      created_at: tx.clock.now(),
    })
    .execute()
}

/** What a search looks in. */
export const foldedOf = ({ name, email }: { name: string; email: string }): string =>
  fold(`${name} ${normalEmail(email)}`)

export async function findMember(tx: TxCtx, id: string): Promise<MemberRow | undefined> {
  const [row] = await memberById(tx, { id })
  const member = row && memberOf(row)
  refuseOther(tx, member?.organisationId)
  return member
}

const memberById = compiled((db, { id }: { id: string }) => selectedIn(db).where('members.id', '=', id).compile())

/**
 * Of one organisation: somebody may belong to several with the same address. Addresses are stored in small letters, and a
 * plain column is found by its index behind row-level security too.
 */
export async function findMemberByEmail(
  tx: TxCtx,
  organisationId: OrganisationId,
  email: string,
): Promise<MemberRow | undefined> {
  const row = await selected(tx)
    .where('members.organisation_id', '=', organisationId)
    .where('members.email', '=', normalEmail(email))
    .executeTakeFirst()
  return row && memberOf(row)
}

/** Everywhere that somebody with this address is a member, the support team first. For signing in. */
export async function listMembersByEmail(tx: TxCtx, email: string): Promise<MemberRow[]> {
  const rows = await selected(tx)
    .where((eb) => eb(eb.fn('lower', ['members.email']), '=', normalEmail(email)))
    .orderBy('organisations.kind', 'desc')
    .orderBy('members.created_at')
    .limit(20)
    .execute()
  return rows.map(memberOf)
}

/** Everybody of an organisation, also those who may not act now. */
export async function membersIn(tx: TxCtx, organisationId: OrganisationId): Promise<MemberRow[]> {
  const rows = await selected(tx)
    .where('members.organisation_id', '=', organisationId)
    .orderBy('members.name')
    .execute()
  return rows.map(memberOf)
}

/** The people of the team who are there to answer. */
export async function listAgents(tx: TxCtx): Promise<MemberRow[]> {
  const rows = await selected(tx)
    .where('organisations.kind', '=', 'support')
    .where('members.deactivated_at', 'is', null)
    .orderBy('members.name')
    .execute()
  return rows.map(memberOf).filter(isAgent)
}

/** Whether someone can run the team. Until then the one-time link is open. */
export async function hasOwner(tx: TxCtx): Promise<boolean> {
  const row = await sqlOf(tx)
    .selectFrom('members')
    .innerJoin('organisations', 'organisations.id', 'members.organisation_id')
    .select('members.id')
    .where('organisations.kind', '=', 'support')
    .where('members.role', '=', 'owner')
    .where('members.removed_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
