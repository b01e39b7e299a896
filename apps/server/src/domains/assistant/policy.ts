import type { ContactId, OrganisationId } from '@clew/contract/primitives'
import type { Actor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'
import { requireTeamPermission } from '../../platform/require-permission.ts'

export function authorizeAnswer(actor: Actor): void {
  if (actor.type !== 'assistant') throw new AppError('permission.denied')
}

/** The door for evaluation: whoever does not hold the operator's key, and whoever looks where there is none, finds nothing. */
export function authorizeEvaluate(_actor: Actor, hasKey: boolean): void {
  if (!hasKey) throw new AppError('route.not_found')
}

/** Time alone decides that nobody came back. */
export function authorizeOutcomes(actor: Actor): void {
  if (actor.type !== 'system') throw new AppError('permission.denied')
}

/** Only whoever asked says why an answer did not help; to everybody else the conversation does not exist. */
export function authorizeThumb(actor: Actor, contactId: ContactId): void {
  if (actor.type !== 'contact' || actor.id !== contactId) throw new AppError('conversation.not_found')
}

type Agent = Extract<Actor, { type: 'agent' }>

/** Everyone of the support team reads what is learnt, tries messages out and notes wrong answers. */
export function authorizeLearning(actor: Actor, team: OrganisationId | undefined): asserts actor is Agent {
  if (actor.type !== 'agent' || actor.organisationId !== team) throw new AppError('permission.denied')
}

export const mayExport = (actor: Actor): boolean => actor.type === 'agent' && actor.permissions.has('assistant.export')

/** What people asked leaves the product only through few. */
export function authorizeExport(actor: Actor, team: OrganisationId | undefined): asserts actor is Agent {
  authorizeLearning(actor, team)
  requireTeamPermission(actor, 'assistant.export')
}
