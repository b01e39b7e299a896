import type { Permission } from '@clew/contract/permissions'
import type { Actor, MemberActor } from './actor.ts'
import { AppError } from './app-error.ts'

/** Refuses who may not, and says what they lack. In an organisation's console it is always a member who acts. */
export function requirePermission(actor: Actor, permission: Permission): asserts actor is MemberActor {
  if (actor.type !== 'member') throw new AppError('permission.denied')
  if (!actor.permissions.has(permission)) throw new AppError('permission.denied', { permission })
}

/** The same in the support team's own routes. */
export function requireTeamPermission(
  actor: Actor,
  permission: Permission,
): asserts actor is Extract<Actor, { type: 'agent' }> {
  if (actor.type !== 'agent') throw new AppError('permission.denied')
  if (!actor.permissions.has(permission)) throw new AppError('permission.denied', { permission })
}
