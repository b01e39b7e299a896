import type { OrganisationId } from '@clew/contract/primitives'
import type { Actor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'
import { requireTeamPermission } from '../../platform/require-permission.ts'

export function authorizeReadMembers(actor: Actor): void {
  if (actor.type !== 'agent' && actor.type !== 'system') throw new AppError('permission.denied')
}

/** Who may bring people into the team. */
export function authorizeInvite(actor: Actor): asserts actor is Extract<Actor, { type: 'agent' }> {
  requireTeamPermission(actor, 'members.invite')
}

/** Setting up and joining happen before there is a member to ask; the token was checked by the caller. */
export function authorizeAddMember(actor: Actor): void {
  if (actor.type !== 'system') throw new AppError('permission.denied')
}

/** Everyone of the team may look, though not at keys; the product itself reads them to act by them. */
export function authorizeReadSettings(actor: Actor): void {
  if (actor.type !== 'agent' && actor.type !== 'system') throw new AppError('permission.denied')
}

export const canChangeSettings = (actor: Actor): boolean =>
  actor.type === 'agent' && actor.permissions.has('settings.manage')

/** Who of the support organisation may, and nobody of another one. */
export function authorizeChangeSettings(
  actor: Actor,
  supportTeam: OrganisationId | undefined,
): asserts actor is Extract<Actor, { type: 'agent' }> {
  if (actor.type !== 'agent' || !canChangeSettings(actor) || actor.organisationId !== supportTeam)
    throw new AppError('permission.denied')
}
