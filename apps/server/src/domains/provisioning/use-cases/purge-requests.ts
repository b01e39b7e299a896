import { requestDays } from '@clew/contract/provisioning'
import type { Ctx } from '../../../platform/ctx.ts'
import { afterDays } from '../model.ts'
import { authorizeSystem } from '../policy.ts'
import { deleteRequests } from '../repository.requests.ts'

const atATime = 2_000

/** Deletes what the log has kept for long enough. */
export async function purgeRequests(ctx: Ctx): Promise<void> {
  for (;;) {
    const gone = await ctx.transaction(async (tx) => {
      authorizeSystem(tx.actor)
      return deleteRequests(tx, afterDays(tx.clock.now(), -requestDays), atATime)
    })
    if (gone < atATime) return
  }
}
