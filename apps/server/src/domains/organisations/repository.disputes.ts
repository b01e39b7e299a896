import type { DomainId } from '@clew/contract/domains'
import type { OrganisationId } from '@clew/contract/primitives'
import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

export type DisputeRow = {
  id: string
  domainId: DomainId
  name: string
  provedAt: Date
  organisationId: OrganisationId
  organisationName: string
  members: number
}

/** One open claim for each domain; saying it again changes nothing. In the scope of the system. */
export async function openDispute(
  tx: TxCtx,
  claim: { domainId: DomainId; organisationId: OrganisationId },
): Promise<boolean> {
  const result = await sqlOf(tx)
    .insertInto('domain_disputes')
    .values({
      id: tx.ids.next(),
      domain_id: claim.domainId,
      organisation_id: claim.organisationId,
      proved_at: tx.clock.now(),
    })
    .onConflict((conflict) => conflict.column('domain_id').where('decided_at', 'is', null).doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0
}

/** Answers whether there was an open one. In the scope of the system. */
export async function closeDispute(tx: TxCtx, domainId: DomainId, decision: 'moved' | 'kept'): Promise<boolean> {
  const result = await sqlOf(tx)
    .updateTable('domain_disputes')
    .set({ decided_at: tx.clock.now(), decision })
    .where('domain_id', '=', domainId)
    .where('decided_at', 'is', null)
    .executeTakeFirst()
  return Number(result.numUpdatedRows) > 0
}

/** What waits for a decision, the oldest first. */
export async function listOpenDisputes(tx: TxCtx): Promise<DisputeRow[]> {
  const rows = await open(tx).orderBy('domain_disputes.proved_at').limit(200).execute()
  return rows.map(disputeOf)
}

export async function findOpenDispute(tx: TxCtx, id: string): Promise<DisputeRow | undefined> {
  const row = await open(tx).where('domain_disputes.id', '=', id).executeTakeFirst()
  return row && disputeOf(row)
}

const open = (tx: TxCtx) =>
  sqlOf(tx)
    .selectFrom('domain_disputes')
    .innerJoin('domains', 'domains.id', 'domain_disputes.domain_id')
    .innerJoin('organisations', 'organisations.id', 'domain_disputes.organisation_id')
    .select([
      'domain_disputes.id',
      'domain_disputes.domain_id',
      'domain_disputes.proved_at',
      'domain_disputes.organisation_id',
      'domains.name',
      'organisations.name as organisation_name',
      membersOf(sql.ref('domain_disputes.organisation_id')).as('members'),
    ])
    .where('domain_disputes.decided_at', 'is', null)

type Found = Awaited<ReturnType<ReturnType<typeof open>['execute']>>[number]

const disputeOf = (row: Found): DisputeRow => ({
  id: row.id,
  domainId: row.domain_id as DomainId,
  name: row.name,
  provedAt: row.proved_at,
  organisationId: row.organisation_id as OrganisationId,
  organisationName: row.organisation_name,
  members: row.members,
})

function membersOf(organisation: ReturnType<typeof sql.ref>) {
  return sql<number>`(SELECT count(*)::int FROM members m WHERE m.organisation_id = ${organisation} AND m.removed_at IS NULL)`
}

/** The names of organisations, and how many people each has. */
export async function listHolders(
  tx: TxCtx,
  ids: readonly OrganisationId[],
): Promise<Map<OrganisationId, { name: string; members: number }>> {
  if (ids.length === 0) return new Map()
  const rows = await sqlOf(tx)
    .selectFrom('organisations')
    .select(['organisations.id', 'organisations.name', membersOf(sql.ref('organisations.id')).as('members')])
    .where('organisations.id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, name, members }) => [id as OrganisationId, { name, members }]))
}
