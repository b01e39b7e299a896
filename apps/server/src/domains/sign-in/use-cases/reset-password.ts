import type { ResetPassword } from '@clew/contract/sign-in'
import type { z } from 'zod'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { hashToken } from '../../../platform/ids.ts'
import { queueMail } from '../../../platform/mail/outbox.ts'
import { findPolicies, type MemberRow } from '../../organisations/index.ts'
import { recordOwn } from '../audit-of.ts'
import type { SignInParts } from '../parts.ts'
import { refuseEasyPassword } from '../password-rules.ts'
import { hashPassword } from '../passwords.ts'
import { authorizeSessions } from '../policy.ts'
import { type AttemptRow, clearFailures, deleteLinksTo, lockLinked } from '../repository.attempts.ts'
import { deleteSessions, setPasswordHash } from '../repository.ts'
import { passwordChangedMail } from '../sign-in-mail.ts'
import { countAgainstAddress, refuseRestingAddress } from '../slow-down.ts'
import { membersFor } from './mail-link.ts'

type Found = { attempt: AttemptRow; members: MemberRow[] }

/**
 * A new password by a mailed link, once. Every session ends, so that whoever had the old one is out; a second factor is
 * still asked for.
 */
export async function resetPassword(
  ctx: Ctx,
  input: z.output<typeof ResetPassword>,
  parts: SignInParts,
): Promise<void> {
  const found = await ctx.transaction(async (tx) => {
    const linked = await lockLink(tx, input.token, parts)
    if (!linked) await countAgainstAddress(tx, 'reset')
    // Refused before the link is used up: the same link takes a better one.
    for (const member of linked?.members ?? [])
      await refuseUnfitPassword(tx, member, { password: input.password, parts })
    return linked
  })
  if (!found) throw new AppError('session.link_invalid')
  const hash = await hashPassword(input.password)
  const isDone = await ctx.transaction(async (tx) => {
    const linked = await lockLink(tx, input.token, parts)
    if (!linked) return false
    await deleteLinksTo(tx, linked.attempt.email ?? '')
    await clearFailures(tx, linked.attempt.email ?? '')
    for (const member of linked.members) {
      await putPassword(tx, member, { hash, parts })
      recordOwn(tx, member, { action: 'auth.password_reset' })
    }
    return true
  })
  if (!isDone) throw new AppError('session.link_invalid')
}

async function lockLink(tx: TxCtx, token: string, parts: SignInParts): Promise<Found | undefined> {
  authorizeSessions(tx.actor)
  await refuseRestingAddress(tx)
  const attempt = await lockLinked(tx, { linkHash: hashToken(token), step: 'reset' })
  const members = attempt ? await membersFor(tx, attempt, parts) : []
  return attempt && members.length > 0 ? { attempt, members } : undefined
}

/** What our rules and the organisation's refuse. */
export async function refuseUnfitPassword(
  tx: TxCtx,
  member: Pick<MemberRow, 'organisationId' | 'organisation' | 'name' | 'email'>,
  { password, parts }: { password: string; parts: Pick<SignInParts, 'brand'> },
): Promise<void> {
  const brands = [parts.brand(), member.organisation.name]
  refuseEasyPassword(password, { email: member.email, name: member.name, brands })
  const { passwords } = await findPolicies(tx, member.organisationId)
  if (password.length < passwords.minLength) throw new AppError('password.too_short', { count: passwords.minLength })
}

/** Sets a password, ends all sessions but one, and tells whoever it belongs to. */
export async function putPassword(
  tx: TxCtx,
  member: MemberRow,
  { hash, parts, keep }: { hash: string; parts: SignInParts; keep?: string },
): Promise<number> {
  await setPasswordHash(tx, member.id, hash)
  const ended = await deleteSessions(tx, { memberId: member.id, except: keep })
  for (const id of ended)
    recordOwn(tx, member, {
      action: 'session.revoked',
      targets: [{ type: 'session', id }],
      reason: 'password_changed',
    })
  await queueMail(tx, {
    idempotencyKey: `password-changed:${tx.ids.next()}`,
    to: member.email,
    ...passwordChangedMail(member.locale, { brand: parts.brand(), link: `${parts.baseUrl()}/app/sign-in/forgotten` }),
  })
  return ended.length
}
