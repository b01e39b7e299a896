import type { ContactId } from '@clew/contract/primitives'
import type { Actor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'

/** A contact follows in a conversation of their own; someone else's does not exist. */
export function authorizeFollowInChat(actor: Actor, conversation: { contactId: ContactId } | undefined): void {
  if (actor.type !== 'contact' || conversation?.contactId !== actor.id) throw new AppError('conversation.not_found')
}

/** Only the product itself writes mails to people. */
export function authorizeNotify(actor: Actor): void {
  if (actor.type !== 'system') throw new AppError('permission.denied')
}
