import type { ChangeMember } from '@clew/contract/members'
import type { Actor, MemberActor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'
import { requirePermission, requireTeamPermission } from '../../platform/require-permission.ts'
import { type Giver, type Role, whyNotChange, whyNotGive } from './model.giving.ts'
import type { MemberRow } from './model.ts'

export function authorizeReadConsole(actor: Actor): asserts actor is MemberActor {
  requirePermission(actor, 'members.read')
}

export function authorizeInvitePeople(actor: Actor): asserts actor is MemberActor {
  requirePermission(actor, 'members.invite')
}

export function authorizeManageMembers(actor: Actor): asserts actor is MemberActor {
  requirePermission(actor, 'members.manage')
}

/** What the parts of a member take, or without any their access. Whoever changes something is shown them afterwards. */
export function authorizeChangeMember(
  actor: Actor,
  fields: readonly (keyof ChangeMember)[] = [],
): asserts actor is MemberActor {
  authorizeReadConsole(actor)
  if (fields.some((field) => field !== 'seatTypeId') || fields.length === 0) authorizeManageMembers(actor)
  if (fields.includes('seatTypeId')) authorizeManageSeats(actor)
}

export function authorizeManageRoles(actor: Actor): asserts actor is MemberActor {
  requirePermission(actor, 'roles.manage')
}

export function authorizeManageGroups(actor: Actor): asserts actor is MemberActor {
  requirePermission(actor, 'groups.manage')
}

export function authorizeManageSeats(actor: Actor): asserts actor is MemberActor {
  requirePermission(actor, 'seats.manage')
}

/** What is one's own needs no permission. */
export function authorizeOwn(actor: Actor): asserts actor is MemberActor {
  if (actor.type !== 'member') throw new AppError('permission.denied')
}

export function authorizeManageOrganisations(actor: Actor): void {
  if (actor.type === 'system') return
  requireTeamPermission(actor, 'organisations.manage')
}

/** What an organisation's own people did is for few of the team to read. */
export function authorizeReadOthersAudit(actor: Actor): void {
  requireTeamPermission(actor, 'organisations.audit')
}

/** Joining, expiry and what an identity provider says: nobody of the organisation acts. */
export function authorizeSystem(actor: Actor): void {
  if (actor.type !== 'system') throw new AppError('permission.denied')
}

const giverOf = (actor: Actor): Giver | undefined =>
  actor.type === 'member' || actor.type === 'agent' ? actor : undefined

export function authorizeGive(actor: Actor, role: Pick<Role, 'role' | 'permissions'>): void {
  const reason = whyNotGive(giverOf(actor), role)
  if (reason) throw new AppError(reason)
}

export function authorizeChange(actor: Actor, member: MemberRow): void {
  const reason = whyNotChange(giverOf(actor), member)
  if (reason) throw new AppError(reason)
}

/** Who comes by a connection is changed where the connection leads to; the connection itself is the system. */
export function refuseProvisioned(actor: Actor, member: MemberRow): void {
  if (actor.type !== 'system' && member.connectionId !== undefined && member.source === 'scim')
    throw new AppError('member.provisioned', { name: member.name })
}
