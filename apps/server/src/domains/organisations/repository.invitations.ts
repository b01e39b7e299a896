import type { MemberRole } from '@clew/contract/permissions'
import type { Locale, MemberId, OrganisationId } from '@clew/contract/primitives'
import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import { normalEmail } from './model.ts'

export type InvitationRow = {
  id: string
  organisationId: OrganisationId
  email: string
  name: string | undefined
  role: MemberRole
  customRoleId: string | undefined
  seatTypeId: string | undefined
  groupIds: string[]
  locale: Locale
  memberExpiresAt: Date | undefined
  source: 'invited' | 'requested'
  waitsFor: 'seat' | 'domain' | undefined
  invitedBy: MemberId | undefined
  sentCount: number
  lastSentAt: Date | undefined
  createdAt: Date
  expiresAt: Date
  acceptedAt: Date | undefined
  revokedAt: Date | undefined
}

const selected = (tx: TxCtx) => sqlOf(tx).selectFrom('invitations').selectAll('invitations')
type Selected = Awaited<ReturnType<ReturnType<typeof selected>['execute']>>[number]

const invitationOf = (row: Selected): InvitationRow => ({
  id: row.id,
  organisationId: row.organisation_id as OrganisationId,
  email: row.email,
  name: row.name ?? undefined,
  role: row.role as MemberRole,
  customRoleId: row.custom_role_id ?? undefined,
  seatTypeId: row.seat_type_id ?? undefined,
  groupIds: row.group_ids,
  locale: row.locale as Locale,
  memberExpiresAt: row.member_expires_at ?? undefined,
  source: row.source as InvitationRow['source'],
  waitsFor: (row.waits_for ?? undefined) as InvitationRow['waitsFor'],
  invitedBy: (row.invited_by ?? undefined) as MemberId | undefined,
  sentCount: row.sent_count,
  lastSentAt: row.last_sent_at ?? undefined,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  acceptedAt: row.accepted_at ?? undefined,
  revokedAt: row.revoked_at ?? undefined,
})

const rowsAtOnce = 500

export type InvitationDraft = InvitationRow & { tokenHash: Buffer }

export async function insertInvitations(tx: TxCtx, drafts: readonly InvitationDraft[]): Promise<void> {
  for (let from = 0; from < drafts.length; from += rowsAtOnce)
    await sqlOf(tx)
      .insertInto('invitations')
      .values(drafts.slice(from, from + rowsAtOnce).map(valuesOf))
      .execute()
}

const valuesOf = (draft: InvitationDraft) => ({
  id: draft.id,
  organisation_id: draft.organisationId,
  email: normalEmail(draft.email),
  name: draft.name ?? null,
  role: draft.role,
  custom_role_id: draft.customRoleId ?? null,
  seat_type_id: draft.seatTypeId ?? null,
  group_ids: draft.groupIds,
  locale: draft.locale,
  member_expires_at: draft.memberExpiresAt ?? null,
  source: draft.source,
  waits_for: draft.waitsFor ?? null,
  token_hash: draft.tokenHash,
  invited_by: draft.invitedBy ?? null,
  sent_count: draft.sentCount,
  last_sent_at: draft.lastSentAt ?? null,
  created_at: draft.createdAt,
  expires_at: draft.expiresAt,
})

/** Whatever became of it; `undefined` when there never was one. */
export async function findInvitationByToken(tx: TxCtx, tokenHash: Buffer): Promise<InvitationRow | undefined> {
  const row = await selected(tx).where('token_hash', '=', tokenHash).executeTakeFirst()
  return row && invitationOf(row)
}

const open = (tx: TxCtx, organisationId: OrganisationId) =>
  selected(tx)
    .where('invitations.organisation_id', '=', organisationId)
    .where('invitations.accepted_at', 'is', null)
    .where('invitations.revoked_at', 'is', null)

/** Neither accepted nor revoked; it may have run out, which a new letter mends. */
export async function findOpenInvitation(
  tx: TxCtx,
  organisationId: OrganisationId,
  id: string,
): Promise<InvitationRow | undefined> {
  const row = await open(tx, organisationId).where('invitations.id', '=', id).executeTakeFirst()
  return row && invitationOf(row)
}

export type OpenInvitationRow = InvitationRow & { invitedByName: string | undefined; roleName: string | undefined }

export async function listOpenInvitations(
  tx: TxCtx,
  organisationId: OrganisationId,
  limit: number,
): Promise<OpenInvitationRow[]> {
  const rows = await open(tx, organisationId)
    .leftJoin('members', 'members.id', 'invitations.invited_by')
    .leftJoin('custom_roles', 'custom_roles.id', 'invitations.custom_role_id')
    .select(['members.name as invited_by_name', 'custom_roles.name as role_name'])
    .orderBy('invitations.created_at', 'desc')
    .orderBy('invitations.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    ...invitationOf(row),
    invitedByName: row.invited_by_name ?? undefined,
    roleName: row.role_name ?? undefined,
  }))
}

