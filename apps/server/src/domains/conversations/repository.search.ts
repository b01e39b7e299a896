import type { ConversationId } from '@clew/contract/primitives'
import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { foldedLike } from '../../platform/folded-like.ts'
import { sqlOf } from '../../platform/sql.ts'
import { contactShown } from '../contacts/index.ts'

/** The one with this number, if there is one. */
export async function findNumbered(tx: TxCtx, number: number): Promise<ConversationId[]> {
  const rows = await sqlOf(tx).selectFrom('conversations').select('id').where('number', '=', String(number)).execute()
  return rows.map(({ id }) => id as ConversationId)
}

/** What these contacts have asked, latest first. */
export async function findOfContacts(
  tx: TxCtx,
  contactIds: readonly string[],
  limit: number,
): Promise<ConversationId[]> {
  if (contactIds.length === 0) return []
  const rows = await sqlOf(tx)
    .selectFrom('conversations')
    .select('id')
    .where('contact_id', 'in', [...contactIds])
    .orderBy('last_message_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id as ConversationId)
}

/** How many of the latest of each kind are looked through: words have no index, and a large archive must cost nothing. */
const lookedThrough = 2000

/** Of the latest those that have this in the subject, or in the contact's name or address, latest first. */
export async function findByWords(tx: TxCtx, q: string, limit: number): Promise<ConversationId[]> {
  // Each kind by the index of its view.
  const kinds = [
    sql`status = 'open' AND handling <> 'assistant'`,
    sql`status = 'open' AND handling = 'assistant'`,
    sql`status = 'resolved'`,
  ].map(
    (kind) => sql`(SELECT id, subject, contact_id, last_message_at FROM conversations WHERE ${kind}
      ORDER BY last_message_at DESC, id DESC LIMIT ${sql.lit(lookedThrough)})`,
  )
  const said = sql`c.subject || ' ' || coalesce(${contactShown(sql.ref<string>('c.contact_id'))}::text, '')`
  const { rows } = await sql<{ id: string }>`
    SELECT c.id FROM (${sql.join(kinds, sql` UNION ALL `)}) c
     WHERE ${foldedLike(said, q)} ORDER BY c.last_message_at DESC LIMIT ${limit}`.execute(sqlOf(tx))
  return rows.map(({ id }) => id as ConversationId)
}
