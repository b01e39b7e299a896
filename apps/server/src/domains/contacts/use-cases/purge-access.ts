import type { Ctx } from '../../../platform/ctx.ts'
import { authorizeContactSessions } from '../policy.ts'
import { deleteOver } from '../repository.access.ts'
import { idleMs } from './case-session.ts'

/** Forgets links, identities and sessions that are over. */
export async function purgeAccess(ctx: Ctx): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeContactSessions(tx.actor)
    const now = tx.clock.now()
    await deleteOver(tx, { now, idleSince: new Date(now.getTime() - idleMs) })
  })
}
