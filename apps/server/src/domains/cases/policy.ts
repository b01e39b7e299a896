import type { ContactId } from '@clew/contract/primitives'
import type { Actor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'

/** The contact of the conversation and the team read and fill in a case; for everyone else there is none. */
export function authorizeCase(actor: Actor, conversation: { contactId: ContactId }): void {
  const allowed =
    actor.type === 'agent' ||
    actor.type === 'system' ||
    actor.type === 'assistant' ||
    (actor.type === 'contact' && actor.id === conversation.contactId)
  if (!allowed) throw new AppError('conversation.not_found')
}

export function authorizeLearn(actor: Actor): void {
  if (actor.type !== 'system' && actor.type !== 'assistant') throw new AppError('permission.denied')
}
