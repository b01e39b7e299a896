import { type EventName, events } from '@clew/contract/events'
import { sql } from 'kysely'
import { compiled } from './compiled.ts'
import { laterPlace, type Place } from './place-order.ts'
import { type Db, sqlOf } from './sql.ts'

export type LoggedEvent = { place: Place; name: EventName; payload: unknown; contactId: string | null; at: Date }

export type EventDraft = { epoch: number; name: EventName; payload: object; at: Date }

type Tx = { db: Db }

/** An event as it will be written. Throws when the payload is not what the contract says. */
export const eventDraft = (draft: { epoch: number; name: EventName; payload: unknown; at: Date }): EventDraft => ({
  ...draft,
  payload: events[draft.name].parse(draft.payload),
})

/** In the order given. */
export async function appendEvents(tx: Tx, drafts: readonly EventDraft[]): Promise<void> {
  const append = appends.get(drafts.length) ?? appendOf(drafts.length)
  if (drafts.length <= maxKeptAppend) appends.set(drafts.length, append)
  const values: Record<string, unknown> = {}
  for (const [i, { payload, ...draft }] of drafts.entries()) {
    values[`epoch${i}`] = draft.epoch
    values[`name${i}`] = draft.name
    values[`payload${i}`] = JSON.stringify(payload)
    values[`contact${i}`] = 'contactId' in payload && typeof payload.contactId === 'string' ? payload.contactId : null
    values[`at${i}`] = draft.at
  }
  await append(tx, values)
}

const maxKeptAppend = 8
/** By how many events a transaction has said. */
const appends = new Map<number, ReturnType<typeof appendOf>>()

const appendOf = (count: number) =>
  compiled((db, values: Record<string, unknown>) =>
    db
      .insertInto('events')
      .values(
        Array.from({ length: count }, (_, i) => ({
          epoch: values[`epoch${i}`] as number,
          name: values[`name${i}`] as string,
          payload: values[`payload${i}`] as string,
          contact_id: values[`contact${i}`] as string,
          at: values[`at${i}`] as Date,
        })),
      )
      .compile(),
  )

/** What was read, and whether more is committed that an older open transaction still holds back. */
export type LogRead = { events: LoggedEvent[]; hasUnsettled: boolean }

export type LoggedRow = {
  id: string
  epoch: number
  xid: string
  name: string
  payload: unknown
  contact_id: string | null
  at: Date
  is_settled: boolean
}

/**
 * An event counts only when every transaction older than its own has ended, so no reader can pass over one that commits
 * late.
 */
export const loggedColumns = sql`id, epoch, xid, name, payload, contact_id, at,
  epoch < (SELECT epoch FROM installation) OR xid < pg_snapshot_xmin(pg_current_snapshot()) AS is_settled`

/** Of rows in the order of the log. */
export function readOf(rows: readonly LoggedRow[]): LogRead {
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

/**
 * Events after a place, oldest first, as far as they are settled. The end of an older transaction notifies nobody, so a
 * reader that is told of unsettled events looks again by itself.
 */
export async function listEventsAfter(tx: Tx, after: Place, limit: number): Promise<LogRead> {
  return readOf(await eventsAfter(tx, { ...after, limit }))
}

const eventsAfter = compiled((db, { epoch, xid, id, limit }: Place & { limit: number }) =>
  sql<LoggedRow>`
    SELECT ${loggedColumns} FROM events
     WHERE (epoch, xid, id) > (${epoch}::int, ${xid}::xid8, ${id}::bigint)
     ORDER BY epoch, xid, id LIMIT ${limit}`.compile(db),
)

/**
 * Where the log stands. `settled` is the place of the last event that no older one can follow, as far as this scope
 * sees; `pruned` the last that was deleted; `horizon` the first transaction that may still be under way.
 */
export type LogState = { settled: Place; pruned: Place; horizon: string }

/**
 * Whoever reads the rows after asking for the settled place, and then follows the log from there, misses nothing.
 * Whoever comes back with a place before the pruned one may have missed something and reads everything again. Only
 * places of events are given out: a transaction that left none may lose its number in a crash, and the next one that
 * gets it would be passed over.
 */
export async function logState(tx: Tx): Promise<LogState> {
  const [row] = await stateOfLog(tx, {})
  if (!row) throw new Error('the database did not say where the event log stands')
  const pruned = { epoch: row.pruned_epoch, xid: row.pruned_xid, id: row.pruned_id }
  const last = { epoch: row.last_epoch ?? 0, xid: row.last_xid ?? '0', id: row.last_id ?? '0' }
  const start = { epoch: row.epoch, xid: '0', id: '0' }
  return { settled: laterPlace(laterPlace(pruned, last), start), pruned, horizon: row.horizon }
}

const stateOfLog = compiled((db) =>
  sql<{
    epoch: number
    horizon: string
    pruned_epoch: number
    pruned_xid: string
    pruned_id: string
    last_epoch: number | null
    last_xid: string | null
    last_id: string | null
  }>`
    SELECT i.epoch, pg_snapshot_xmin(pg_current_snapshot())::text AS horizon,
           i.pruned_epoch, i.pruned_xid::text AS pruned_xid, i.pruned_id::text AS pruned_id,
           last.epoch AS last_epoch, last.xid::text AS last_xid, last.id::text AS last_id
      FROM installation i
      LEFT JOIN LATERAL (
        SELECT e.epoch, e.xid, e.id FROM events e
         WHERE e.epoch < i.epoch OR e.xid < pg_snapshot_xmin(pg_current_snapshot())
         ORDER BY e.epoch DESC, e.xid DESC, e.id DESC LIMIT 1) last ON true`.compile(db),
)

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
