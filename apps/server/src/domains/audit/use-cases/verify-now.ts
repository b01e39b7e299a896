import type { AuditCheck } from '@clew/contract/audit'
import type { Ctx } from '../../../platform/ctx.ts'
import type { AuditParts } from '../parts.ts'
import { authorizeRead } from '../policy.ts'
import { findCheck } from '../repository.checks.ts'
import { checkView } from '../views.check.ts'
import { verifyOrganisation } from './verify-organisation.ts'

/** Walks the chain of whoever asks from its beginning. */
export async function verifyNow(ctx: Ctx, parts: AuditParts): Promise<AuditCheck> {
  authorizeRead(ctx.actor)
  const { organisationId } = ctx.actor
  const system = parts.asSystem(ctx, 'audit.verify')
  await verifyOrganisation(system, organisationId, { parts })
  const check = await ctx.transaction((tx) => findCheck(tx, organisationId))
  if (check === undefined) throw new Error('a check that was made is there')
  return checkView(check)
}
