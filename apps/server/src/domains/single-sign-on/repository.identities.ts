import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import type { SsoConnectionId } from '@clew/contract/single-sign-on'
import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

export type IdentityRow = { connectionId: SsoConnectionId; subject: string; memberId: string }

export async function findIdentity(
  tx: TxCtx,
  { connectionId, subject }: { connectionId: SsoConnectionId; subject: string },
): Promise<IdentityRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('sso_identities')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .where('subject', '=', subject)
    .executeTakeFirst()
  return row && { connectionId, subject: row.subject, memberId: row.member_id }
}

/** The other names by which a connection knows a member. */
export async function hasOtherSubject(tx: TxCtx, { connectionId, subject, memberId }: IdentityRow): Promise<boolean> {
  const row = await sqlOf(tx)
    .selectFrom('sso_identities')
    .select('subject')
    .where('connection_id', '=', connectionId)
    .where('member_id', '=', memberId)
    .where('subject', '<>', subject)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Says whom a subject means. Of two at once the first stays; answers whether this is new. */
export async function linkIdentity(
  tx: TxCtx,
  identity: IdentityRow & { organisationId: OrganisationId },
): Promise<boolean> {
  const now = tx.clock.now()
  const inserted = await sqlOf(tx)
    .insertInto('sso_identities')
    .values({
      connection_id: identity.connectionId,
      subject: identity.subject,
      organisation_id: identity.organisationId,
      member_id: identity.memberId,
      created_at: now,
      last_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (Number(inserted.numInsertedOrUpdatedRows ?? 0) > 0) return true
  await sqlOf(tx)
    .updateTable('sso_identities')
    .set({ last_at: now, member_id: identity.memberId })
    .where('connection_id', '=', identity.connectionId)
    .where('subject', '=', identity.subject)
    .execute()
  return false
}

/** Forgets by which names one connection, or all, knew a member: the next sign-in goes by the address again. */
export async function unlinkMember(tx: TxCtx, memberId: string, connectionId?: SsoConnectionId): Promise<void> {
  await sqlOf(tx)
    .deleteFrom('sso_identities')
    .where('member_id', '=', memberId)
    .$if(connectionId !== undefined, (query) => query.where('connection_id', '=', connectionId ?? ''))
    .execute()
}

export async function countPeople(
  tx: TxCtx,
  organisationId: OrganisationId,
): Promise<Map<string, { people: number; lastAt: Date }>> {
  const rows = await sqlOf(tx)
    .selectFrom('sso_identities')
    .select(({ fn }) => [
      'connection_id',
      fn.count<string>('member_id').distinct().as('people'),
      fn.max('last_at').as('last_at'),
    ])
    .where('organisation_id', '=', organisationId)
    .groupBy('connection_id')
    .execute()
  return new Map(rows.map((row) => [row.connection_id, { people: Number(row.people), lastAt: row.last_at }]))
}

export async function listLinkedMembers(tx: TxCtx, organisationId: OrganisationId): Promise<Set<string>> {
  const rows = await sqlOf(tx)
    .selectFrom('sso_identities')
    .select('member_id')
    .distinct()
    .where('organisation_id', '=', organisationId)
    .execute()
  return new Set(rows.map((row) => row.member_id))
}

/** Who of them can come through a connection that is on. */
export async function listSsoMembers(tx: TxCtx, memberIds: readonly MemberId[]): Promise<ReadonlySet<MemberId>> {
  if (memberIds.length === 0) return new Set()
  const rows = await sqlOf(tx)
    .selectFrom('sso_identities')
    .innerJoin('sso_connections', 'sso_connections.id', 'sso_identities.connection_id')
    .select('sso_identities.member_id')
    .distinct()
    .where('sso_identities.member_id', '=', sql<string>`ANY (${memberIds}::uuid[])`)
    .where('sso_connections.state', '=', 'active')
    .execute()
  return new Set(rows.map((row) => row.member_id as MemberId))
}

/** Notes that somebody got through, by a test or for good. */
export async function noteProof(
  tx: TxCtx,
  proof: { connectionId: SsoConnectionId; memberId: string; organisationId: OrganisationId },
): Promise<void> {
  const at = tx.clock.now()
  await sqlOf(tx)
    .insertInto('sso_proofs')
    .values({
      connection_id: proof.connectionId,
      member_id: proof.memberId,
      organisation_id: proof.organisationId,
      at,
    })
    .onConflict((conflict) => conflict.columns(['connection_id', 'member_id']).doUpdateSet({ at }))
    .execute()
}

/** Who got through a connection that is still there and on, the latest first. */
export async function listProofs(
  tx: TxCtx,
  { organisationId, since }: { organisationId: OrganisationId; since: Date },
): Promise<{ memberId: string; at: Date }[]> {
  const rows = await sqlOf(tx)
    .selectFrom('sso_proofs')
    .innerJoin('sso_connections', 'sso_connections.id', 'sso_proofs.connection_id')
    .select(['sso_proofs.member_id', 'sso_proofs.at'])
    .where('sso_proofs.organisation_id', '=', organisationId)
    .where('sso_connections.state', '=', 'active')
    .where('sso_proofs.at', '>', since)
    .orderBy('sso_proofs.at', 'desc')
    .limit(200)
    .execute()
  return rows.map((row) => ({ memberId: row.member_id, at: row.at }))
}
