import type { Ctx } from '../../../platform/ctx.ts'
import { authorizeSessions } from '../policy.ts'
import { deleteOld } from '../repository.attempts.ts'

export async function purgeSessions(ctx: Ctx): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    await deleteOld(tx, new Date(tx.clock.now().getTime() - 86_400_000))
  })
}
