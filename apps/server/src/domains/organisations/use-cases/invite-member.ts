import type { Invitation, InviteMember } from '@clew/contract/sessions'
import type { z } from 'zod'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { hashToken, newToken } from '../../../platform/ids.ts'
import { queueMail } from '../../../platform/mail/outbox.ts'
import { invitationMail } from '../invitation-mail.ts'
import { invitationDays, normalEmail } from '../model.ts'
import { authorizeInvite } from '../policy.ts'
import { findMemberByEmail, insertInvitation } from '../repository.ts'

export type InviteSettings = { brand: () => string; baseUrl: () => string; hasMailServer: boolean }

/** Invites a person into the team. The link is in the mail and in the answer; only its hash is kept. */
export async function inviteMember(
  ctx: Ctx,
  input: z.output<typeof InviteMember>,
  settings: InviteSettings,
): Promise<Invitation> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeInvite(actor)
    if (await findMemberByEmail(tx, actor.organisationId, input.email)) throw new AppError('invitation.address_taken')
    const token = newToken()
    const id = tx.ids.next()
    const expiresAt = new Date(tx.clock.now().getTime() + invitationDays * 86_400_000)
    await insertInvitation(tx, {
      id,
      organisationId: actor.organisationId,
      email: input.email,
      role: input.role,
      tokenHash: hashToken(token),
      invitedBy: actor.id,
      expiresAt,
    })
    // After the hash, so that the token never reaches a server or its logs.
    const link = `${settings.baseUrl()}/app/join#token=${token}`
    await queueMail(tx, {
      idempotencyKey: `invitation:${id}`,
      to: normalEmail(input.email),
      ...invitationMail(input.locale, { brand: settings.brand(), inviter: actor.name, link, days: invitationDays }),
    })
    tx.emit('member.invited', { invitationId: id })
    return {
      email: normalEmail(input.email),
      expiresAt: expiresAt.toISOString(),
      mail: settings.hasMailServer ? 'queued' : 'kept',
      link,
    }
  })
}
