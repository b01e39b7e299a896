import type { ErrorCode } from '@clew/contract/errors'
import { type MemberRole, type Permission, teamPermissions } from '@clew/contract/permissions'
import type { MemberRow } from './model.ts'

/** A role with what it permits; of a custom one, with its id. */
export type Role = { role: MemberRole; customRoleId: string | undefined; permissions: ReadonlySet<Permission> }

/** Who gives; the system, which acts for an identity provider or the operator, is nobody here and may give anything. */
export type Giver = Pick<MemberRow, 'role' | 'permissions'>

/** Why a role cannot be given, if it cannot: nobody gives what they may not do themselves. */
export function whyNotGive(giver: Giver | undefined, role: Pick<Role, 'role' | 'permissions'>): ErrorCode | undefined {
  if (giver === undefined) return undefined
  if (role.role === 'owner' && giver.role !== 'owner') return 'role.owners_only'
  return hasAll(giver.permissions, role.permissions) ? undefined : 'role.beyond_own'
}

/** Why somebody cannot be changed, if they cannot: nobody changes who may do more. */
export function whyNotChange(giver: Giver | undefined, member: Giver): ErrorCode | undefined {
  if (giver === undefined) return undefined
  if (member.role === 'owner' && giver.role !== 'owner') return 'role.owners_only'
  return hasAll(giver.permissions, member.permissions) ? undefined : 'member.outranks'
}

export const hasAll = (own: ReadonlySet<Permission>, asked: Iterable<Permission>): boolean =>
  [...asked].every((each) => own.has(each))

/** Whether a role means anything outside of the support team. */
export const isOfTeamOnly = (role: MemberRole, permissions: Iterable<Permission>): boolean =>
  role === 'agent' || [...permissions].some((each) => teamPermissions.has(each))
