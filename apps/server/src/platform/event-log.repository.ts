import { type EventName, events } from '@clew/contract/events'
import { sql } from 'kysely'
import { type Db, sqlOf } from './sql.ts'

/** The place of an event. Ordered by epoch, then the transaction that wrote it, then its id. */
export type Place = { epoch: number; xid: string; id: string }

export type LoggedEvent = { place: Place; name: EventName; payload: unknown; contactId: string | null; at: Date }

export type EventDraft = { epoch: number; name: EventName; payload: unknown; at: Date }

type Tx = { db: Db }

export async function appendEvents(tx: Tx, drafts: readonly EventDraft[]): Promise<void> {
  await sqlOf(tx)
    .insertInto('events')
    .values(
      drafts.map(({ epoch, name, payload, at }) => {
        const parsed = events[name].parse(payload)
        return {
          epoch,
          name,
          payload: JSON.stringify(parsed),
          contact_id: 'contactId' in parsed ? parsed.contactId : null,
          at,
        }
      }),
    )
    .execute()
}

/** What was read, and whether more is committed that an older open transaction still holds back. */
export type LogRead = { events: LoggedEvent[]; hasUnsettled: boolean }

/**
 * Events after a place, oldest first, as far as they are settled: an event counts only when every transaction older
 * than its own has ended, so no reader can pass over one that commits late. The end of that older one notifies nobody,
 * so a reader that is told of unsettled events looks again by itself.
 */
export async function listEventsAfter(tx: Tx, after: Place, limit: number): Promise<LogRead> {
  const rows = await sqlOf(tx)
    .selectFrom('events')
    .select(['id', 'epoch', 'xid', 'name', 'payload', 'contact_id', 'at'])
    .select(
      sql<boolean>`epoch < (SELECT epoch FROM installation) OR xid < pg_snapshot_xmin(pg_current_snapshot())`.as(
        'is_settled',
      ),
    )
    .where(sql<boolean>`(epoch, xid, id) > (${after.epoch}::int, ${after.xid}::xid8, ${after.id}::bigint)`)
    .orderBy('epoch')
    .orderBy('xid')
    .orderBy('id')
    .limit(limit)
    .execute()
  // In the order of places, all that is settled comes first.
  const settled = rows.filter((row) => row.is_settled)
  const events = settled.map((row) => ({
    place: { epoch: row.epoch, xid: String(row.xid), id: String(row.id) },
    name: row.name as EventName,
    payload: row.payload,
    contactId: row.contact_id,
    at: row.at,
  }))
  return { events, hasUnsettled: settled.length < rows.length }
}

/** Where the log stands: behind everything that is settled, and behind everything that was pruned. */
export type LogState = { settled: Place; pruned: Place }

/**
 * Whoever reads the rows after asking for the settled place, and then follows the log from there, misses nothing.
 * Whoever comes back with a place before the pruned one may have missed something and reads everything again.
 */
export async function logState(tx: Tx): Promise<LogState> {
  const { rows } = await sql<{
    epoch: number
    xid: string
    pruned_epoch: number
    pruned_xid: string
    pruned_id: string
  }>`
    SELECT epoch, (pg_snapshot_xmin(pg_current_snapshot())::text::numeric - 1)::text AS xid,
           pruned_epoch, pruned_xid::text AS pruned_xid, pruned_id::text AS pruned_id
      FROM installation`.execute(sqlOf(tx))
  const row = rows[0]
  if (!row) throw new Error('the database did not say where the event log stands')
  return {
    settled: { epoch: row.epoch, xid: row.xid, id: '9223372036854775807' },
    pruned: { epoch: row.pruned_epoch, xid: row.pruned_xid, id: row.pruned_id },
  }
}

/** Deletes old events that every subscriber has passed, and notes how far. */
export async function pruneEvents(tx: Tx, before: Date): Promise<number> {
  const { rows } = await sql<{ deleted: number }>`
    WITH slowest AS (SELECT epoch, xid, event_id FROM subscriber_places ORDER BY epoch, xid, event_id LIMIT 1),
         gone AS (DELETE FROM events e USING slowest s
                   WHERE e.at < ${before} AND (e.epoch, e.xid, e.id) <= (s.epoch, s.xid, s.event_id)
                   RETURNING e.epoch, e.xid, e.id),
         last AS (SELECT epoch, xid, id FROM gone ORDER BY epoch DESC, xid DESC, id DESC LIMIT 1),
         noted AS (UPDATE installation SET pruned_epoch = last.epoch, pruned_xid = last.xid, pruned_id = last.id FROM last)
    SELECT count(*)::int AS deleted FROM gone`.execute(sqlOf(tx))
  return rows[0]?.deleted ?? 0
}
