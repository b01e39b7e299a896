import type { Permission } from '@clew/contract/permissions'
import type { Actor, MemberActor } from './actor.ts'
import { AppError } from './app-error.ts'

/** Refuses who may not. In an organisation's console it is always a member who acts. */
export function requirePermission(actor: Actor, permission: Permission): asserts actor is MemberActor {
  if (actor.type !== 'member' || !actor.permissions.has(permission)) throw new AppError('permission.denied')
}

/** The same in the support team's own routes. */
export function requireTeamPermission(
  actor: Actor,
  permission: Permission,
): asserts actor is Extract<Actor, { type: 'agent' }> {
  if (actor.type !== 'agent' || !actor.permissions.has(permission)) throw new AppError('permission.denied')
}
