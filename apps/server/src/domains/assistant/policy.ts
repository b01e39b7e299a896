import type { Actor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'

export function authorizeAnswer(actor: Actor): void {
  if (actor.type !== 'assistant') throw new AppError('permission.denied')
}
