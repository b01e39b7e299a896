import type { Actor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'

/** Deleting reaches into every room; the caller has made sure that it is the person themselves who asks. */
export function authorizeForget(actor: Actor): void {
  if (actor.type !== 'system') throw new AppError('permission.denied')
}
