import type { Actor, MemberActor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'
import { requirePermission } from '../../platform/require-permission.ts'

/** Signing, checking in the background, purging and erasing are nobody's to ask for. */
export function authorizeSystem(actor: Actor): void {
  if (actor.type !== 'system') throw new AppError('permission.denied')
}

export function authorizeRead(actor: Actor): asserts actor is MemberActor {
  requirePermission(actor, 'audit.read')
}

export function authorizeExport(actor: Actor): asserts actor is MemberActor {
  requirePermission(actor, 'audit.export')
}

/** What people read is recorded; what runs by itself, and contacts who read their own, are not. */
export const authorizeRecordRead = (actor: Actor): actor is Reader => actor.type === 'agent' || actor.type === 'member'

type Reader = Extract<Actor, { type: 'agent' | 'member' }>

/** Whoever sets up a stream decides where the log is sent. */
export function authorizeManage(actor: Actor): asserts actor is MemberActor {
  requirePermission(actor, 'audit.manage')
}
