import type { ContactId } from '@clew/contract/primitives'
import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { isOf } from '../../platform/keeping.repository.ts'
import type { Owner } from '../../platform/keeping.ts'
import { sqlOf } from '../../platform/sql.ts'

const mostContacts = 1_000

/** Everybody of an organisation who gave this address or has proved that it is theirs. */
export async function listContactsWith(tx: TxCtx, owner: Owner, email: string): Promise<ContactId[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT c.id FROM contacts c
     WHERE ${isOf(owner, sql`c.organisation_id`)}
       AND (lower(c.email) = lower(${email}) OR lower(c.verified_email) = lower(${email}))
     ORDER BY c.id LIMIT ${mostContacts}`.execute(sqlOf(tx))
  return rows.map(({ id }) => id as ContactId)
}
