import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { hashToken } from '../../../platform/ids.ts'
import { type FollowerRow, isFollowing } from '../model.followers.ts'
import { type IncidentRow, isOpen } from '../model.ts'
import { authorizeFollow } from '../policy.ts'
import { lockFollowerByNotice, lockFollowerByToken, setFollowing } from '../repository.followers.ts'
import { findIncident } from '../repository.ts'

/** How it stands with one who holds a token of a mail. */
export type Following = { incident: IncidentRow; isFollowing: boolean; isOver: boolean }

/** What the mail asks, to be shown; changes nothing, since programs that look at mails open links. */
export async function lookAtFollowing(ctx: Ctx, token: string): Promise<Following> {
  return ctx.transaction(async (tx) => {
    const follower = await askedBy(tx, token)
    return viewOf(tx, follower, isFollowing(follower))
  })
}

/** The owner of the address wants to follow. To say so twice changes nothing. */
export async function confirmFollowing(ctx: Ctx, token: string): Promise<Following> {
  return ctx.transaction(async (tx) => {
    const follower = await askedBy(tx, token)
    if (!isFollowing(follower)) await setFollowing(tx, follower.id, true)
    return viewOf(tx, follower, true)
  })
}

/** What a link to leave leads to, before anything is changed. */
export async function lookAtLeaving(ctx: Ctx, token: string): Promise<Following> {
  return ctx.transaction(async (tx) => {
    const follower = await leavingBy(tx, token)
    return viewOf(tx, follower, isFollowing(follower))
  })
}

/** The holder of a mail wants no more of them. To say so twice changes nothing. */
export async function stopFollowing(ctx: Ctx, token: string): Promise<Following> {
  return ctx.transaction(async (tx) => {
    const follower = await leavingBy(tx, token)
    if (follower.endedAt === undefined) await setFollowing(tx, follower.id, false)
    return viewOf(tx, follower, false)
  })
}

const isToken = (token: string): boolean => /^[\w-]{43}$/.test(token)

async function askedBy(tx: TxCtx, token: string): Promise<FollowerRow> {
  authorizeFollow(tx.actor)
  const follower = isToken(token) ? await lockFollowerByToken(tx, hashToken(token)) : undefined
  if (!follower?.tokenExpiresAt || follower.tokenExpiresAt < tx.clock.now()) throw new AppError('follow.link_invalid')
  return follower
}

/** By a mail that told of an update, or by the one that asked. A link to leave never grows old. */
async function leavingBy(tx: TxCtx, token: string): Promise<FollowerRow> {
  authorizeFollow(tx.actor)
  const hash = hashToken(token)
  const follower = isToken(token)
    ? ((await lockFollowerByNotice(tx, hash)) ?? (await lockFollowerByToken(tx, hash)))
    : undefined
  if (!follower) throw new AppError('follow.link_invalid')
  return follower
}

async function viewOf(tx: TxCtx, { incidentId }: FollowerRow, isFollowingNow: boolean): Promise<Following> {
  const incident = await findIncident(tx, incidentId)
  if (!incident) throw new AppError('follow.link_invalid')
  return { incident, isFollowing: isFollowingNow, isOver: !isOpen(incident) }
}
