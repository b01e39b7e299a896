import type { Ctx } from '../../../platform/ctx.ts'
import { hashToken } from '../../../platform/ids.ts'
import { findMember } from '../../organisations/index.ts'
import type { SessionRow } from '../model.ts'
import { authorizeSessions } from '../policy.ts'
import { deleteSession, findSession } from '../repository.ts'

/** Whose session a token is, as long as it lasts and its member is on the team. */
export async function readSession(ctx: Ctx, token: string): Promise<SessionRow | undefined> {
  return ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    const session = await findSession(tx, hashToken(token))
    const member = session && (await findMember(tx, session.memberId))
    return member && { member, expiresAt: session.expiresAt }
  })
}

/** Ends a session at once, on every process. */
export async function endSession(ctx: Ctx, token: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    await deleteSession(tx, hashToken(token))
  })
}
