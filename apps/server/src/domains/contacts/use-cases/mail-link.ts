import type { Locale } from '@clew/contract/primitives'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { hashToken, newToken } from '../../../platform/ids.ts'
import { queueMail } from '../../../platform/mail/outbox.ts'
import { linkMail } from '../link-mail.ts'
import { linkMinutes, mostLinks } from '../model.ts'
import { authorizeContactSessions } from '../policy.ts'
import {
  countSentLinks,
  insertMailLink,
  listContactsOfAddress,
  lockUnsentLink,
  setLinkToken,
} from '../repository.access.ts'

export type LinkSettings = { brand: () => string; baseUrl: () => string }

const linkMs = linkMinutes * 60_000

/**
 * Notes that somebody wants to see the cases of an address. It does the same for an address that we know and for one
 * that we do not; whether there is anything to send is found out later, by `mailLink`.
 */
export async function requestLink(ctx: Ctx, input: { address: string; locale: Locale }): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeContactSessions(tx.actor)
    const linkId = tx.ids.next()
    await insertMailLink(tx, {
      id: linkId,
      address: input.address.trim().toLowerCase(),
      locale: input.locale,
      expiresAt: new Date(tx.clock.now().getTime() + linkMs),
    })
    tx.emit('contact.link_requested', { linkId })
  })
}

/** Sends the link if somebody is known by the address and has not had too many. Run twice, it sends one mail. */
export async function mailLink(tx: TxCtx, linkId: string, { brand, baseUrl }: LinkSettings): Promise<void> {
  authorizeContactSessions(tx.actor)
  const link = await lockUnsentLink(tx, linkId)
  if (!link) return
  const since = new Date(tx.clock.now().getTime() - linkMs)
  if ((await countSentLinks(tx, link.address, since)) >= mostLinks) return
  if ((await listContactsOfAddress(tx, link.address)).length === 0) return
  const token = newToken()
  await setLinkToken(tx, linkId, hashToken(token))
  await queueMail(tx, {
    idempotencyKey: `my-link:${linkId}`,
    to: link.address,
    ...linkMail(link.locale, {
      brand: brand(),
      link: `${baseUrl()}/${link.locale}/my/enter#token=${token}`,
      minutes: linkMinutes,
    }),
  })
}
