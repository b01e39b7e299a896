import { sql } from 'kysely'
import { compiled } from './compiled.ts'
import { type LoggedRow, type LogRead, loggedColumns, readOf } from './event-log.repository.ts'
import type { Place } from './place-order.ts'
import { type Db, sqlOf } from './sql.ts'

type Tx = { db: Db }

export type SubscriberPlace = { place: Place; attempts: number; retryAt: Date | null }

/** Subscribers seen for the first time start at the beginning of the log. */
export async function ensurePlaces(tx: Tx, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  await sqlOf(tx)
    .insertInto('subscriber_places')
    .values(names.map((name) => ({ name, epoch: 0, xid: '0', event_id: 0 })))
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
}

/** Who has not reached the end of the log, be it settled or not. */
export async function listBehind(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    SELECT p.name FROM subscriber_places p
     WHERE EXISTS (SELECT 1 FROM events e WHERE (e.epoch, e.xid, e.id) > (p.epoch, p.xid, p.event_id))`.execute(
    sqlOf(tx),
  )
  return rows.map(({ name }) => name)
}

/** That nothing after `from` up to and with `to` concerns the subscriber. */
export type Passed = { name: string; from: Place; to: Place }

/**
 * Moves those who stand between the two and answers who is there or beyond. Left alone is who stands elsewhere, waits
 * before it tries again, or is at work in some process.
 */
export async function movePassed(tx: Tx, passed: readonly Passed[]): Promise<Set<string>> {
  const names = passed.map(({ name }) => name)
  const { rows } = await sql<{ name: string }>`
    WITH passed AS (
      SELECT * FROM unnest(${names}::text[],
        ${passed.map(({ from }) => from.epoch)}::int[], ${passed.map(({ from }) => from.xid)}::xid8[],
        ${passed.map(({ from }) => from.id)}::bigint[],
        ${passed.map(({ to }) => to.epoch)}::int[], ${passed.map(({ to }) => to.xid)}::xid8[],
        ${passed.map(({ to }) => to.id)}::bigint[])
        AS t (name, from_epoch, from_xid, from_id, to_epoch, to_xid, to_id)),
    held AS (
      SELECT s.name FROM subscriber_places s JOIN passed USING (name)
       WHERE s.retry_at IS NULL AND (s.epoch, s.xid, s.event_id) >= (from_epoch, from_xid, from_id)
         AND (s.epoch, s.xid, s.event_id) < (to_epoch, to_xid, to_id)
         FOR UPDATE OF s SKIP LOCKED),
    moved AS (
      UPDATE subscriber_places s SET epoch = to_epoch, xid = to_xid, event_id = to_id
        FROM passed JOIN held USING (name) WHERE s.name = passed.name RETURNING s.name)
    SELECT name FROM moved
    UNION ALL
    SELECT s.name FROM subscriber_places s JOIN passed USING (name)
     WHERE (s.epoch, s.xid, s.event_id) >= (to_epoch, to_xid, to_id)`.execute(sqlOf(tx))
  return new Set(rows.map(({ name }) => name))
}

/** Holds the subscriber's place, or answers undefined when another process holds it. */
export async function lockPlace(tx: Tx, name: string): Promise<SubscriberPlace | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('subscriber_places')
    .selectAll()
    .where('name', '=', name)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  return row && subscriberPlace(row)
}

/** The same, and the events after it, unless the subscriber waits before it tries again. */
export async function lockAndRead(
  tx: Tx,
  name: string,
  { now, limit }: { now: Date; limit: number },
): Promise<{ held: SubscriberPlace; read: LogRead } | undefined> {
  const rows = await placeAndEvents(tx, { name, now, limit })
  const first = rows[0]
  if (!first) return undefined
  const place = { epoch: first.held_epoch, xid: first.held_xid, event_id: first.held_id }
  return {
    held: subscriberPlace({ ...place, attempts: first.attempts, retry_at: first.retry_at }),
    read: readOf(rows.filter(({ id }) => id !== null)),
  }
}

const placeAndEvents = compiled((db, { name, now, limit }: { name: string; now: Date; limit: number }) =>
  sql<HeldRow & LoggedRow>`
    WITH held AS MATERIALIZED (
      SELECT epoch AS held_epoch, xid AS held_xid, event_id AS held_id, attempts, retry_at
        FROM subscriber_places WHERE name = ${name} FOR UPDATE SKIP LOCKED)
    SELECT held.*, log.* FROM held
      LEFT JOIN LATERAL (
        SELECT ${loggedColumns} FROM events
         WHERE (epoch, xid, id) > (held_epoch, held_xid, held_id) AND (retry_at IS NULL OR retry_at <= ${now})
         ORDER BY epoch, xid, id LIMIT ${limit}) log ON true
     ORDER BY log.epoch, log.xid, log.id`.compile(db),
)

type HeldRow = {
  held_epoch: number
  held_xid: string
  held_id: string
  attempts: number
  retry_at: Date | null
}

type PlaceRow = { epoch: number; xid: string; event_id: string | number; attempts: number; retry_at: Date | null }

const subscriberPlace = (row: PlaceRow): SubscriberPlace => ({
  place: { epoch: row.epoch, xid: String(row.xid), id: String(row.event_id) },
  attempts: row.attempts,
  retryAt: row.retry_at,
})

export async function movePlace(tx: Tx, name: string, place: Place): Promise<void> {
  await placeMoved(tx, { name, ...place })
}

const placeMoved = compiled((db, { name, epoch, xid, id }: Place & { name: string }) =>
  db
    .updateTable('subscriber_places')
    .set({ epoch, xid, event_id: id, attempts: 0, retry_at: null, last_error: null })
    .where('name', '=', name)
    .compile(),
)

export async function noteFailure(
  tx: Tx,
  name: string,
  failure: { attempts: number; retryAt: Date; error: string },
): Promise<void> {
  await sqlOf(tx)
    .updateTable('subscriber_places')
    .set({ attempts: failure.attempts, retry_at: failure.retryAt, last_error: failure.error })
    .where('name', '=', name)
    .execute()
}

export async function parkEvent(
  tx: Tx,
  parked: { subscriber: string; eventId: string; error: string; at: Date },
): Promise<void> {
  await sqlOf(tx)
    .insertInto('parked_events')
    .values({ subscriber: parked.subscriber, event_id: parked.eventId, error: parked.error, parked_at: parked.at })
    .onConflict((conflict) => conflict.columns(['subscriber', 'event_id']).doNothing())
    .execute()
}

/** How far the slowest subscriber is behind, in settled events. */
export async function dispatchLag(tx: Tx): Promise<{ subscriber: string; behind: number; parked: number }[]> {
  const { rows } = await sql<{ subscriber: string; behind: number; parked: number }>`
    SELECT p.name AS subscriber,
           (SELECT count(*)::int FROM (SELECT 1 FROM events e WHERE (e.epoch, e.xid, e.id) > (p.epoch, p.xid, p.event_id) LIMIT 10000) t) AS behind,
           (SELECT count(*)::int FROM parked_events k WHERE k.subscriber = p.name) AS parked
      FROM subscriber_places p ORDER BY p.name`.execute(sqlOf(tx))
  return rows
}
