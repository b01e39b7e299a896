import type { Actor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'

/** Starter content is put in place by the product itself. */
export function authorizeLoadStarter(actor: Actor): void {
  if (actor.type !== 'system') throw new AppError('permission.denied')
}

/** The whole library at once is read by the product; people read it through what the product shows. */
export function authorizeReadLibrary(actor: Actor): void {
  if (actor.type !== 'system') throw new AppError('permission.denied')
}

/** Everyone may say whether an article helped. It belongs to nobody, so the product writes it down for them. */
export function authorizeFeedback(actor: Actor): void {
  if (actor.type !== 'system') throw new AppError('permission.denied')
}
