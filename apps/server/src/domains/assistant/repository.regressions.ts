import type { Labelled } from '@clew/assistant'
import type { ContactId, ConversationId, MessageId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

export type RegressionRow = {
  id: string
  messageId: MessageId
  conversationId: ConversationId
  contactId: ContactId
  line: Labelled
  notedBy: string
  notedAt: Date
}

/** One for each answer: noted again, the newer label holds. */
export async function saveRegression(tx: TxCtx, row: RegressionRow): Promise<void> {
  const label = { line: JSON.stringify(row.line), noted_by: row.notedBy, noted_at: row.notedAt }
  await sqlOf(tx)
    .insertInto('assistant_regressions')
    .values({
      id: row.id,
      message_id: row.messageId,
      conversation_id: row.conversationId,
      contact_id: row.contactId,
      ...label,
    })
    .onConflict((conflict) => conflict.column('message_id').doUpdateSet(label))
    .execute()
}

/** The oldest first, so that a file of them grows at its end. */
export async function listRegressions(tx: TxCtx): Promise<RegressionRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('assistant_regressions')
    .selectAll()
    .orderBy('noted_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    messageId: row.message_id as MessageId,
    conversationId: row.conversation_id as ConversationId,
    contactId: row.contact_id as ContactId,
    line: row.line as unknown as Labelled,
    notedBy: row.noted_by,
    notedAt: row.noted_at,
  }))
}

export async function deleteRegression(tx: TxCtx, id: string): Promise<boolean> {
  const { numDeletedRows } = await sqlOf(tx).deleteFrom('assistant_regressions').where('id', '=', id).executeTakeFirst()
  return numDeletedRows > 0n
}
