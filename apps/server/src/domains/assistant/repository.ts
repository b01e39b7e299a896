import { type Dialogue, newDialogue, type Step } from '@clew/assistant'
import type { ContactId, ConversationId, Locale, MessageId } from '@clew/contract/primitives'
import { readRun } from '@clew/flows'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

type About = { id: ConversationId; contactId: ContactId }

/** What the rules say to a message, kept while a model is asked for better words. */
export type Pending = { messageId: MessageId; locale: Locale } & Pick<Step, 'sayings' | 'did'>

/** What is remembered, and the last message that was dealt with: nothing is answered twice. */
export type Remembered = { dialogue: Dialogue; answeredSeq: number; pending: Pending | undefined }

/** The dialogue of a conversation, held until the transaction ends; a new one for a new conversation. */
export async function lockDialogue(tx: TxCtx, conversation: About): Promise<Remembered> {
  await sqlOf(tx)
    .insertInto('dialogues')
    .values({ conversation_id: conversation.id, contact_id: conversation.contactId, changed_at: tx.clock.now() })
    .onConflict((conflict) => conflict.column('conversation_id').doNothing())
    .execute()
  const row = await sqlOf(tx)
    .selectFrom('dialogues')
    .select(['dialogue', 'answered_seq', 'composing'])
    .where('conversation_id', '=', conversation.id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return {
    dialogue: readDialogue(row.dialogue),
    answeredSeq: row.answered_seq,
    pending: (row.composing ?? undefined) as Pending | undefined,
  }
}

/** What is remembered, only to be read. */
export async function findDialogue(tx: TxCtx, conversationId: ConversationId): Promise<Dialogue | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('dialogues')
    .select('dialogue')
    .where('conversation_id', '=', conversationId)
    .executeTakeFirst()
  return row && readDialogue(row.dialogue)
}

/** Without `pending` nothing is waited for any longer. */
export async function saveDialogue(
  tx: TxCtx,
  conversationId: ConversationId,
  { dialogue, answeredSeq, pending }: Omit<Remembered, 'pending'> & { pending?: Pending | undefined },
): Promise<void> {
  await sqlOf(tx)
    .updateTable('dialogues')
    .set({
      dialogue: JSON.stringify(dialogue),
      answered_seq: answeredSeq,
      composing: pending === undefined ? null : JSON.stringify(pending),
      changed_at: tx.clock.now(),
    })
    .where('conversation_id', '=', conversationId)
    .execute()
}

/** Runs are checked, because flows change; the rest is written by nobody but `saveDialogue`. */
function readDialogue(stored: unknown): Dialogue {
  const kept = stored as Partial<Dialogue>
  return { ...newDialogue, ...kept, run: readRun(kept.run), paused: readRun(kept.paused) }
}
