import {
  type PolicyChangeList,
  PolicyEffect,
  type PolicyName,
  policyNames,
  type SecurityPolicies,
} from '@clew/contract/security-policies'
import { z } from 'zod'
import type { Ctx } from '../../../../platform/ctx.ts'
import { policyOf } from '../../model.policies.ts'
import { authorizeReadPolicies, canManagePolicies } from '../../policy.policies.ts'
import { listPolicies, listPolicyChanges, type PolicyRow } from '../../repository.policies.ts'

/** Every rule of the organisation as it stands. */
export async function readPolicies(ctx: Ctx): Promise<SecurityPolicies> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeReadPolicies(actor)
    const rows = await listPolicies(tx, actor.organisationId)
    const shown = Object.fromEntries(policyNames.map((name) => [name, shownOf(name, rows.get(name))]))
    return {
      // Each of the names is there, with its own kind of value.
      ...(shown as Pick<SecurityPolicies, PolicyName>),
      canManage: canManagePolicies(actor),
      ...(tx.origin.address === undefined ? {} : { yourAddress: tx.origin.address }),
    }
  })
}

const shownOf = (name: PolicyName, row: PolicyRow | undefined) => ({
  value: policyOf(name, row?.value),
  version: row?.version ?? 0,
  ...(row?.updatedAt === undefined ? {} : { updatedAt: row.updatedAt.toISOString() }),
  ...(row?.updatedByName === undefined ? {} : { updatedBy: row.updatedByName }),
})

const Effects = z.array(PolicyEffect)

/** Who changed a rule, from what to what, and what it did. The newest first. */
export async function readPolicyChanges(ctx: Ctx, name: PolicyName): Promise<PolicyChangeList> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeReadPolicies(actor)
    const rows = await listPolicyChanges(tx, { organisationId: actor.organisationId, name })
    return {
      changes: rows.map(({ effect, at, by, ...row }) => ({
        ...row,
        at: at.toISOString(),
        ...(by === undefined ? {} : { by }),
        effects: Effects.parse(JSON.parse(effect)),
      })),
    }
  })
}
