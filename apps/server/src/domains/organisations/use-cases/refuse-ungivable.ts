import type { MemberRole } from '@clew/contract/permissions'
import type { TxCtx } from '../../../platform/ctx.ts'
import { requirePermission } from '../../../platform/require-permission.ts'
import { authorizeGive } from '../policy.members.ts'
import { readRole } from '../read-roles.ts'
import type { GivenRole } from '../repository.provisioned.ts'

/** Refuses roles that are not the organisation's, and such as whoever acts may not give themselves. */
export async function refuseUngivable(tx: TxCtx, roles: readonly GivenRole[]): Promise<void> {
  const { actor } = tx
  requirePermission(actor, 'provisioning.manage')
  for (const asked of roles) {
    const role = await readRole(tx, actor, { role: asked.role as MemberRole, customRoleId: asked.customRoleId })
    authorizeGive(actor, role)
  }
}
