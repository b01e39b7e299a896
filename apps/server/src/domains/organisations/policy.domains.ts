import type { Actor, MemberActor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'
import { requirePermission, requireTeamPermission } from '../../platform/require-permission.ts'

/** Whoever may look at how people sign in sees the domains. */
export function authorizeReadDomains(actor: Actor): asserts actor is MemberActor {
  const mayRead =
    actor.type === 'member' && (actor.permissions.has('sign_in.read') || actor.permissions.has('domains.manage'))
  if (!mayRead) throw new AppError('permission.denied')
}

export const canManageDomains = (actor: Actor): boolean =>
  actor.type === 'member' && actor.permissions.has('domains.manage')

export function authorizeManageDomains(actor: Actor): asserts actor is MemberActor {
  requirePermission(actor, 'domains.manage')
}

/** Addresses are the members', so who changes a whole company's needs both. */
export function authorizeChangeAddresses(actor: Actor): asserts actor is MemberActor {
  requirePermission(actor, 'domains.manage')
  requirePermission(actor, 'members.manage')
}

/** Looks are made when somebody asks for one, and by the product itself. */
export function authorizeSettleLook(actor: Actor): void {
  if (actor.type !== 'system') authorizeManageDomains(actor)
}

export function authorizeCheckDue(actor: Actor): void {
  if (actor.type !== 'system') throw new AppError('permission.denied')
}

/** Who owns a disputed domain is decided by those who look after the organisations. */
export function authorizeDecide(actor: Actor): asserts actor is Extract<Actor, { type: 'agent' }> {
  requireTeamPermission(actor, 'organisations.manage')
}
