import type { AgentId } from '@clew/contract/primitives'
import type { Ctx } from '../../../platform/ctx.ts'
import { hashToken } from '../../../platform/ids.ts'
import { findMember, isActive } from '../../organisations/index.ts'
import type { SessionRow } from '../model.ts'
import { authorizeSessions } from '../policy.ts'
import { deleteSession, findSession, noteSeen } from '../repository.ts'

/**
 * Whose token is whose, kept by hash: a token never changes hands. Only this is remembered; whether the session still
 * lasts and who its member is, is asked every time, so that what was ended has ended at once on every process.
 */
export type TokenOwners = Map<string, AgentId>

const maxOwners = 10_000
const seenEveryMs = 5 * 60_000

/** Whose session a token is, as long as it lasts and its member may act. */
export async function readSession(ctx: Ctx, token: string, owners: TokenOwners): Promise<SessionRow | undefined> {
  const hash = hashToken(token)
  const key = hash.toString('base64')
  const owner = owners.get(key)
  const [session, member] = await ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    if (owner !== undefined) return tx.conclude(Promise.all([findSession(tx, hash), findMember(tx, owner)]))
    const found = await findSession(tx, hash)
    return [found, found && (await findMember(tx, found.memberId))]
  })
  if (!session || !member || !isActive(member, ctx.clock.now())) return undefined
  if (owners.size >= maxOwners) owners.clear()
  owners.set(key, session.memberId)
  if (ctx.clock.now().getTime() - session.seenAt.getTime() > seenEveryMs) {
    await ctx.transaction(async (tx) => {
      authorizeSessions(tx.actor)
      await noteSeen(tx, hash)
    })
  }
  return { member, expiresAt: session.expiresAt }
}

/** Ends a session at once, on every process. */
export async function endSession(ctx: Ctx, token: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    await deleteSession(tx, hashToken(token))
  })
}
