import type { Actor, MemberActor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'
import { requirePermission } from '../../platform/require-permission.ts'
import type { ConversationRow } from './model.ts'

/** Someone else's conversation does not exist, so nobody learns which ids do. */
export function authorizeRead(actor: Actor, conversation: Pick<ConversationRow, 'id' | 'contactId'>): void {
  const allowed =
    actor.type === 'agent' ||
    actor.type === 'assistant' ||
    actor.type === 'system' ||
    (actor.type === 'contact' && actor.id === conversation.contactId)
  if (!allowed) throw new AppError('conversation.not_found')
}

export function authorizeStart(actor: Actor): asserts actor is Extract<Actor, { type: 'contact' }> {
  if (actor.type !== 'contact') throw new AppError('permission.denied')
}

export function authorizeContact(
  actor: Actor,
  conversation: ConversationRow,
): asserts actor is Extract<Actor, { type: 'contact' }> {
  authorizeRead(actor, conversation)
  if (actor.type !== 'contact') throw new AppError('permission.denied')
}

/** Answering, assigning, resolving: the team's part. */
export function authorizeAgent(actor: Actor): asserts actor is Extract<Actor, { type: 'agent' }> {
  if (actor.type !== 'agent') throw new AppError('permission.denied')
}

/** Of an organisation's people those who may see what the others have asked. */
export function authorizeOrganisationCases(actor: Actor): asserts actor is MemberActor {
  requirePermission(actor, 'cases.read')
}

/** What the product itself says and notes. */
export function authorizeAssistant(actor: Actor): void {
  if (actor.type !== 'assistant' && actor.type !== 'system') throw new AppError('permission.denied')
}

/** Flows tag as well as agents; to everybody else there are no tags. */
export function authorizeTag(actor: Actor): void {
  if (actor.type !== 'agent') authorizeAssistant(actor)
}

export function authorizeHandOver(actor: Actor, conversation: ConversationRow): void {
  authorizeRead(actor, conversation)
}
