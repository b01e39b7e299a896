import type { Actor, MemberActor } from '../../platform/actor.ts'
import { requirePermission } from '../../platform/require-permission.ts'

export function authorizeReadPolicies(actor: Actor): asserts actor is MemberActor {
  requirePermission(actor, 'policies.read')
}

export const canManagePolicies = (actor: Actor): boolean =>
  actor.type === 'member' && actor.permissions.has('policies.manage')

export function authorizeManagePolicies(actor: Actor): asserts actor is MemberActor {
  requirePermission(actor, 'policies.manage')
}
