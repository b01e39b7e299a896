import type { ContactId, ConversationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

const tables = ['dialogues', 'assistant_questions', 'assistant_regressions', 'agent_walks'] as const

export async function moveDialogues(tx: TxCtx, { from, to }: { from: ContactId; to: ContactId }): Promise<void> {
  for (const table of tables)
    await sqlOf(tx).updateTable(table).set({ contact_id: to }).where('contact_id', '=', from).execute()
}

export async function deleteDialoguesOf(tx: TxCtx, contactId: ContactId): Promise<void> {
  for (const table of tables) await sqlOf(tx).deleteFrom(table).where('contact_id', '=', contactId).execute()
}

export async function deleteDialogueOf(tx: TxCtx, conversationId: ConversationId): Promise<void> {
  for (const table of tables) await sqlOf(tx).deleteFrom(table).where('conversation_id', '=', conversationId).execute()
}
