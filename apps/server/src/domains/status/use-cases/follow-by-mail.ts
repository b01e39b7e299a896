import type { IncidentId, Locale } from '@clew/contract/primitives'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { hashToken, newToken, sha256 } from '../../../platform/ids.ts'
import { queueMail } from '../../../platform/mail/outbox.ts'
import { confirmMail, knownMail } from '../follow-mail.ts'
import { confirmMs, isFollowing, mostRequests, requestWindowMs, sameAddress } from '../model.followers.ts'
import { type IncidentRow, isOpen } from '../model.ts'
import { authorizeFollow } from '../policy.ts'
import { countRequest, findFollowerByEmail, putAskedFollower } from '../repository.followers.ts'
import { findIncident } from '../repository.ts'

export type FollowByMail = { incidentId: IncidentId; email: string; everyUpdate: boolean; locale: Locale }
export type FollowSettings = { brand: () => string; baseUrl: () => string }

/**
 * Somebody asks that an address is told of an incident. Its owner is asked first; whoever asked learns nothing of it:
 * not whether it follows already, nor whether a mail went out.
 */
export async function followByMail(ctx: Ctx, input: FollowByMail, settings: FollowSettings): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeFollow(tx.actor)
    const email = sameAddress(input.email)
    const since = new Date(tx.clock.now().getTime() - requestWindowMs)
    if ((await countRequest(tx, sha256('status follow', email), since)) >= mostRequests) return
    const incident = await findIncident(tx, input.incidentId)
    if (!incident || !isOpen(incident)) return
    await ask(tx, { ...input, email, incident }, settings)
  })
}

type Asking = FollowByMail & { incident: IncidentRow }

async function ask(tx: TxCtx, { incident, email, everyUpdate, locale }: Asking, settings: FollowSettings) {
  const known = await findFollowerByEmail(tx, incident.id, email)
  const mailKey = `status-follow:${tx.ids.next()}`
  const brand = settings.brand()
  if (known && isFollowing(known)) {
    const link = `${settings.baseUrl()}/${locale}/status#incident-${incident.id}`
    await queueMail(tx, { idempotencyKey: mailKey, to: email, ...knownMail(locale, { brand, incident, link }) })
    return
  }
  const token = newToken()
  await putAskedFollower(tx, {
    incidentId: incident.id,
    email,
    locale,
    everyUpdate,
    tokenHash: hashToken(token),
    tokenExpiresAt: new Date(tx.clock.now().getTime() + confirmMs),
  })
  const link = `${settings.baseUrl()}/${locale}/status/follow/link#token=${token}`
  await queueMail(tx, { idempotencyKey: mailKey, to: email, ...confirmMail(locale, { brand, incident, link }) })
}
