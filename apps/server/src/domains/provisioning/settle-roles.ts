import type { ProvisioningChange } from '@clew/contract/provisioning'
import type { TxCtx } from '../../platform/ctx.ts'
import { applyRoles } from '../organisations/index.ts'
import { auditRoles } from './audited.ts'
import type { Door } from './model.ts'
import { listRules, listRulesInForce } from './repository.ts'

const maxShown = 50

/**
 * Gives people the roles that follow from their groups, where the connection has rules for that. Without `memberIds`,
 * everyone of the connection.
 */
export async function settleRoles(
  tx: TxCtx,
  door: Door,
  memberIds: readonly string[] | undefined,
): Promise<ProvisioningChange[]> {
  const { connection } = door
  if (memberIds?.length === 0 || (await listRules(tx, connection.id)).length === 0) return []
  const { organisationId } = connection
  const changes = await applyRoles(tx, {
    organisationId,
    connectionId: connection.id,
    memberIds,
    rules: await listRulesInForce(tx, connection.id),
    otherwise: connection.defaultRole,
  })
  auditRoles(tx, door, changes)
  for (const { memberId } of changes) tx.emit('member.role_changed', { organisationId, memberId })
  return changes
    .slice(0, maxShown)
    .map(({ name, from, to }) => ({ kind: 'effect', effect: 'role_changed', name, from, to }))
}
