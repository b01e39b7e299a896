import type { Actor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'

export function authorizeReadMembers(actor: Actor): void {
  if (actor.type !== 'agent' && actor.type !== 'system') throw new AppError('permission.denied')
}

/** Only an owner brings people into the team. */
export function authorizeInvite(actor: Actor): asserts actor is Extract<Actor, { type: 'agent' }> {
  if (actor.type !== 'agent' || actor.role !== 'owner') throw new AppError('permission.denied')
}

/** Setting up and joining happen before there is a member to ask; the token was checked by the caller. */
export function authorizeAddMember(actor: Actor): void {
  if (actor.type !== 'system') throw new AppError('permission.denied')
}
