import type { Actor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'

/** Signing in, setting up and joining run as a named job of the system: there is no member yet who could be asked. */
export function authorizeSessions(actor: Actor): void {
  if (actor.type !== 'system') throw new AppError('permission.denied')
}
