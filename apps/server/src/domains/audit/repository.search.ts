import type { AuditFilter } from '@clew/contract/audit'
import type { OrganisationId } from '@clew/contract/primitives'
import { fold } from '@clew/text'
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { DB } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import { type StoredLink, withPersonal } from './repository.ts'

export type Search = { filter: AuditFilter; before?: number | undefined; limit: number }

/** The newest first. */
export async function searchEvents(tx: TxCtx, organisationId: OrganisationId, search: Search): Promise<StoredLink[]> {
  const rows = await matching(tx, organisationId, search.filter)
    .select(['e.id', 'e.seq', 'e.body', 'e.prev_hash', 'e.hash'])
    .$if(search.before !== undefined, (query) => query.where('e.seq', '<', String(search.before)))
    .orderBy('e.seq', 'desc')
    .limit(search.limit)
    .execute()
  return withPersonal(tx, organisationId, rows)
}

/** Upwards from a number, for what is written out. */
export async function searchForwards(
  tx: TxCtx,
  organisationId: OrganisationId,
  search: { filter: AuditFilter; after: number; upTo: number; limit: number },
): Promise<StoredLink[]> {
  const rows = await matching(tx, organisationId, search.filter)
    .select(['e.id', 'e.seq', 'e.body', 'e.prev_hash', 'e.hash'])
    .where('e.seq', '>', String(search.after))
    .where('e.seq', '<=', String(search.upTo))
    .orderBy('e.seq')
    .limit(search.limit)
    .execute()
  return withPersonal(tx, organisationId, rows)
}

/** How many there are, counted no further than `most`. */
export async function countEvents(
  tx: TxCtx,
  organisationId: OrganisationId,
  { filter, most }: { filter: AuditFilter; most: number },
): Promise<number> {
  const found = matching(tx, organisationId, filter).select('e.seq').limit(most).as('found')
  const row = await sqlOf(tx)
    .selectFrom(found)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

type Event = ExpressionBuilder<DB & { e: DB['audit_events'] }, 'e'>

function matching(tx: TxCtx, organisationId: OrganisationId, filter: AuditFilter) {
  return sqlOf(tx)
    .selectFrom('audit_events as e')
    .where('e.organisation_id', '=', organisationId)
    .where((eb) => eb.and(conditions(eb as unknown as Event, filter)))
}

function conditions(eb: Event, filter: AuditFilter): Expression<SqlBool>[] {
  const { actor, actions, target, outcome, from, to, text } = filter
  return [
    ...(actor === undefined ? [] : [eb('e.actor_id', '=', actor)]),
    ...(outcome === undefined ? [] : [eb('e.outcome', '=', outcome)]),
    ...(from === undefined ? [] : [eb('e.occurred_at', '>=', new Date(from))]),
    ...(to === undefined ? [] : [eb('e.occurred_at', '<', new Date(to))]),
    ...(actions === undefined ? [] : [eb.or(actions.split(',').map((action) => hasAction(eb, action)))]),
    ...(target === undefined ? [] : [isAbout(target)]),
    ...words(text ?? '').map((word) => says(word)),
  ]
}

const words = (text: string): string[] =>
  fold(text)
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 8)

/** The dot at the end of a beginning comes right before the slash. */
const hasAction = (eb: Event, action: string): Expression<SqlBool> =>
  action.endsWith('.')
    ? eb.and([eb('e.action', '>=', action), eb('e.action', '<', `${action.slice(0, -1)}/`)])
    : eb('e.action', '=', action)

const isAbout = (target: string): Expression<SqlBool> =>
  sql<boolean>`EXISTS (SELECT 1 FROM audit_event_targets t
    WHERE t.organisation_id = e.organisation_id AND t.target_id = ${target} AND t.seq = e.seq)`

/** In a name, an address, an id, the action, or in what was changed. */
const says = (word: string): Expression<SqlBool> =>
  sql<boolean>`(strpos(e.said, ${word}) > 0 OR e.id::text = ${word} OR e.seq::text = ${word}
    OR EXISTS (SELECT 1 FROM audit_personal p WHERE p.organisation_id = e.organisation_id AND p.seq = e.seq AND strpos(p.folded, ${word}) > 0))`

export type ActorRow = { id: string; type: string; name: string | undefined }

/** Who acted since then, by the name that they had last. */
export async function listActors(tx: TxCtx, organisationId: OrganisationId, since: Date): Promise<ActorRow[]> {
  const { rows } = await sql<{ id: string; type: string; name: string | null }>`
    SELECT last.actor_id AS id, e.body::jsonb -> 'actor' ->> 'type' AS type, p.value::jsonb ->> 'name' AS name
      FROM (SELECT actor_id, max(seq) AS seq FROM audit_events
             WHERE organisation_id = ${organisationId} AND occurred_at >= ${since} AND actor_id IS NOT NULL
             GROUP BY actor_id ORDER BY max(seq) DESC LIMIT 200) last
      JOIN audit_events e ON e.organisation_id = ${organisationId} AND e.seq = last.seq
      LEFT JOIN audit_personal p ON p.organisation_id = e.organisation_id AND p.seq = e.seq AND p.part = 'actor'
     ORDER BY e.seq DESC`.execute(sqlOf(tx))
  return rows.map(({ id, type, name }) => ({ id, type, name: name ?? undefined }))
}

/** Events around one, of those who acted in it or whom it was about. */
export async function listAround(
  tx: TxCtx,
  organisationId: OrganisationId,
  { seq, people, from, to }: { seq: number; people: readonly string[]; from: Date; to: Date },
): Promise<StoredLink[]> {
  if (people.length === 0) return []
  const rows = await sqlOf(tx)
    .selectFrom('audit_events as e')
    .select(['e.id', 'e.seq', 'e.body', 'e.prev_hash', 'e.hash'])
    .where('e.organisation_id', '=', organisationId)
    .where('e.seq', '<>', String(seq))
    .where('e.occurred_at', '>=', from)
    .where('e.occurred_at', '<=', to)
    .where('e.actor_id', 'in', people)
    .orderBy('e.seq', 'desc')
    .limit(5)
    .execute()
  return withPersonal(tx, organisationId, rows)
}
