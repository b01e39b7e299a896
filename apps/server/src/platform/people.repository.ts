import type { ContactId, ConversationId } from '@clew/contract/primitives'
import { sql } from 'kysely'
import { type Db, sqlOf } from './sql.ts'

type Tx = { db: Db }

/** What was logged about a contact is from now on about another. */
export async function moveEvents(tx: Tx, { from, to }: { from: ContactId; to: ContactId }): Promise<void> {
  await sqlOf(tx)
    .updateTable('events')
    .set({ contact_id: to, payload: sql`jsonb_set(payload, '{contactId}', to_jsonb(${to}::text))` })
    .where('contact_id', '=', from)
    .execute()
}

/**
 * What was logged about a contact. That a conversation was erased stays, and says no more whose it was: somebody of the
 * team may still hold it.
 */
export async function deleteLogOf(tx: Tx, contactId: ContactId): Promise<void> {
  const db = sqlOf(tx)
  await db.deleteFrom('events').where('contact_id', '=', contactId).where('name', '<>', 'conversation.erased').execute()
  await db
    .updateTable('events')
    .set({ contact_id: null, payload: sql`payload - 'contactId'` })
    .where('contact_id', '=', contactId)
    .execute()
}

/** What was logged about one conversation of a contact. */
export async function deleteLogOfConversation(
  tx: Tx,
  { contactId, conversationId }: { contactId: ContactId; conversationId: ConversationId },
): Promise<void> {
  await sqlOf(tx)
    .deleteFrom('events')
    .where('contact_id', '=', contactId)
    .where(sql<boolean>`payload ->> 'conversationId' = ${conversationId}`)
    .execute()
}

export async function deleteMailsTo(tx: Tx, addresses: readonly string[]): Promise<void> {
  if (addresses.length === 0) return
  await sqlOf(tx)
    .deleteFrom('mails')
    .where((eb) =>
      eb(
        eb.fn<string>('lower', ['recipient']),
        'in',
        addresses.map((each) => each.toLowerCase()),
      ),
    )
    .execute()
}
