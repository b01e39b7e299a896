import type { Actor, MemberActor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'
import { requirePermission } from '../../platform/require-permission.ts'
import type { MemberRow } from '../organisations/index.ts'

/** Signing in, setting up and joining run as a named job of the system: there is no member yet who could be asked. */
export function authorizeSessions(actor: Actor): void {
  if (actor.type !== 'system') throw new AppError('permission.denied')
}

export function authorizeReadApiKeys(actor: Actor): asserts actor is MemberActor {
  requirePermission(actor, 'api_keys.read')
}

export function authorizeManageApiKeys(actor: Actor): asserts actor is MemberActor {
  requirePermission(actor, 'api_keys.manage')
}

/** Nobody takes an owner's factors away but an owner, and nobody their own in this way. */
export function authorizeResetFactors(actor: MemberActor, member: MemberRow): void {
  requirePermission(actor, 'members.manage')
  if (member.id === actor.id || (member.role === 'owner' && actor.role !== 'owner'))
    throw new AppError('permission.denied')
}
