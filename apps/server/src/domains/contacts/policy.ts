import type { ContactId } from '@clew/contract/primitives'
import type { Actor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'
import { requireTeamPermission } from '../../platform/require-permission.ts'

/** A contact acts for themselves; nobody else does. */
export function authorizeSelf(actor: Actor): ContactId {
  if (actor.type !== 'contact') throw new AppError('permission.denied')
  return actor.id
}

/** Who somebody is, is found out before there is anybody to ask: the token was the question. */
export function authorizeContactSessions(actor: Actor): void {
  if (actor.type !== 'system') throw new AppError('permission.denied')
}

/** Whoever holds a key can be anybody, so few hand them out. */
export function authorizeIdentityKeys(actor: Actor): asserts actor is Extract<Actor, { type: 'agent' }> {
  requireTeamPermission(actor, 'identity_keys.manage')
}
