import type { ContactId, ConversationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

export async function moveCases(tx: TxCtx, { from, to }: { from: ContactId; to: ContactId }): Promise<void> {
  const db = sqlOf(tx)
  await db.updateTable('cases').set({ contact_id: to }).where('contact_id', '=', from).execute()
  await db.updateTable('request_lookups').set({ contact_id: to }).where('contact_id', '=', from).execute()
  await db.updateTable('facts').set({ contact_id: to }).where('contact_id', '=', from).execute()
}

export async function deleteCasesOf(tx: TxCtx, contactId: ContactId): Promise<void> {
  const db = sqlOf(tx)
  await db.deleteFrom('request_lookups').where('contact_id', '=', contactId).execute()
  await db.deleteFrom('facts').where('contact_id', '=', contactId).execute()
  await db.deleteFrom('cases').where('contact_id', '=', contactId).execute()
}

export async function deleteCaseOf(tx: TxCtx, conversationId: ConversationId): Promise<void> {
  const db = sqlOf(tx)
  await db.deleteFrom('request_lookups').where('conversation_id', '=', conversationId).execute()
  await db.deleteFrom('facts').where('conversation_id', '=', conversationId).execute()
  await db.deleteFrom('cases').where('conversation_id', '=', conversationId).execute()
}
