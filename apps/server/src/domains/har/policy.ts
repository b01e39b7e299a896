import type { ContactId } from '@clew/contract/primitives'
import type { Actor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'
import type { CaptureRow } from './model.ts'

export function authorizeReceive(actor: Actor): void {
  if (actor.type !== 'contact' && actor.type !== 'agent') throw new AppError('permission.denied')
}

/** Entries of a capture are for the team; the contact has the file itself. */
export function authorizeReadCapture(actor: Actor, _capture: CaptureRow): void {
  if (actor.type !== 'agent') throw new AppError('capture.not_found')
}

/** Links lead out of the team; any agent may make and revoke them, and everyone of the team sees who did. */
export function authorizeShare(actor: Actor): Extract<Actor, { type: 'agent' }> {
  if (actor.type !== 'agent') throw new AppError('capture.not_found')
  return actor
}

/** A contact, for what they are about to send. */
export function authorizeOwnSanitising(actor: Actor): ContactId {
  if (actor.type !== 'contact') throw new AppError('permission.denied')
  return actor.id
}

export function authorizeAnalyse(actor: Actor): void {
  if (actor.type !== 'system') throw new AppError('permission.denied')
}
