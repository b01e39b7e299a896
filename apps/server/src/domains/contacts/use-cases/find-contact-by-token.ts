import type { Ctx } from '../../../platform/ctx.ts'
import { hashToken } from '../../../platform/ids.ts'
import { authorizeContactSessions } from '../policy.ts'
import { type FoundSession, findContactSession } from '../repository.ts'

/** Whose token this is and until when, or undefined. */
export async function findContactByToken(ctx: Ctx, token: string): Promise<FoundSession | undefined> {
  return ctx.transaction(async (tx) => {
    authorizeContactSessions(tx.actor)
    return tx.conclude(findContactSession(tx, hashToken(token)))
  })
}
