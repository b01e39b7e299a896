import type { ContactId } from '@clew/contract/primitives'
import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { foldedLike } from '../../platform/folded-like.ts'
import { isOf } from '../../platform/keeping.repository.ts'
import type { Owner } from '../../platform/keeping.ts'
import { sqlOf } from '../../platform/sql.ts'

/** Everybody who has one of these addresses, proved or only given. `owner`: of theirs alone. */
export async function listContactsAt(tx: TxCtx, addresses: readonly string[], owner?: Owner): Promise<ContactId[]> {
  if (addresses.length === 0) return []
  const folded = addresses.map((each) => each.toLowerCase())
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM contacts
     WHERE (lower(verified_email) = ANY (${folded}::text[]) OR lower(email) = ANY (${folded}::text[]))
       AND ${owner ? isOf(owner, sql`organisation_id`) : sql`true`}`.execute(sqlOf(tx))
  return rows.map(({ id }) => id as ContactId)
}

/** The first few of an owner's whose address or name has this in it. Who has no address cannot be named by one. */
export async function findContactsLike(
  tx: TxCtx,
  owner: Owner,
  { q, limit }: { q: string; limit: number },
): Promise<{ address: string; name?: string }[]> {
  const { rows } = await sql<{ address: string; name: string | null }>`
    SELECT lower(coalesce(verified_email, email)) AS address, max(name) AS name FROM contacts
     WHERE coalesce(verified_email, email) IS NOT NULL AND ${isOf(owner, sql`organisation_id`)}
       AND ${foldedLike(sql`coalesce(name, '') || ' ' || coalesce(verified_email, '') || ' ' || coalesce(email, '')`, q)}
     GROUP BY 1 ORDER BY 1 LIMIT ${limit}`.execute(sqlOf(tx))
  return rows.map(({ address, name }) => ({ address, ...(name === null ? {} : { name }) }))
}

/** Whether nobody has come here as this contact since then. */
export async function isQuietSince(tx: TxCtx, id: ContactId, since: Date): Promise<boolean> {
  const { rows } = await sql<{ quiet: boolean }>`
    SELECT NOT EXISTS (SELECT 1 FROM contacts WHERE id = ${id} AND created_at >= ${since})
       AND NOT EXISTS (SELECT 1 FROM contact_sessions WHERE contact_id = ${id} AND seen_at >= ${since})
       AS quiet`.execute(sqlOf(tx))
  return rows[0]?.quiet === true
}
