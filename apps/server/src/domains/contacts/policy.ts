import type { ContactId } from '@clew/contract/primitives'
import type { Actor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'

/** A contact acts for themselves; nobody else does. */
export function authorizeSelf(actor: Actor): ContactId {
  if (actor.type !== 'contact') throw new AppError('permission.denied')
  return actor.id
}

export function authorizeContactSessions(actor: Actor): void {
  if (actor.type !== 'system') throw new AppError('permission.denied')
}
