import type { DomainId, DomainState } from '@clew/contract/domains'
import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import { type Selectable, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { Domains } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { DomainRow, LookChange } from './model.domains.ts'

export const domainOf = (row: Selectable<Domains>): DomainRow => ({
  id: row.id as DomainId,
  organisationId: row.organisation_id as OrganisationId,
  name: row.name,
  token: row.token,
  state: row.state as DomainState,
  coversSubdomains: row.covers_subdomains,
  joinsByItself: row.joins_by_itself,
  createdAt: row.created_at,
  offerEndsAt: row.offer_ends_at,
  verifiedAt: row.verified_at ?? undefined,
  checkedAt: row.checked_at ?? undefined,
  nextCheckAt: row.next_check_at ?? undefined,
  provedAt: row.proved_at ?? undefined,
  lostAt: row.lost_at ?? undefined,
  lastAnswer: row.last_answer ?? undefined,
})

export type NewDomain = Pick<
  DomainRow,
  'id' | 'organisationId' | 'name' | 'token' | 'coversSubdomains' | 'joinsByItself' | 'offerEndsAt'
>

/** Answers whether it was added: an organisation has a name once. */
export async function insertDomain(tx: TxCtx, domain: NewDomain): Promise<boolean> {
  const now = tx.clock.now()
  const result = await sqlOf(tx)
    .insertInto('domains')
    .values({
      id: domain.id,
      organisation_id: domain.organisationId,
      name: domain.name,
      token: domain.token,
      state: 'waiting',
      covers_subdomains: domain.coversSubdomains,
      joins_by_itself: domain.joinsByItself,
      created_at: now,
      offer_ends_at: domain.offerEndsAt,
      next_check_at: now,
    })
    .onConflict((conflict) => conflict.columns(['organisation_id', 'name']).doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0
}

export async function listDomains(tx: TxCtx, organisationId: OrganisationId): Promise<DomainRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('domains')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .orderBy('name')
    .execute()
  return rows.map(domainOf)
}

type Place = { id: DomainId; organisationId: OrganisationId }

export async function lockDomain(tx: TxCtx, { id, organisationId }: Place): Promise<DomainRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('domains')
    .selectAll()
    .where('id', '=', id)
    .where('organisation_id', '=', organisationId)
    .forUpdate()
    .executeTakeFirst()
  return row && domainOf(row)
}

export async function setTicks(
  tx: TxCtx,
  { id, organisationId }: Place,
  ticks: { coversSubdomains: boolean; joinsByItself: boolean },
): Promise<void> {
  await sqlOf(tx)
    .updateTable('domains')
    .set({ covers_subdomains: ticks.coversSubdomains, joins_by_itself: ticks.joinsByItself })
    .where('id', '=', id)
    .where('organisation_id', '=', organisationId)
    .execute()
}

/** A new offer for one that ran out: from the beginning, with a new text. */
export async function renewOffer(
  tx: TxCtx,
  { id, organisationId }: Place,
  { token, offerEndsAt }: { token: string; offerEndsAt: Date },
): Promise<void> {
  const now = tx.clock.now()
  await sqlOf(tx)
    .updateTable('domains')
    .set({
      token,
      state: 'waiting',
      created_at: now,
      offer_ends_at: offerEndsAt,
      next_check_at: now,
      verified_at: null,
      lost_at: null,
      proved_at: null,
      last_answer: null,
    })
    .where('id', '=', id)
    .where('organisation_id', '=', organisationId)
    .execute()
}

export async function deleteDomain(tx: TxCtx, { id, organisationId }: Place): Promise<void> {
  await sqlOf(tx).deleteFrom('domains').where('id', '=', id).where('organisation_id', '=', organisationId).execute()
}

