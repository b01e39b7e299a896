import type { OrganisationId } from '@clew/contract/primitives'
import { type Selectable, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { LegalHolds } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'

export type HoldRow = {
  id: string
  organisationId: OrganisationId
  name: string
  reason: string
  since: Date | undefined
  everything: boolean
  memberIds: string[]
  groupIds: string[]
  /** Who was meant when it was placed: the members, and those of the groups. */
  heldMembers: string[]
  addresses: string[]
  heldAddresses: string[]
  conversationIds: string[]
  conversationNumbers: number[]
  placedBy: string | undefined
  placedAt: Date
  agreedBy: string | undefined
  agreedAt: Date | undefined
  releasedBy: string | undefined
  releasedAt: Date | undefined
  releaseReason: string | undefined
}

const holdOf = (row: Selectable<LegalHolds>): HoldRow => ({
  id: row.id,
  organisationId: row.organisation_id as OrganisationId,
  name: row.name,
  reason: row.reason,
  since: row.since ?? undefined,
  everything: row.everything,
  memberIds: row.member_ids,
  groupIds: row.group_ids,
  heldMembers: row.held_members,
  addresses: row.addresses,
  heldAddresses: row.held_addresses,
  conversationIds: row.conversation_ids,
  conversationNumbers: row.conversation_numbers,
  placedBy: row.placed_by ?? undefined,
  placedAt: row.placed_at,
  agreedBy: row.agreed_by ?? undefined,
  agreedAt: row.agreed_at ?? undefined,
  releasedBy: row.released_by ?? undefined,
  releasedAt: row.released_at ?? undefined,
  releaseReason: row.release_reason ?? undefined,
})

const keyOf = (organisationId: OrganisationId) => sql`hashtextextended(${`holds ${organisationId}`}, 30)`

/**
 * Taken by whoever places a hold or changes how long something is kept: waits until nobody deletes, and nobody begins
 * to until the transaction has ended.
 */
export async function lockHolds(tx: TxCtx, organisationId: OrganisationId): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${keyOf(organisationId)})`.execute(sqlOf(tx))
}

/**
 * Taken by whoever deletes, before they look what is held and before they hold any row: whoever places a hold waits for
 * them, and they wait for whoever does. Of those who delete from one organisation each waits for the one before, since
 * what hangs on a conversation is reached in more than one order.
 */
export async function lockDeleting(
  tx: TxCtx,
  { owners, holders }: { owners: readonly OrganisationId[]; holders: readonly OrganisationId[] },
): Promise<void> {
  for (const id of inOrder([...owners, ...holders]))
    await sql`SELECT pg_advisory_xact_lock_shared(${keyOf(id)})`.execute(sqlOf(tx))
  for (const id of inOrder(owners))
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`deleting ${id}`}, 30))`.execute(sqlOf(tx))
}

const inOrder = (ids: readonly OrganisationId[]): OrganisationId[] => [...new Set(ids)].sort()

/** Newest first; the active ones before those that were released. */
export async function listHolds(
  tx: TxCtx,
  organisationIds: readonly OrganisationId[],
  { activeOnly = false }: { activeOnly?: boolean } = {},
): Promise<HoldRow[]> {
  let query = sqlOf(tx)
    .selectFrom('legal_holds')
    .selectAll()
    .where('organisation_id', 'in', [...organisationIds])
    .orderBy(sql`released_at IS NOT NULL`)
    .orderBy('placed_at', 'desc')
    .limit(500)
  if (activeOnly) query = query.where('released_at', 'is', null)
  return (await query.execute()).map(holdOf)
}

export async function lockHold(tx: TxCtx, organisationId: OrganisationId, id: string): Promise<HoldRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('legal_holds')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && holdOf(row)
}

export type NewHold = Omit<
  HoldRow,
  'placedAt' | 'agreedBy' | 'agreedAt' | 'releasedBy' | 'releasedAt' | 'releaseReason'
>

export async function insertHold(tx: TxCtx, hold: NewHold): Promise<void> {
  await sqlOf(tx)
    .insertInto('legal_holds')
    .values({
      id: hold.id,
      organisation_id: hold.organisationId,
      name: hold.name,
      reason: hold.reason,
      since: hold.since ?? null,
      everything: hold.everything,
      member_ids: hold.memberIds,
      group_ids: hold.groupIds,
      held_members: hold.heldMembers,
      addresses: hold.addresses,
      held_addresses: hold.heldAddresses,
      conversation_ids: hold.conversationIds,
      conversation_numbers: hold.conversationNumbers,
      placed_by: hold.placedBy ?? null,
      placed_at: tx.clock.now(),
    })
    .execute()
}

export async function setAgreed(tx: TxCtx, id: string, by: string): Promise<void> {
  await sqlOf(tx)
    .updateTable('legal_holds')
    .set({ agreed_by: by, agreed_at: tx.clock.now() })
    .where('id', '=', id)
    .execute()
}

export async function setReleased(
  tx: TxCtx,
  id: string,
  { by, reason }: { by: string; reason: string },
): Promise<void> {
  await sqlOf(tx)
    .updateTable('legal_holds')
    .set({ released_by: by, released_at: tx.clock.now(), release_reason: reason })
    .where('id', '=', id)
    .execute()
}
