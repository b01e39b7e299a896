import type { OrganisationId } from '@clew/contract/primitives'
import type { Ctx } from '../../platform/ctx.ts'
import { authorizeSystem } from './policy.ts'
import { listHeads } from './repository.ts'

/** Every organisation of which anything was recorded. */
export async function listChains(ctx: Ctx): Promise<OrganisationId[]> {
  authorizeSystem(ctx.actor)
  const heads = await ctx.transaction(listHeads)
  return heads.map(({ organisationId }) => organisationId as OrganisationId)
}