/** Puts down what a look has found. In the scope of the system. */
export async function updateAfterLook(tx: TxCtx, id: DomainId, change: LookChange): Promise<void> {
  await sqlOf(tx)
    .updateTable('domains')
    .set({
      state: change.state,
      checked_at: change.checkedAt ?? null,
      next_check_at: change.nextCheckAt ?? null,
      verified_at: change.verifiedAt ?? null,
      proved_at: change.provedAt ?? null,
      lost_at: change.lostAt ?? null,
      last_answer: change.lastAnswer ?? null,
    })
    .where('id', '=', id)
    .execute()
}

/** Whoever decides about this name, or about one above or below it, waits for the others who do. */
export async function lockNames(tx: TxCtx, registrable: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`domain:${registrable}`}, 0))`.execute(sqlOf(tx))
}

/** Domains of these names that count at present, whoever has them. In the scope of the system. */
export async function listCounting(tx: TxCtx, names: readonly string[]): Promise<DomainRow[]> {
  if (names.length === 0) return []
  const rows = await sqlOf(tx)
    .selectFrom('domains')
    .selectAll()
    .where('name', 'in', [...names])
    .where('state', 'in', ['verified', 'lost'])
    .execute()
  return rows.map(domainOf)
}

/** Those whose time has come, taken so that no other process takes them for a while. In the scope of the system. */
export async function takeDue(tx: TxCtx, { most, untilMs }: { most: number; untilMs: number }): Promise<DomainRow[]> {
  const now = tx.clock.now()
  const rows = await sqlOf(tx)
    .updateTable('domains')
    .set({ next_check_at: new Date(now.getTime() + untilMs) })
    .where('id', 'in', (query) =>
      query
        .selectFrom('domains')
        .select('id')
        .where('next_check_at', '<=', now)
        .orderBy('next_check_at')
        .limit(most)
        .forUpdate()
        .skipLocked(),
    )
    .returningAll()
    .execute()
  return rows.map(domainOf)
}

/** How many members have addresses at each of these domains, and below those that cover what is below. */
export async function countMembersAt(tx: TxCtx, rows: readonly DomainRow[]): Promise<Map<DomainId, number>> {
  if (rows.length === 0) return new Map()
  const found = await sqlOf(tx)
    .selectFrom('domains')
    .innerJoin('members', 'members.organisation_id', 'domains.organisation_id')
    .select(['domains.id', ({ fn }) => fn.countAll<string>().as('count')])
    .where(
      'domains.id',
      'in',
      rows.map(({ id }) => id),
    )
    .where('members.removed_at', 'is', null)
    .where('members.deactivated_at', 'is', null)
    .where(isAt)
    .groupBy('domains.id')
    .execute()
  return new Map(found.map(({ id, count }) => [id as DomainId, Number(count)]))
}

/** Who has an address at the domain. */
export async function listMemberIdsAt(tx: TxCtx, { id }: DomainRow): Promise<MemberId[]> {
  const found = await sqlOf(tx)
    .selectFrom('domains')
    .innerJoin('members', 'members.organisation_id', 'domains.organisation_id')
    .select('members.id')
    .where('domains.id', '=', id)
    .where('members.removed_at', 'is', null)
    .where('members.deactivated_at', 'is', null)
    .where(isAt)
    .execute()
  return found.map((row) => row.id as MemberId)
}

const isAt = sql<boolean>`(lower(split_part(members.email, '@', 2)) = domains.name
  OR (domains.covers_subdomains AND lower(split_part(members.email, '@', 2)) LIKE '%.' || domains.name))`

/** Who is told when a domain is lost: those who run the organisation. */
export async function listOwners(
  tx: TxCtx,
  organisationId: OrganisationId,
): Promise<{ id: string; email: string; locale: string; organisation: string }[]> {
  return sqlOf(tx)
    .selectFrom('members')
    .innerJoin('organisations', 'organisations.id', 'members.organisation_id')
    .select(['members.id', 'members.email', 'members.locale', 'organisations.name as organisation'])
    .where('members.organisation_id', '=', organisationId)
    .where('members.role', 'in', ['owner', 'admin'])
    .where('members.removed_at', 'is', null)
    .where('members.deactivated_at', 'is', null)
    .orderBy('members.id')
    .limit(50)
    .execute()
}