/** Invitations whose letter has not gone out, who came first first. */
export async function listWaitingInvitations(tx: TxCtx, organisationId: OrganisationId): Promise<OpenInvitationRow[]> {
  const rows = await open(tx, organisationId)
    .leftJoin('members', 'members.id', 'invitations.invited_by')
    .select('members.name as invited_by_name')
    .where('invitations.waits_for', 'is not', null)
    .orderBy('invitations.created_at')
    .orderBy('invitations.id')
    .limit(1_000)
    .execute()
  return rows.map((row) => ({
    ...invitationOf(row),
    invitedByName: row.invited_by_name ?? undefined,
    roleName: undefined,
  }))
}

export async function countOpenInvitations(tx: TxCtx, organisationId: OrganisationId): Promise<number> {
  const row = await sqlOf(tx)
    .selectFrom('invitations')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('organisation_id', '=', organisationId)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

export async function markInvitationAccepted(tx: TxCtx, id: string): Promise<void> {
  await sqlOf(tx).updateTable('invitations').set({ accepted_at: tx.clock.now() }).where('id', '=', id).execute()
}

export async function markInvitationRevoked(tx: TxCtx, id: string): Promise<void> {
  await sqlOf(tx).updateTable('invitations').set({ revoked_at: tx.clock.now() }).where('id', '=', id).execute()
}

/** Those of these addresses stop; a newer invitation takes their place. */
export async function revokeInvitationsTo(
  tx: TxCtx,
  organisationId: OrganisationId,
  emails: readonly string[],
): Promise<void> {
  if (emails.length === 0) return
  await sql`UPDATE invitations SET revoked_at = ${tx.clock.now()}
     WHERE organisation_id = ${organisationId} AND lower(email) = ANY(${emails}::text[])
       AND accepted_at IS NULL AND revoked_at IS NULL`.execute(sqlOf(tx))
}

/** A new letter: the old link stops working. */
export async function renewInvitation(
  tx: TxCtx,
  id: string,
  { tokenHash, expiresAt, sentCount }: { tokenHash: Buffer; expiresAt: Date; sentCount: number },
): Promise<void> {
  await sqlOf(tx)
    .updateTable('invitations')
    .set({
      token_hash: tokenHash,
      expires_at: expiresAt,
      waits_for: null,
      sent_count: sentCount,
      last_sent_at: tx.clock.now(),
      expiry_noted_at: null,
    })
    .where('id', '=', id)
    .execute()
}

/** Takes some that have run out since anybody looked, so that each is told of once. */
export async function takeRunOut(tx: TxCtx, limit: number): Promise<InvitationRow[]> {
  const now = tx.clock.now()
  const db = sqlOf(tx)
  const due = db
    .selectFrom('invitations')
    .select('id')
    .where('expires_at', '<=', now)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('waits_for', 'is', null)
    .where('expiry_noted_at', 'is', null)
    .orderBy('expires_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
  const rows = await db
    .updateTable('invitations')
    .set({ expiry_noted_at: now })
    .where('id', 'in', due)
    .returningAll()
    .execute()
  return rows.map(invitationOf)
}

export type AddressState = {
  members: ReadonlyMap<string, { isActive: boolean }>
  /** With the seat that an invitation keeps. */
  invited: ReadonlyMap<string, string | undefined>
}

/** What is known of addresses: who of them belongs to the organisation already, and who is invited. */
export async function readAddresses(
  tx: TxCtx,
  organisationId: OrganisationId,
  emails: readonly string[],
): Promise<AddressState> {
  const { rows } = await sql<{ email: string; kind: string; seat: string | null }>`
    SELECT lower(email) AS email, CASE WHEN deactivated_at IS NULL THEN 'active' ELSE 'stopped' END AS kind, NULL::uuid AS seat
      FROM members WHERE organisation_id = ${organisationId} AND removed_at IS NULL AND lower(email) = ANY(${emails}::text[])
    UNION ALL
    SELECT lower(member_aliases.email), CASE WHEN deactivated_at IS NULL THEN 'active' ELSE 'stopped' END, NULL
      FROM member_aliases JOIN members ON members.id = member_aliases.member_id
     WHERE member_aliases.organisation_id = ${organisationId} AND members.removed_at IS NULL
       AND member_aliases.expires_at > ${tx.clock.now()} AND lower(member_aliases.email) = ANY(${emails}::text[])
    UNION ALL
    SELECT lower(email), 'invited',
           CASE WHEN waits_for IS NULL AND expires_at > ${tx.clock.now()} THEN seat_type_id END FROM invitations
     WHERE organisation_id = ${organisationId} AND accepted_at IS NULL AND revoked_at IS NULL
       AND lower(email) = ANY(${emails}::text[])`.execute(sqlOf(tx))
  return {
    members: new Map(
      rows.filter(({ kind }) => kind !== 'invited').map(({ email, kind }) => [email, { isActive: kind === 'active' }]),
    ),
    invited: new Map(
      rows.filter(({ kind }) => kind === 'invited').map(({ email, seat }) => [email, seat ?? undefined]),
    ),
  }
}
