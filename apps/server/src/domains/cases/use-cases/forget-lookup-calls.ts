import type { Ctx } from '../../../platform/ctx.ts'
import { daysCallsAreKept } from '../model.connector.ts'
import { authorizeLearn } from '../policy.ts'
import { deleteCallsBefore } from '../repository.connector.ts'

const dayMs = 86_400_000

/** Calls of long ago tell nobody anything any more. */
export async function forgetLookupCalls(ctx: Ctx): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeLearn(tx.actor)
    await deleteCallsBefore(tx, new Date(tx.clock.now().getTime() - daysCallsAreKept * dayMs))
  })
}
