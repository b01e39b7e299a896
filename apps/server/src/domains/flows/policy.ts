import type { OrganisationId } from '@clew/contract/primitives'
import type { Actor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'
import { requireTeamPermission } from '../../platform/require-permission.ts'

type Agent = Extract<Actor, { type: 'agent' }>

/** Starter flows are put in place, and the flows that people get are read, by the product itself. */
export function authorizeProduct(actor: Actor): void {
  if (actor.type !== 'system') throw new AppError('permission.denied')
}

/** Everyone of the support team reads and tries flows. */
export function authorizeReadFlows(actor: Actor, team: OrganisationId | undefined): void {
  if (actor.type !== 'agent' || actor.organisationId !== team) throw new AppError('permission.denied')
}

export const canEditFlows = (actor: Actor): boolean => actor.type === 'agent' && actor.permissions.has('flows.manage')

/** What a flow says, all visitors read. */
export function authorizeEditFlows(actor: Actor, team: OrganisationId | undefined): asserts actor is Agent {
  requireTeamPermission(actor, 'flows.manage')
  if (actor.organisationId !== team) throw new AppError('permission.denied')
}
