import { type MemberRole, permissionsOf } from '@clew/contract/permissions'
import type { OrganisationId } from '@clew/contract/primitives'
import type { MemberActor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'
import type { TxCtx } from '../../platform/ctx.ts'
import { isOfTeamOnly, whyNotGive } from './model.giving.ts'
import { type NamedRole, rolesThere } from './model.invite-plan.ts'
import { findCustomRole, listCustomRoles } from './repository.roles.ts'

type Place = { organisationId: OrganisationId; isSupport: boolean }

/** Every role of an organisation, with what it permits there. */
export async function listRoles(tx: TxCtx, { organisationId, isSupport }: Place): Promise<NamedRole[]> {
  const custom = await listCustomRoles(tx, organisationId)
  return rolesThere(
    isSupport,
    custom.map((each) => ({ ...each, permissions: permissionsOf('custom', { custom: each.permissions, isSupport }) })),
  )
}

export type RoleToGive = { role: NamedRole; mayGive: boolean }

/** The same, and which of them whoever acts may give. */
export async function listRolesToGive(tx: TxCtx, actor: MemberActor): Promise<RoleToGive[]> {
  return (await listRoles(tx, actor)).map((role) => ({ role, mayGive: whyNotGive(actor, role) === undefined }))
}

type Asked = { role: MemberRole; customRoleId?: string | undefined }

/** A role that was asked for, with what it permits there. */
export async function readRole(tx: TxCtx, { organisationId, isSupport }: Place, asked: Asked): Promise<NamedRole> {
  if (asked.role === 'custom') {
    const custom = asked.customRoleId && (await findCustomRole(tx, organisationId, asked.customRoleId))
    if (!custom) throw new AppError('role.not_found')
    const permissions = permissionsOf('custom', { custom: custom.permissions, isSupport })
    return { role: 'custom', customRoleId: custom.id, name: custom.name, permissions }
  }
  if (!isSupport && isOfTeamOnly(asked.role, [])) throw new AppError('role.team_only')
  return {
    role: asked.role,
    customRoleId: undefined,
    name: asked.role,
    permissions: permissionsOf(asked.role, { isSupport }),
  }
}
