import type { Ctx } from '../../../platform/ctx.ts'
import type { HeldStream } from '../../../platform/realtime.ts'
import { authorizeContactSessions } from '../policy.ts'
import { listLastingSessions } from '../repository.ts'

/** Which of these streams of contacts are open by a session that was taken back or is over. */
export async function listEndedStreams(ctx: Ctx, held: readonly HeldStream[]): Promise<HeldStream[]> {
  const lasting = await ctx.transaction(async (tx) => {
    authorizeContactSessions(tx.actor)
    const hashes = [...new Set(held.map(({ sessionId }) => sessionId))].map((id) => Buffer.from(id, 'hex'))
    return tx.conclude(listLastingSessions(tx, hashes))
  })
  const ids = new Set(lasting.map((hash) => hash.toString('hex')))
  return held.filter(({ sessionId }) => !ids.has(sessionId))
}
