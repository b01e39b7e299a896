import type { MemberRole } from '@clew/contract/permissions'
import type { Locale, MemberId, OrganisationId } from '@clew/contract/primitives'
import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import { type MemberRow, normalEmail } from './model.ts'
import { findMember, foldedOf } from './repository.ts'

/**
 * Holds who belongs to an organisation, with what role and on which seat, until the transaction ends. Whoever changes
 * any of it takes this first and reads afterwards, so that what was counted still holds when it is written.
 */
export async function lockMembership(tx: TxCtx, organisationId: OrganisationId): Promise<void> {
  // Not `FOR UPDATE`: rows that refer to the organisation may still be added.
  await sqlOf(tx)
    .selectFrom('organisations')
    .select('id')
    .where('id', '=', organisationId)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

/** A member as they are under the lock of the organisation; the caller's wall, or the caller, says whose it may be. */
export async function findMemberOf(
  tx: TxCtx,
  organisationId: OrganisationId,
  id: string,
): Promise<MemberRow | undefined> {
  const member = await findMember(tx, id)
  return member?.organisationId === organisationId ? member : undefined
}

/** Owners who may act and whose time does not end by itself, other than one. */
export async function hasOtherOwner(tx: TxCtx, organisationId: OrganisationId, than: MemberId): Promise<boolean> {
  const row = await sqlOf(tx)
    .selectFrom('members')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .where('role', '=', 'owner')
    .where('id', '!=', than)
    .where('removed_at', 'is', null)
    .where('deactivated_at', 'is', null)
    .where('expires_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export async function setMemberRole(
  tx: TxCtx,
  id: MemberId,
  { role, customRoleId }: { role: MemberRole; customRoleId: string | undefined },
): Promise<void> {
  await sqlOf(tx)
    .updateTable('members')
    .set({ role, custom_role_id: customRoleId ?? null })
    .where('id', '=', id)
    .execute()
}

export async function setMemberSeat(tx: TxCtx, id: MemberId, seatTypeId: string | null): Promise<void> {
  await sqlOf(tx).updateTable('members').set({ seat_type_id: seatTypeId }).where('id', '=', id).execute()
}

export async function setMemberExpiry(tx: TxCtx, id: MemberId, expiresAt: Date | null): Promise<void> {
  await sqlOf(tx).updateTable('members').set({ expires_at: expiresAt }).where('id', '=', id).execute()
}

export async function setDeactivated(
  tx: TxCtx,
  id: MemberId,
  via: NonNullable<MemberRow['deactivatedVia']> | null,
): Promise<void> {
  await sqlOf(tx)
    .updateTable('members')
    .set({ deactivated_at: via === null ? null : tx.clock.now(), deactivated_via: via })
    .where('id', '=', id)
    .execute()
}

export type Profile = {
  name: string
  email: string
  title: string | undefined
  locale: Locale
  timeZone: string | undefined
}

export async function setProfile(tx: TxCtx, id: MemberId, profile: Profile): Promise<void> {
  await sqlOf(tx)
    .updateTable('members')
    .set({
      name: profile.name,
      email: normalEmail(profile.email),
      title: profile.title ?? null,
      locale: profile.locale,
      time_zone: profile.timeZone ?? null,
      folded: foldedOf(profile),
    })
    .where('id', '=', id)
    .execute()
}

/** Who looks after somebody: a connection, or nobody but the organisation itself. */
export async function setMemberConnection(
  tx: TxCtx,
  id: MemberId,
  { connectionId, source }: { connectionId: string | null; source: MemberRow['source'] },
): Promise<void> {
  await sqlOf(tx).updateTable('members').set({ connection_id: connectionId, source }).where('id', '=', id).execute()
}

/** They stay for what names them; the role goes, so that a custom one can be deleted. */
export async function setRemoved(tx: TxCtx, id: MemberId): Promise<void> {
  const db = sqlOf(tx)
  await db.deleteFrom('group_members').where('member_id', '=', id).execute()
  await db.deleteFrom('member_aliases').where('member_id', '=', id).execute()
  await db
    .updateTable('members')
    .set({ removed_at: tx.clock.now(), role: 'member', custom_role_id: null, seat_type_id: null })
    .where('id', '=', id)
    .execute()
}

/** Notes that somebody was here. Called now and then while they work. */
export async function noteMemberSeen(tx: TxCtx, id: MemberId): Promise<void> {
  await sqlOf(tx).updateTable('members').set({ seen_at: tx.clock.now() }).where('id', '=', id).execute()
}

/** Guests whose time is over and who have not been stopped for it. */
export async function listExpiredMembers(tx: TxCtx, limit: number): Promise<MemberId[]> {
  const rows = await sqlOf(tx)
    .selectFrom('members')
    .select('id')
    .where('expires_at', '<=', tx.clock.now())
    .where('deactivated_at', 'is', null)
    .where('removed_at', 'is', null)
    .orderBy('expires_at')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id as MemberId)
}

export async function listAliases(tx: TxCtx, memberId: MemberId): Promise<string[]> {
  const rows = await sqlOf(tx)
    .selectFrom('member_aliases')
    .select('email')
    .where('member_id', '=', memberId)
    .where('expires_at', '>', tx.clock.now())
    .orderBy('email')
    .execute()
  return rows.map(({ email }) => email)
}

/** A former address that still finds its member for a while; a newer one of the same address takes its place. */
export async function putAlias(
  tx: TxCtx,
  alias: { organisationId: OrganisationId; memberId: MemberId; email: string; expiresAt: Date },
): Promise<void> {
  await sql`
    INSERT INTO member_aliases (id, organisation_id, member_id, email, created_at, expires_at)
    VALUES (${tx.ids.next()}, ${alias.organisationId}, ${alias.memberId}, ${normalEmail(alias.email)},
            ${tx.clock.now()}, ${alias.expiresAt})
    ON CONFLICT (organisation_id, lower(email))
    DO UPDATE SET member_id = excluded.member_id, expires_at = excluded.expires_at`.execute(sqlOf(tx))
}

/** Whom a former address means, as long as it does. */
export async function findMemberByAlias(
  tx: TxCtx,
  organisationId: OrganisationId,
  email: string,
): Promise<MemberRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('member_aliases')
    .select('member_id')
    .where('organisation_id', '=', organisationId)
    .where((eb) => eb(eb.fn('lower', ['email']), '=', normalEmail(email)))
    .where('expires_at', '>', tx.clock.now())
    .executeTakeFirst()
  return row && findMember(tx, row.member_id)
}

export async function findJoinedAt(tx: TxCtx, id: MemberId): Promise<Date | undefined> {
  const row = await sqlOf(tx).selectFrom('members').select('created_at').where('id', '=', id).executeTakeFirst()
  return row?.created_at
}
