import type { Actor, MemberActor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'
import { requirePermission } from '../../platform/require-permission.ts'

export function authorizeReadUsage(actor: Actor): asserts actor is MemberActor {
  requirePermission(actor, 'usage.read')
}

export function authorizeManageUsage(actor: Actor): asserts actor is MemberActor {
  requirePermission(actor, 'usage.manage')
}

/** The operator's product reports for every organisation, so it holds a key of the support team. */
export function authorizeReportUsage(actor: Actor): asserts actor is MemberActor {
  requirePermission(actor, 'usage.report')
  if (!actor.isSupport) throw new AppError('permission.denied')
}

/** Counting goes over all organisations. */
export function authorizeCount(actor: Actor): void {
  if (actor.type !== 'system') throw new AppError('permission.denied')
}
