import type { OrganisationId } from '@clew/contract/primitives'
import type { Actor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'
import { requireTeamPermission } from '../../platform/require-permission.ts'

type Agent = Extract<Actor, { type: 'agent' }>

/** Starter macros are put in place by the product itself. */
export function authorizeProduct(actor: Actor): void {
  if (actor.type !== 'system') throw new AppError('permission.denied')
}

/** Everyone who answers people uses macros. */
export function authorizeReadMacros(actor: Actor, team: OrganisationId | undefined): void {
  if (actor.type !== 'agent' || actor.organisationId !== team) throw new AppError('permission.denied')
}

/** Who decides what flows say decides what is saved for the team to say. */
export const canEditMacros = (actor: Actor): boolean => actor.type === 'agent' && actor.permissions.has('flows.manage')

export function authorizeEditMacros(actor: Actor, team: OrganisationId | undefined): asserts actor is Agent {
  requireTeamPermission(actor, 'flows.manage')
  if (actor.organisationId !== team) throw new AppError('permission.denied')
}
