import type { IncidentId } from '@clew/contract/primitives'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { hashToken, newToken } from '../../../platform/ids.ts'
import { queueMail } from '../../../platform/mail/outbox.ts'
import { updateMail } from '../follow-mail.ts'
import { type FollowerRow, isTold, rememberedMs, requestWindowMs } from '../model.followers.ts'
import type { IncidentRow, UpdateRow } from '../model.ts'
import { authorizeFollow } from '../policy.ts'
import { deleteOldFollowing, insertNotice, listUntold } from '../repository.followers.ts'
import { findIncident } from '../repository.ts'
import type { FollowSettings } from './follow-by-mail.ts'

const batch = 100

/**
 * Tells everyone who follows of an update, a hundred in a transaction. That a follower is told is noted with what tells
 * them, so that each hears of it once, however often this runs and wherever it was cut off.
 */
export async function tellFollowers(
  ctx: Ctx,
  about: { incidentId: IncidentId; updateId: string },
  settings: FollowSettings,
): Promise<void> {
  for (;;) {
    const told = await ctx.transaction((tx) => tellBatch(tx, about, settings))
    if (told < batch) return
  }
}

async function tellBatch(
  tx: TxCtx,
  { incidentId, updateId }: { incidentId: IncidentId; updateId: string },
  settings: FollowSettings,
): Promise<number> {
  authorizeFollow(tx.actor)
  const incident = await findIncident(tx, incidentId)
  const update = incident?.updates.find(({ id }) => id === updateId)
  if (!incident || !update) return 0
  const onlyEveryUpdate = !isTold(update.status, false)
  const untold = await listUntold(tx, { incidentId, updateId, onlyEveryUpdate, limit: batch })
  for (const follower of untold) await tell(tx, { follower, incident, update }, settings)
  return untold.length
}

type Telling = { follower: FollowerRow; incident: IncidentRow; update: UpdateRow }

async function tell(tx: TxCtx, { follower, incident, update }: Telling, settings: FollowSettings): Promise<void> {
  const { via } = follower
  const token = 'email' in via ? newToken() : undefined
  const notice = {
    followerId: follower.id,
    updateId: update.id,
    unfollowHash: token === undefined ? token : hashToken(token),
  }
  if (!(await insertNotice(tx, notice))) return
  if (!('email' in via)) {
    const { conversationId } = via
    tx.emit('incident.follower_due', { incidentId: incident.id, updateId: update.id, conversationId })
    return
  }
  const page = `${settings.baseUrl()}/${via.locale}/status`
  const leave = `${page}/unfollow/link#token=${token}`
  const link = `${page}#incident-${incident.id}`
  await queueMail(tx, {
    idempotencyKey: `status:${follower.id}:${update.id}`,
    to: via.email,
    // RFC 8058: a mail program posts to the address itself and knows no `#`.
    unsubscribeUrl: `${page}/unfollow/${token}`,
    ...updateMail(via.locale, { brand: settings.brand(), incident, update, link, leave }),
  })
}

/** Addresses are kept no longer than there is something to tell them. */
export async function sweepFollowers(ctx: Ctx): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeFollow(tx.actor)
    const now = tx.clock.now().getTime()
    await deleteOldFollowing(tx, {
      requests: new Date(now - requestWindowMs),
      tokens: new Date(now),
      resolved: new Date(now - rememberedMs),
    })
  })
}
