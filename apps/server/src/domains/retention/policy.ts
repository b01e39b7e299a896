import type { Actor, MemberActor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'
import { requirePermission } from '../../platform/require-permission.ts'

export function authorizeReadRetention(actor: Actor): asserts actor is MemberActor {
  requirePermission(actor, 'retention.read')
}

export function authorizeManageRetention(actor: Actor): asserts actor is MemberActor {
  requirePermission(actor, 'retention.manage')
}

export function authorizeHolds(actor: Actor): asserts actor is MemberActor {
  requirePermission(actor, 'holds.manage')
}

export function authorizeErasure(actor: Actor): asserts actor is MemberActor {
  requirePermission(actor, 'erasure.run')
}

/** Deleting reaches into every room; the caller has made sure that it may be. */
export function authorizeForget(actor: Actor): void {
  if (actor.type !== 'system') throw new AppError('permission.denied')
}
