import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import { normalEmail } from './model.ts'

export type KnownInvitation = { id: string; email: string; isOpen: boolean; expiresAt: Date }

/** What an organisation knows of an address that no member has, and of who may be the same person under another one. */
export type Whereabouts = {
  /** When provisioning took somebody with this address away for good. */
  deprovisionedAt: Date | undefined
  invitation: KnownInvitation | undefined
  /** Members with the same name before the @. */
  alikeIds: MemberId[]
  alikeInvitation: KnownInvitation | undefined
}

export async function findWhereabouts(
  tx: TxCtx,
  organisationId: OrganisationId,
  address: string,
): Promise<Whereabouts> {
  const email = normalEmail(address)
  const invitations = await listInvitationsAlike(tx, organisationId, email)
  const gone = await sqlOf(tx)
    .selectFrom('members')
    .select('removed_at')
    .where('organisation_id', '=', organisationId)
    .where((eb) => eb(eb.fn('lower', ['email']), '=', email))
    .where('source', '=', 'scim')
    .where('removed_at', 'is not', null)
    .orderBy('removed_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const alike = await sqlOf(tx)
    .selectFrom('members')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .where('removed_at', 'is', null)
    .where(isAlike('email', email))
    .where((eb) => eb(eb.fn('lower', ['email']), '<>', email))
    .orderBy('created_at')
    .limit(5)
    .execute()
  return {
    deprovisionedAt: gone?.removed_at ?? undefined,
    invitation: invitations.find((each) => normalEmail(each.email) === email),
    alikeIds: alike.map(({ id }) => id as MemberId),
    alikeInvitation: invitations.find((each) => normalEmail(each.email) !== email && each.isOpen),
  }
}

/** Those that were neither accepted nor revoked, the newest first. */
async function listInvitationsAlike(
  tx: TxCtx,
  organisationId: OrganisationId,
  email: string,
): Promise<KnownInvitation[]> {
  const rows = await sqlOf(tx)
    .selectFrom('invitations')
    .select(['id', 'email', 'expires_at'])
    .where('organisation_id', '=', organisationId)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where(isAlike('email', email))
    .orderBy('created_at', 'desc')
    .limit(10)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    email: row.email,
    isOpen: row.expires_at > tx.clock.now(),
    expiresAt: row.expires_at,
  }))
}

const isAlike = (column: string, email: string) =>
  sql<boolean>`lower(split_part(${sql.ref(column)}, '@', 1)) = ${email.slice(0, email.lastIndexOf('@'))}`

export type Addressed = {
  id: MemberId
  name: string
  email: string
  role: string
  isActive: boolean
  isProvisioned: boolean
  aliases: string[]
}

/** Everybody of an organisation with the addresses that find them. */
export async function listAddressed(tx: TxCtx, organisationId: OrganisationId): Promise<Addressed[]> {
  const now = tx.clock.now()
  const { rows } = await sql<Addressed>`
    SELECT id, name, email, role, source = 'scim' AS "isProvisioned",
           deactivated_at IS NULL AND (expires_at IS NULL OR expires_at > ${now}) AS "isActive",
           ARRAY(SELECT a.email FROM member_aliases a WHERE a.member_id = members.id AND a.expires_at > ${now}) AS aliases
      FROM members WHERE organisation_id = ${organisationId} AND removed_at IS NULL
     ORDER BY lower(name), id`.execute(sqlOf(tx))
  return rows
}
