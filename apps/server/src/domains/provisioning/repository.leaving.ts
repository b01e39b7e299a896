import type { MemberId } from '@clew/contract/primitives'
import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import { describeLeaver, listGroupsOf } from '../organisations/index.ts'
import { touchGroups } from './repository.groups.ts'
import { deleteUser } from './repository.users.ts'

/** Shorter words stand in too much that is about others. */
const leastLength = 4

/**
 * Takes what an identity provider said of somebody who has left out: their record, and out of the log of its requests.
 * Also those are emptied that spoke of several, or were refused, wherever the person is named.
 */
export async function forgetProvisioned(tx: TxCtx, memberId: MemberId): Promise<number> {
  const leaver = await describeLeaver(tx, memberId)
  if (leaver === undefined) return 0
  const groups = await listGroupsOf(tx, [memberId])
  const terms = await termsOf(tx, memberId, [...leaver.addresses, leaver.name])
  await deleteUser(tx, memberId)
  await touchGroups(
    tx,
    groups.map(({ groupId }) => groupId),
  )
  const { numAffectedRows } = await sql`
    UPDATE provisioning_requests r
       SET body = NULL, changes = '[]', resource_name = NULL, detail = NULL, path = split_part(path, '?', 1),
           erased_at = ${tx.clock.now()}
     WHERE r.organisation_id = ${leaver.organisationId} AND r.erased_at IS NULL
       AND (r.resource_id = ${memberId} OR EXISTS (
         SELECT 1 FROM unnest(${terms}::text[]) AS term
          WHERE strpos(lower(concat_ws(' ', r.body, r.changes, r.resource_name, r.detail, r.path)), term) > 0))`.execute(
    sqlOf(tx),
  )
  return Number(numAffectedRows ?? 0)
}

/** By what they are known in requests, as JSON writes it: some of it only the provider has ever said. */
async function termsOf(tx: TxCtx, memberId: MemberId, known: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ said: string | null }>`
    SELECT unnest(ARRAY[user_name, external_id, display_name, shown_name]) AS said FROM scim_users WHERE id = ${memberId}
    UNION SELECT email FROM scim_user_emails WHERE user_id = ${memberId}
    UNION SELECT unnest(ARRAY[resource_name, body ->> 'userName', body ->> 'displayName', body ->> 'externalId'])
            FROM provisioning_requests WHERE resource_id = ${memberId}`.execute(sqlOf(tx))
  const terms = [...known, ...rows.flatMap(({ said }) => said ?? []), memberId]
  const written = terms.map((term) => JSON.stringify(term.trim().toLowerCase()).slice(1, -1))
  return [...new Set(written.filter((term) => term.length >= leastLength))]
}
