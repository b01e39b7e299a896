import type { ContactId } from '@clew/contract/primitives'
import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
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

/** Whether nobody has come here as this contact since then. */
export async function isQuietSince(tx: TxCtx, id: ContactId, since: Date): Promise<boolean> {
  const { rows } = await sql<{ quiet: boolean }>`
    SELECT NOT EXISTS (SELECT 1 FROM contacts WHERE id = ${id} AND created_at >= ${since})
       AND NOT EXISTS (SELECT 1 FROM contact_sessions WHERE contact_id = ${id} AND seen_at >= ${since})
       AS quiet`.execute(sqlOf(tx))
  return rows[0]?.quiet === true
}
