import type { ConversationId } from '@clew/contract/primitives'
import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { HoldTerm, Owner, Survey, SurveyOf } from './keeping.ts'
import { type Db, sqlOf } from './sql.ts'

/** Whether a row with this organisation, which may be null, is of the owner. */
export const isOf = ({ organisationId, isSupport }: Owner, column: Expression<unknown>): RawBuilder<SqlBool> =>
  isSupport
    ? sql<SqlBool>`(${column} = ${organisationId}::uuid OR ${column} IS NULL)`
    : sql<SqlBool>`(${column} = ${organisationId}::uuid)`

type HeldBy = {
  at: Expression<unknown>
  contact?: Expression<unknown>
  conversation?: Expression<unknown>
  /** An array of everybody of the organisation who had a part in it. */
  members?: Expression<unknown>
  /** Whatever the hold is about, it keeps this too. */
  anyHold?: boolean
}

/** Whether one of the holds keeps the row. Asked in the statement that deletes, so that nothing can come between. */
export function isHeld(holds: readonly HoldTerm[], row: HeldBy): RawBuilder<SqlBool> {
  const terms = holds.flatMap((hold) => {
    const about = aboutOf(hold, row)
    if (about.length === 0) return []
    const since = hold.since === undefined ? sql`true` : sql`${row.at} >= ${hold.since}`
    return [sql`(${since} AND (${sql.join(about, sql` OR `)}))`]
  })
  return terms.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`coalesce(${sql.join(terms, sql` OR `)}, false)`
}

function aboutOf(hold: HoldTerm, { contact, conversation, members, anyHold }: HeldBy): RawBuilder<unknown>[] {
  if (hold.everything || anyHold) return [sql`true`]
  return [
    ...(contact && hold.contactIds.length > 0 ? [sql`${contact} = ANY (${[...hold.contactIds]}::uuid[])`] : []),
    ...(conversation && hold.conversationIds.length > 0
      ? [sql`${conversation} = ANY (${[...hold.conversationIds]}::uuid[])`]
      : []),
    ...(members && hold.memberIds.length > 0 ? [sql`${members} && ${[...hold.memberIds]}::uuid[]`] : []),
  ]
}

const mostBars = 160
const mostConversations = 20_000

type Counts = Record<'all_n' | 'all_b' | 'held_n' | 'held_b' | 'due_n' | 'due_b' | 'kept_n' | 'kept_b', string>

/** Counts rows of the shape `at, bytes, is_held, conversation_id`. */
export async function surveyRows(
  tx: { db: Db; clock: { now(): Date } },
  rows: RawBuilder<unknown>,
  { before, bucketDays }: SurveyOf,
): Promise<Survey> {
  const { rows: found } = await sql<{
    counts: Counts & { oldest: string | null }
    bars: { bar: number; count: number; held: number }[] | null
    conversations: string[] | null
  }>`
    WITH r AS MATERIALIZED (SELECT *, at < coalesce(${before ?? null}::timestamptz, '-infinity') AS is_old FROM (${rows}) x)
    SELECT (SELECT row_to_json(c) FROM (
              SELECT count(*) AS all_n, coalesce(sum(bytes), 0) AS all_b,
                     count(*) FILTER (WHERE is_held) AS held_n,
                     coalesce(sum(bytes) FILTER (WHERE is_held), 0) AS held_b,
                     count(*) FILTER (WHERE is_old AND NOT is_held) AS due_n,
                     coalesce(sum(bytes) FILTER (WHERE is_old AND NOT is_held), 0) AS due_b,
                     count(*) FILTER (WHERE is_old AND is_held) AS kept_n,
                     coalesce(sum(bytes) FILTER (WHERE is_old AND is_held), 0) AS kept_b,
                     min(at) FILTER (WHERE NOT is_held) AS oldest FROM r) c) AS counts,
           (SELECT json_agg(b) FROM (
              SELECT least(${mostBars - 1}, greatest(0, floor(
                       extract(epoch FROM ${tx.clock.now()}::timestamptz - at) / (86400 * ${bucketDays}::float8))))::int AS bar,
                     count(*)::int AS count, (count(*) FILTER (WHERE is_held))::int AS held
                FROM r GROUP BY 1 ORDER BY 1) b) AS bars,
           (SELECT json_agg(c.conversation_id) FROM (
              SELECT DISTINCT conversation_id FROM r
               WHERE is_old AND NOT is_held AND conversation_id IS NOT NULL LIMIT ${mostConversations}) c) AS conversations
  `.execute(sqlOf(tx))
  const [row] = found
  if (!row) throw new Error('a count has no row')
  const { counts } = row
  const amount = (count: string, bytes: string) => ({ count: Number(count), bytes: Number(bytes) })
  return {
    all: amount(counts.all_n, counts.all_b),
    held: amount(counts.held_n, counts.held_b),
    due: amount(counts.due_n, counts.due_b),
    dueHeld: amount(counts.kept_n, counts.kept_b),
    oldest: counts.oldest === null ? undefined : new Date(counts.oldest),
    bars: barsOf(row.bars ?? []),
    conversationIds: (row.conversations ?? []) as ConversationId[],
  }
}

function barsOf(found: readonly { bar: number; count: number; held: number }[]): Survey['bars'] {
  const bars = Array.from({ length: (found.at(-1)?.bar ?? -1) + 1 }, () => ({ count: 0, held: 0 }))
  for (const { bar, count, held } of found) bars[bar] = { count, held }
  return bars
}
