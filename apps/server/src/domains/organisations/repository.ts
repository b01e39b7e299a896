import type { AgentId, OrganisationId } from '@clew/contract/primitives'
import type { MemberRole } from '@clew/contract/sessions'
import type { Selectable } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { Members } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import { type MemberRow, normalEmail } from './model.ts'

const memberOf = (row: Selectable<Members>): MemberRow => ({
  id: row.id as AgentId,
  organisationId: row.organisation_id as OrganisationId,
  name: row.name,
  email: row.email,
  role: row.role as MemberRole,
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
    .values({ id, kind: 'support', name, created_at: tx.clock.now() })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return ensureSupportTeam(tx, name)
}

export async function insertMember(tx: TxCtx, member: MemberRow): Promise<void> {
  await sqlOf(tx)
    .insertInto('members')
    .values({
      id: member.id,
      organisation_id: member.organisationId,
      email: normalEmail(member.email),
      name: member.name,
      role: member.role,
      created_at: tx.clock.now(),
    })
    .execute()
}

export async function findMember(tx: TxCtx, id: string): Promise<MemberRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('members')
    .selectAll()
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return row && memberOf(row)
}

export async function findMemberByEmail(tx: TxCtx, email: string): Promise<MemberRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('members')
    .selectAll()
    .where((eb) => eb(eb.fn('lower', ['email']), '=', normalEmail(email)))
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return row && memberOf(row)
}

export async function listMembers(tx: TxCtx): Promise<MemberRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('members')
    .selectAll()
    .where('removed_at', 'is', null)
    .orderBy('name')
    .execute()
  return rows.map(memberOf)
}

/** Whether someone can run the team. Until then the one-time link is open. */
export async function hasOwner(tx: TxCtx): Promise<boolean> {
  const row = await sqlOf(tx)
    .selectFrom('members')
    .select('id')
    .where('role', '=', 'owner')
    .where('removed_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export type InvitationRow = { id: string; organisationId: OrganisationId; email: string; role: MemberRole }

export async function insertInvitation(
  tx: TxCtx,
  invitation: InvitationRow & { tokenHash: Buffer; invitedBy: AgentId; expiresAt: Date },
): Promise<void> {
  await sqlOf(tx)
    .insertInto('invitations')
    .values({
      id: invitation.id,
      organisation_id: invitation.organisationId,
      email: normalEmail(invitation.email),
      role: invitation.role,
      token_hash: invitation.tokenHash,
      invited_by: invitation.invitedBy,
      created_at: tx.clock.now(),
      expires_at: invitation.expiresAt,
    })
    .execute()
}

/** The open invitation of this token, held until the transaction ends so that it is used once. */
export async function lockOpenInvitation(tx: TxCtx, tokenHash: Buffer): Promise<InvitationRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('invitations')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('accepted_at', 'is', null)
    .where('expires_at', '>', tx.clock.now())
    .forUpdate()
    .executeTakeFirst()
  if (!row) return undefined
  return {
    id: row.id,
    organisationId: row.organisation_id as OrganisationId,
    email: row.email,
    role: row.role as MemberRole,
  }
}

export async function markInvitationAccepted(tx: TxCtx, id: string): Promise<void> {
  await sqlOf(tx).updateTable('invitations').set({ accepted_at: tx.clock.now() }).where('id', '=', id).execute()
}
