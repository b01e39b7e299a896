import type { OrganisationId } from '@clew/contract/primitives'
import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

/** The last event before all that happened at an instant or later; undefined when there is none. */
export async function lastSeqBefore(
  tx: TxCtx,
  organisationId: OrganisationId,
  instant: Date,
): Promise<number | undefined> {
  const { rows } = await sql<{ last: string | null }>`
    SELECT coalesce((SELECT min(seq) - 1 FROM audit_events WHERE organisation_id = ${organisationId} AND occurred_at >= ${instant}),
                    (SELECT max(seq) FROM audit_events WHERE organisation_id = ${organisationId})) AS last`.execute(
    sqlOf(tx),
  )
  const last = rows[0]?.last
  return last === null || last === undefined ? undefined : Number(last)
}

/** Deletes everything up to and including an event, behind the checkpoint that says so. */
export async function purgePrefix(
  tx: TxCtx,
  organisationId: OrganisationId,
  { lastSeq, checkpointId }: { lastSeq: number; checkpointId: string },
): Promise<number> {
  const { rows } = await sql<{ gone: string }>`
    SELECT audit_purge_prefix(${organisationId}, ${lastSeq}, ${checkpointId}) AS gone`.execute(sqlOf(tx))
  return Number(rows[0]?.gone ?? 0)
}

/** `byIdOnly`: where an address stands for somebody else as well, such as the same person as a colleague there. */
export type Erasable = {
  organisationId?: OrganisationId
  personIds: readonly string[]
  addresses: readonly string[]
  byIdOnly?: readonly OrganisationId[]
}

/** Empties the pieces about somebody, found by their ids and by their addresses. Answers how many, by organisation. */
export async function erasePersonal(tx: TxCtx, who: Erasable): Promise<Map<OrganisationId, number>> {
  const { rows } = await sql<{ organisation_id: string; count: string }>`
    WITH erased AS (
      UPDATE audit_personal SET salt = NULL, value = NULL, folded = NULL, erased_at = ${tx.clock.now()}
       WHERE erased_at IS NULL
         AND (${who.organisationId ?? null}::uuid IS NULL OR organisation_id = ${who.organisationId ?? null}::uuid)
         AND (person_id = ANY(${[...who.personIds]}::text[])
              OR (string_to_array(folded, ' ') && ${[...who.addresses]}::text[]
                  AND organisation_id <> ALL (${[...(who.byIdOnly ?? [])]}::uuid[])))
      RETURNING organisation_id)
    SELECT organisation_id, count(*) AS count FROM erased GROUP BY organisation_id`.execute(sqlOf(tx))
  return new Map(rows.map(({ organisation_id, count }) => [organisation_id as OrganisationId, Number(count)]))
}

/** Whether somebody was already recorded reading the same thing since then. */
export async function wasRecorded(
  tx: TxCtx,
  organisationId: OrganisationId,
  { action, actorId, targetId, since }: { action: string; actorId: string; targetId: string; since: Date },
): Promise<boolean> {
  const row = await sqlOf(tx)
    .selectFrom('audit_event_targets as t')
    .innerJoin('audit_events as e', (join) =>
      join.onRef('e.organisation_id', '=', 't.organisation_id').onRef('e.seq', '=', 't.seq'),
    )
    .select('e.seq')
    .where('t.organisation_id', '=', organisationId)
    .where('t.target_id', '=', targetId)
    .where('e.organisation_id', '=', organisationId)
    .where('e.action', '=', action)
    .where('e.actor_id', '=', actorId)
    .where('e.occurred_at', '>=', since)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
