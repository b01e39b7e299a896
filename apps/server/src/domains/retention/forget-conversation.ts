import type { ContactId, ConversationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import type { People } from '../../platform/domain.ts'
import { deleteLogOf, deleteLogOfConversation } from '../../platform/people.repository.ts'
import { listContacts } from '../contacts/index.ts'
import { findConversation, lockConversation } from '../conversations/index.ts'

export type GoneConversation = { conversationId: ConversationId; contactId: ContactId }

/** Deletes one conversation in every room, from the top down, since upper rooms point at what lower ones hold. */
export async function forgetConversation(
  tx: TxCtx,
  conversationId: ConversationId,
  { rooms, gone }: { rooms: readonly People[]; gone: GoneConversation[] },
): Promise<string[]> {
  if (!(await findConversation(tx, conversationId))) return []
  // Whoever writes into it holds it first, so whoever deletes it does too.
  const conversation = await lockConversation(tx, conversationId)
  const keys: string[] = []
  for (const room of [...rooms].reverse()) keys.push(...((await room.forgetConversation?.(tx, conversationId)) ?? []))
  await deleteLogOfConversation(tx, { contactId: conversation.contactId, conversationId })
  gone.push({ conversationId, contactId: conversation.contactId })
  return keys
}

/**
 * Every client that holds one of these drops it, also one that was away. Said last, since only then it is known who is
 * left to hear of it: whoever was forgotten as well is named nowhere.
 */
export async function tellErased(tx: TxCtx, gone: readonly GoneConversation[]): Promise<void> {
  const left = await listContacts(
    tx,
    gone.map(({ contactId }) => contactId),
  )
  for (const { conversationId, contactId } of gone)
    tx.emit('conversation.erased', { conversationId, ...(left.has(contactId) ? { contactId } : {}) })
}

/** Deletes all that is left of a contact. */
export async function forgetContact(tx: TxCtx, contactId: ContactId, rooms: readonly People[]): Promise<string[]> {
  const keys: string[] = []
  for (const room of [...rooms].reverse()) keys.push(...(await room.forget(tx, contactId)))
  await deleteLogOf(tx, contactId)
  return keys
}
