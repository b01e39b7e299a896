import type { DomainChange } from '@clew/contract/domains'
import type { AgentId, MemberId, OrganisationId } from '@clew/contract/primitives'
import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { KnownAddress } from './model.domain-changes.ts'
import { normalEmail } from './model.ts'
import { foldedOf } from './repository.ts'

/** What was moved, as it is kept for taking it back. */
export type KeptMove = { memberId: MemberId; before: string; after: string }

const domainOf = (column: string) => sql<string>`lower(split_part(${sql.ref(column)}, '@', 2))`

/** Ids of all who have an address at exactly this domain, those who are stopped too. */
export async function listMemberIdsAtName(
  tx: TxCtx,
  { organisationId, name }: { organisationId: OrganisationId; name: string },
): Promise<MemberId[]> {
  const rows = await sqlOf(tx)
    .selectFrom('members')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .where('removed_at', 'is', null)
    .where(domainOf('members.email'), '=', name)
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id as MemberId)
}

/** The addresses that members have at a domain. */
export async function listAddressesAt(
  tx: TxCtx,
  { organisationId, name }: { organisationId: OrganisationId; name: string },
): Promise<Map<string, { id: MemberId; name: string }>> {
  const rows = await sqlOf(tx)
    .selectFrom('members')
    .select(['id', 'name', 'email'])
    .where('organisation_id', '=', organisationId)
    .where('removed_at', 'is', null)
    .where(domainOf('members.email'), '=', name)
    .execute()
  return new Map(rows.map((row) => [normalEmail(row.email), { id: row.id as MemberId, name: row.name }]))
}

/** Who has been invited to, or has asked from, an address at a domain. */
export async function listKnownAt(
  tx: TxCtx,
  { organisationId, name }: { organisationId: OrganisationId; name: string },
): Promise<{ known: KnownAddress[]; invited: Set<string> }> {
  const invitations = await sqlOf(tx)
    .selectFrom('invitations')
    .select(['email', 'name'])
    .where('organisation_id', '=', organisationId)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where(domainOf('invitations.email'), '=', name)
    .execute()
  const requests = await sqlOf(tx)
    .selectFrom('join_requests')
    .select(['email', 'name'])
    .where('organisation_id', '=', organisationId)
    .where('state', 'in', ['waiting', 'waitlisted'])
    .where(domainOf('join_requests.email'), '=', name)
    .execute()
  return {
    known: [...invitations, ...requests].map((row) => ({ email: normalEmail(row.email), name: row.name ?? undefined })),
    invited: new Set(invitations.map(({ email }) => normalEmail(email))),
  }
}

export async function setEmail(tx: TxCtx, member: { id: MemberId; name: string; email: string }): Promise<void> {
  await sqlOf(tx)
    .updateTable('members')
    .set({ email: normalEmail(member.email), folded: foldedOf(member) })
    .where('id', '=', member.id)
    .execute()
}

export async function deleteAlias(
  tx: TxCtx,
  { memberId, email }: { memberId: MemberId; email: string },
): Promise<void> {
  await sqlOf(tx)
    .deleteFrom('member_aliases')
    .where('member_id', '=', memberId)
    .where((eb) => eb(eb.fn('lower', ['email']), '=', normalEmail(email)))
    .execute()
}

export type NewChange = {
  organisationId: OrganisationId
  from: string
  to: string
  moves: readonly KeptMove[]
  invitationIds: readonly string[]
  appliedBy: MemberId
  endsAt: Date
}

export async function insertDomainChange(tx: TxCtx, change: NewChange): Promise<string> {
  const id = tx.ids.next()
  await sqlOf(tx)
    .insertInto('domain_changes')
    .values({
      id,
      organisation_id: change.organisationId,
      from_name: change.from,
      to_name: change.to,
      moves: JSON.stringify(change.moves),
      invitation_ids: [...change.invitationIds],
      applied_at: tx.clock.now(),
      applied_by: change.appliedBy,
      ends_at: change.endsAt,
    })
    .execute()
  return id
}

const changes = (tx: TxCtx, organisationId: OrganisationId) =>
  sqlOf(tx)
    .selectFrom('domain_changes')
    .leftJoin('members', 'members.id', 'domain_changes.applied_by')
    .selectAll('domain_changes')
    .select('members.name as by')
    .where('domain_changes.organisation_id', '=', organisationId)

type Found = Awaited<ReturnType<ReturnType<typeof changes>['execute']>>[number]

const movesOf = (row: Found): KeptMove[] => row.moves as KeptMove[]

const changeOf = (row: Found): DomainChange => ({
  id: row.id,
  from: row.from_name,
  to: row.to_name,
  moved: movesOf(row).length,
  invited: row.invitation_ids.length,
  appliedAt: row.applied_at.toISOString(),
  ...(row.applied_by === null || row.by === null ? {} : { appliedBy: { id: row.applied_by as AgentId, name: row.by } }),
  endsAt: row.ends_at.toISOString(),
  ...(row.undone_at === null ? {} : { undoneAt: row.undone_at.toISOString() }),
})

/** The newest first. */
export async function listDomainChanges(tx: TxCtx, organisationId: OrganisationId): Promise<DomainChange[]> {
  const rows = await changes(tx, organisationId).orderBy('domain_changes.applied_at', 'desc').limit(20).execute()
  return rows.map(changeOf)
}

export type HeldChange = { change: DomainChange; moves: KeptMove[]; invitationIds: string[] }

export async function lockDomainChange(
  tx: TxCtx,
  { organisationId, id }: { organisationId: OrganisationId; id: string },
): Promise<HeldChange | undefined> {
  const row = await changes(tx, organisationId)
    .where('domain_changes.id', '=', id)
    .forUpdate('domain_changes')
    .executeTakeFirst()
  return row && { change: changeOf(row), moves: movesOf(row), invitationIds: row.invitation_ids }
}

export async function markChangeUndone(tx: TxCtx, id: string): Promise<void> {
  await sqlOf(tx).updateTable('domain_changes').set({ undone_at: tx.clock.now() }).where('id', '=', id).execute()
}

/** Of these invitations, those that nobody has accepted yet. */
export async function revokeInvitations(
  tx: TxCtx,
  organisationId: OrganisationId,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return
  await sqlOf(tx)
    .updateTable('invitations')
    .set({ revoked_at: tx.clock.now() })
    .where('organisation_id', '=', organisationId)
    .where('id', 'in', [...ids])
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute()
}
