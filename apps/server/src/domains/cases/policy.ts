import type { ContactId, OrganisationId } from '@clew/contract/primitives'
import type { Actor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'
import { requireTeamPermission } from '../../platform/require-permission.ts'

/** The contact of the conversation and the team read and fill in a case; for everyone else there is none. */
export function authorizeCase(actor: Actor, conversation: { contactId: ContactId }): void {
  const allowed =
    actor.type === 'agent' ||
    actor.type === 'system' ||
    actor.type === 'assistant' ||
    (actor.type === 'contact' && actor.id === conversation.contactId)
  if (!allowed) throw new AppError('conversation.not_found')
}

export function authorizeLearn(actor: Actor): void {
  if (actor.type !== 'system' && actor.type !== 'assistant') throw new AppError('permission.denied')
}

/** What the logs know is for the team alone. */
export function authorizeReadLogs(actor: Actor, supportTeam: OrganisationId | undefined): asserts actor is Agent {
  if (actor.type !== 'agent' || actor.organisationId !== supportTeam) throw new AppError('permission.denied')
}

export const canChangeConnector = (actor: Actor, supportTeam: OrganisationId | undefined): boolean =>
  actor.type === 'agent' && actor.permissions.has('connector.manage') && actor.organisationId === supportTeam

/** Whoever sets the endpoint decides where this server calls. */
export function authorizeChangeConnector(
  actor: Actor,
  supportTeam: OrganisationId | undefined,
): asserts actor is Agent {
  requireTeamPermission(actor, 'connector.manage')
  if (actor.organisationId !== supportTeam) throw new AppError('permission.denied')
}

type Agent = Extract<Actor, { type: 'agent' }>
