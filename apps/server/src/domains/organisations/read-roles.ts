import { type MemberRole, permissionsOf } from '@clew/contract/permissions'
import type { OrganisationId } from '@clew/contract/primitives'
import { AppError } from '../../platform/app-error.ts'
import type { TxCtx } from '../../platform/ctx.ts'
import { isOfTeamOnly } from './model.giving.ts'
import type { NamedRole } from './model.invite-plan.ts'
import { findCustomRole } from './repository.roles.ts'

type Asked = { role: MemberRole; customRoleId?: string | undefined }

/** A role that was asked for, with what it permits there. */
export async function readRole(
  tx: TxCtx,
  { organisationId, isSupport }: { organisationId: OrganisationId; isSupport: boolean },
  asked: Asked,
): Promise<NamedRole> {
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
