import type { Actor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'

/** Only the product itself writes mails to people. */
export function authorizeNotify(actor: Actor): void {
  if (actor.type !== 'system') throw new AppError('permission.denied')
}
