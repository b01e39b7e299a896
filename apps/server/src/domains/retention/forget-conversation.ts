import type { ContactId, ConversationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import type { People } from '../../platform/domain.ts'
import { deleteLogOf, deleteLogOfConversation } from '../../platform/people.repository.ts'
import { findConversation, lockConversation } from '../conversations/index.ts'

/** Deletes one conversation in every room, from the top down, since upper rooms point at what lower ones hold. */
export async function forgetConversation(
  tx: TxCtx,
  conversationId: ConversationId,
  rooms: readonly People[],
): Promise<string[]> {
  if (!(await findConversation(tx, conversationId))) return []
  // Whoever writes into it holds it first, so whoever deletes it does too.
  const conversation = await lockConversation(tx, conversationId)
  const keys: string[] = []
  for (const room of [...rooms].reverse()) keys.push(...((await room.forgetConversation?.(tx, conversationId)) ?? []))
  await deleteLogOfConversation(tx, { contactId: conversation.contactId, conversationId })
  return keys
}

/** Deletes all that is left of a contact. */
export async function forgetContact(tx: TxCtx, contactId: ContactId, rooms: readonly People[]): Promise<string[]> {
  const keys: string[] = []
  for (const room of [...rooms].reverse()) keys.push(...(await room.forget(tx, contactId)))
  await deleteLogOf(tx, contactId)
  return keys
}
