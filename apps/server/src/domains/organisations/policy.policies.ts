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

/** Whoever saves a rule is shown them all, as they stand then. */
export function authorizeSavePolicy(actor: Actor): asserts actor is MemberActor {
  authorizeReadPolicies(actor)
  authorizeManagePolicies(actor)
}
