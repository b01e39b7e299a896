import type { LookupFailure, RequestRecord } from '@clew/contract/connectors'
import type { ContactId, ConversationId } from '@clew/contract/primitives'
import type { Selectable } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { RequestLookups } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { LookupOutcome, LookupRow } from './model.connector.ts'

const rowOf = (row: Selectable<RequestLookups>): LookupRow => ({
  id: row.id,
  conversationId: row.conversation_id as ConversationId,
  contactId: row.contact_id as ContactId,
  requestId: row.request_id,
  askedByName: row.asked_by_name ?? undefined,
  askedAt: row.asked_at,
  attempts: row.attempts,
  outcome: outcomeOf(row),
  lookedAt: row.looked_at ?? undefined,
})

function outcomeOf({ state, record, failure, status }: Selectable<RequestLookups>): LookupRow['outcome'] {
  if (state === 'found') return { state, record: record as RequestRecord }
  if (state === 'failed') return { state, failure: failure as LookupFailure, ...(status === null ? {} : { status }) }
  return { state: state as 'waiting' | 'not_found' }
}

export async function listLookups(tx: TxCtx, conversationId: ConversationId): Promise<LookupRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('request_lookups')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .orderBy('id')
    .execute()
  return rows.map(rowOf)
}

export async function lockLookup(tx: TxCtx, id: string): Promise<LookupRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('request_lookups')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && rowOf(row)
}

export type NewLookup = {
  id: string
  conversationId: ConversationId
  contactId: ContactId
  requestId: string
  askedByName: string | undefined
}

/** Puts the id in line, once more where it was asked for before. Answers with the row's own id. */
export async function beginLookup(tx: TxCtx, lookup: NewLookup): Promise<string> {
  const asked = {
    state: 'waiting',
    asked_by_name: lookup.askedByName ?? null,
    asked_at: tx.clock.now(),
    attempts: 0,
    failure: null,
    status: null,
    record: null,
    fresh_until: null,
  }
  const { id } = await sqlOf(tx)
    .insertInto('request_lookups')
    .values({
      id: lookup.id,
      conversation_id: lookup.conversationId,
      contact_id: lookup.contactId,
      request_id: lookup.requestId,
      ...asked,
    })
    .onConflict((conflict) => conflict.columns(['conversation_id', 'request_id']).doUpdateSet(asked))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function noteAttempt(tx: TxCtx, id: string, attempts: number): Promise<void> {
  await sqlOf(tx).updateTable('request_lookups').set({ attempts }).where('id', '=', id).execute()
}

export type Ending = { outcome: LookupOutcome; lookedAt: Date; freshUntil: Date | undefined }

export async function endLookup(tx: TxCtx, id: string, { outcome, lookedAt, freshUntil }: Ending): Promise<void> {
  await sqlOf(tx)
    .updateTable('request_lookups')
    .set({
      state: outcome.state,
      record: outcome.state === 'found' ? JSON.stringify(outcome.record) : null,
      failure: outcome.state === 'failed' ? outcome.failure : null,
      status: outcome.state === 'failed' ? (outcome.status ?? null) : null,
      looked_at: lookedAt,
      fresh_until: freshUntil ?? null,
    })
    .where('id', '=', id)
    .execute()
}

/** What was learnt about the id lately, on whichever case. */
export async function findFresh(tx: TxCtx, requestId: string): Promise<Ending | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('request_lookups')
    .selectAll()
    .where('request_id', '=', requestId)
    .where('fresh_until', '>', tx.clock.now())
    .orderBy('fresh_until', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return undefined
  const { outcome, lookedAt } = rowOf(row)
  return outcome.state === 'waiting' || lookedAt === undefined
    ? undefined
    : { outcome, lookedAt, freshUntil: row.fresh_until ?? undefined }
}

/** What was learnt elsewhere is worth nothing any more. */
export async function forgetFresh(tx: TxCtx): Promise<void> {
  await sqlOf(tx)
    .updateTable('request_lookups')
    .set({ fresh_until: null })
    .where('fresh_until', 'is not', null)
    .execute()
}
