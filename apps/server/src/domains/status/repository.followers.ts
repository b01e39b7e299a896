import type { ConversationId, IncidentId, Locale } from '@clew/contract/primitives'
import { type Selectable, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { StatusFollowers } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { FollowerRow } from './model.followers.ts'

const followerOf = (row: Selectable<StatusFollowers>): FollowerRow => ({
  id: row.id,
  incidentId: row.incident_id as IncidentId,
  via:
    row.email === null
      ? { conversationId: row.conversation_id as ConversationId }
      : { email: row.email, locale: row.locale as Locale },
  everyUpdate: row.every_update,
  tokenExpiresAt: row.token_expires_at ?? undefined,
  confirmedAt: row.confirmed_at ?? undefined,
  endedAt: row.ended_at ?? undefined,
})

/** A conversation follows from now on. Answers false when it did before. */
export async function insertConversationFollower(
  tx: TxCtx,
  about: { incidentId: IncidentId; conversationId: ConversationId; everyUpdate: boolean },
): Promise<boolean> {
  const now = tx.clock.now()
  const result = await sqlOf(tx)
    .insertInto('status_followers')
    .values({
      id: tx.ids.next(),
      incident_id: about.incidentId,
      conversation_id: about.conversationId,
      every_update: about.everyUpdate,
      confirmed_at: now,
      created_at: now,
    })
    .onConflict((conflict) => conflict.columns(['incident_id', 'conversation_id']).doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0
}

export async function findFollowerByEmail(
  tx: TxCtx,
  incidentId: IncidentId,
  email: string,
): Promise<FollowerRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('status_followers')
    .selectAll()
    .where('incident_id', '=', incidentId)
    .where('email', '=', email)
    .executeTakeFirst()
  return row && followerOf(row)
}

export type AskedFollower = {
  incidentId: IncidentId
  email: string
  locale: Locale
  everyUpdate: boolean
  tokenHash: Buffer
  tokenExpiresAt: Date
}

/** Somebody asked for an address that does not follow yet. Only the latest token counts. */
export async function putAskedFollower(tx: TxCtx, asked: AskedFollower): Promise<void> {
  const changed = {
    locale: asked.locale,
    every_update: asked.everyUpdate,
    token_hash: asked.tokenHash,
    token_expires_at: asked.tokenExpiresAt,
  }
  await sqlOf(tx)
    .insertInto('status_followers')
    .values({
      id: tx.ids.next(),
      incident_id: asked.incidentId,
      email: asked.email,
      ...changed,
      created_at: tx.clock.now(),
    })
    .onConflict((conflict) => conflict.columns(['incident_id', 'email']).doUpdateSet(changed))
    .execute()
}

/** By the token of the mail that asks for the confirmation, held until the transaction ends. */
export async function lockFollowerByToken(tx: TxCtx, tokenHash: Buffer): Promise<FollowerRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('status_followers')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .forUpdate()
    .executeTakeFirst()
  return row && followerOf(row)
}

/** By the token of a mail that told of an update. */
export async function lockFollowerByNotice(tx: TxCtx, unfollowHash: Buffer): Promise<FollowerRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('status_followers')
    .selectAll()
    .where('id', 'in', (query) =>
      query.selectFrom('status_notices').select('follower_id').where('unfollow_hash', '=', unfollowHash),
    )
    .forUpdate()
    .executeTakeFirst()
  return row && followerOf(row)
}

export async function setFollowing(tx: TxCtx, id: string, isFollowing: boolean): Promise<void> {
  const now = tx.clock.now()
  await sqlOf(tx)
    .updateTable('status_followers')
    .set(isFollowing ? { confirmed_at: now, ended_at: null } : { ended_at: now })
    .where('id', '=', id)
    .execute()
}

type Telling = { incidentId: IncidentId; updateId: string; onlyEveryUpdate: boolean; limit: number }

/** Those who follow and were not told of the update. */
export async function listUntold(
  tx: TxCtx,
  { incidentId, updateId, onlyEveryUpdate, limit }: Telling,
): Promise<FollowerRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('status_followers')
    .selectAll()
    .where('incident_id', '=', incidentId)
    .where('confirmed_at', 'is not', null)
    .where('ended_at', 'is', null)
    .$if(onlyEveryUpdate, (query) => query.where('every_update', '=', true))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('status_notices')
            .select('follower_id')
            .whereRef('follower_id', '=', 'status_followers.id')
            .where('update_id', '=', updateId),
        ),
      ),
    )
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(followerOf)
}

/** Notes that a follower is told of an update. Answers false when that was so before. */
export async function insertNotice(
  tx: TxCtx,
  notice: { followerId: string; updateId: string; unfollowHash: Buffer | undefined },
): Promise<boolean> {
  const result = await sqlOf(tx)
    .insertInto('status_notices')
    .values({
      follower_id: notice.followerId,
      update_id: notice.updateId,
      unfollow_hash: notice.unfollowHash ?? null,
      at: tx.clock.now(),
    })
    .onConflict((conflict) => conflict.columns(['follower_id', 'update_id']).doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0
}

/** Counts a request for an address; of many at once each is counted before the next. Answers how many there were since. */
export async function countRequest(tx: TxCtx, emailHash: Buffer, since: Date): Promise<number> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(encode(${emailHash}::bytea, 'hex'), 18))`.execute(sqlOf(tx))
  const { count } = await sqlOf(tx)
    .selectFrom('status_follow_requests')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('email_hash', '=', emailHash)
    .where('at', '>', since)
    .executeTakeFirstOrThrow()
  await sqlOf(tx)
    .insertInto('status_follow_requests')
    .values({ id: tx.ids.next(), email_hash: emailHash, at: tx.clock.now() })
    .execute()
  return Number(count)
}

/** Forgets requests of before, addresses that nobody confirmed, and followers of what has been over for long. */
export async function deleteOldFollowing(
  tx: TxCtx,
  before: { requests: Date; tokens: Date; resolved: Date },
): Promise<void> {
  const db = sqlOf(tx)
  await db.deleteFrom('status_follow_requests').where('at', '<', before.requests).execute()
  await db
    .deleteFrom('status_followers')
    .where('confirmed_at', 'is', null)
    .where('token_expires_at', '<', before.tokens)
    .execute()
  await db
    .deleteFrom('status_followers')
    .where('incident_id', 'in', (query) =>
      query.selectFrom('incidents').select('id').where('resolved_at', '<', before.resolved),
    )
    .execute()
}

export async function deleteFollowerOf(tx: TxCtx, conversationId: ConversationId): Promise<void> {
  await sqlOf(tx).deleteFrom('status_followers').where('conversation_id', '=', conversationId).execute()
}
