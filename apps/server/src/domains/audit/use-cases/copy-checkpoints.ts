import type { OrganisationId } from '@clew/contract/primitives'
import type { Ctx } from '../../../platform/ctx.ts'
import { copyCheckpoints, monthOf } from '../copies.ts'
import type { AuditParts } from '../parts.ts'
import { authorizeSystem } from '../policy.ts'
import { listCheckpoints } from '../repository.ts'

/** A copy that failed is made up for by the next one for so long. */
const lookBackMs = 7 * 86_400_000

/** Lays what was signed lately down in the second place. */
export async function copyLatestCheckpoints(
  ctx: Ctx,
  organisationId: OrganisationId,
  { copies }: Pick<AuditParts, 'copies'>,
): Promise<void> {
  authorizeSystem(ctx.actor)
  const since = new Date(ctx.clock.now().getTime() - lookBackMs)
  const latest = await ctx.transaction((tx) => listCheckpoints(tx, organisationId, { since }))
  for (const month of new Set(latest.map(({ at }) => monthOf(at)))) {
    const those = latest.filter(({ at }) => monthOf(at) === month)
    await copyCheckpoints(copies, { organisationId, month }, those)
  }
}
