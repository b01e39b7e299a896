import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { hashToken, newToken } from '../../../platform/ids.ts'
import { queueMail } from '../../../platform/mail/outbox.ts'
import { findPolicies, isActive, listMembersByEmail, type MemberRow, normalEmail } from '../../organisations/index.ts'
import { recordOwn } from '../audit-of.ts'
import { isAllowedWay } from '../model.policies.ts'
import { attemptMinutes, resetMinutes } from '../model.ts'
import { noSingleSignOn, type SignInParts } from '../parts.ts'
import { authorizeSessions } from '../policy.ts'
import {
  type AttemptRow,
  deleteAttempt,
  insertAttempt,
  lockAttemptById,
  lockLinked,
  setLink,
} from '../repository.attempts.ts'
import { resetMail, signInLinkMail } from '../sign-in-mail.ts'
import { countAgainstAddress, countAttempt, notingRefusal, refuseRestingAddress } from '../slow-down.ts'
import { type Entry, enter } from './enter.ts'

/**
 * Asks for a mail: to sign in by (then only in this browser, whose token is the answer), or to choose a new password.
 * Known or not, the same is done and said; a job finds out later whether there is anybody to write to.
 */
export async function askForMail(
  ctx: Ctx,
  { email, step }: { email: string; step: 'link' | 'reset' },
  parts: SignInParts,
): Promise<string> {
  const to = normalEmail(email)
  return notingRefusal(ctx, to, () =>
    ctx.transaction(async (tx) => {
      authorizeSessions(tx.actor)
      await refuseRestingAddress(tx)
      // Mails are counted like guesses: nobody fills the letter box of another.
      await countAttempt(tx, `mail:${to}`, { reason: 'mail' })
      const [id, token] = [tx.ids.next(), newToken()]
      const minutes = step === 'link' ? attemptMinutes : resetMinutes
      await insertAttempt(tx, {
        id,
        step,
        email: to,
        locale: tx.locale,
        expiresAt: new Date(tx.clock.now().getTime() + minutes * 60_000),
        ...(step === 'link' ? { tokenHash: hashToken(token) } : {}),
      })
      await parts.jobs.send(tx, { name: 'sign-in.send_link', input: { attemptId: id }, id })
      return token
    }),
  )
}

/** Writes to whoever asked, if there is somebody who may sign in so. Run twice it sends the newer link. */
export async function sendLink(ctx: Ctx, { attemptId }: { attemptId: string }, parts: SignInParts): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    const attempt = await lockAttemptById(tx, attemptId)
    if (!attempt?.email) return
    const members = await membersFor(tx, attempt, parts)
    const [first] = members
    if (!first) return
    const token = newToken()
    await setLink(tx, attempt.id, hashToken(token))
    // After the hash, so that the token never reaches a server or its logs.
    const page = attempt.step === 'link' ? 'link' : 'new-password'
    const link = `${parts.baseUrl()}/app/sign-in/${page}#token=${token}`
    const letter = attempt.step === 'link' ? signInLinkMail : resetMail
    const minutes = attempt.step === 'link' ? attemptMinutes : resetMinutes
    await queueMail(tx, {
      idempotencyKey: `sign-in:${attempt.id}:${hashToken(token).toString('hex').slice(0, 16)}`,
      to: attempt.email,
      ...letter(attempt.locale, { brand: parts.brand(), link, minutes }),
    })
    for (const member of members)
      recordOwn(tx, member, { action: 'auth.link_sent', actor: { type: 'visitor' }, metadata: { for: attempt.step } })
  })
}

/** Those with this address for whom such a mail is good. */
export async function membersFor(
  tx: TxCtx,
  { email = '', step }: Pick<AttemptRow, 'email' | 'step'>,
  { sso = noSingleSignOn }: SignInParts,
): Promise<MemberRow[]> {
  const found: MemberRow[] = []
  for (const member of await listMembersByEmail(tx, email)) {
    if (!isActive(member, tx.clock.now()) || (await sso.isRequired(tx, member))) continue
    const policies = await findPolicies(tx, member.organisationId)
    if (isAllowedWay(policies, step === 'link' ? 'link' : 'password')) found.push(member)
  }
  return found
}

/** Signs in by a mailed link, once, in the browser that asked for it. */
export async function openLink(
  ctx: Ctx,
  { token, link }: { token: string | undefined; link: string },
  parts: SignInParts,
): Promise<Entry> {
  const entry = await ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    await refuseRestingAddress(tx)
    const tokenHash = hashToken(token ?? '')
    const attempt = await lockLinked(tx, { linkHash: hashToken(link), step: 'link', tokenHash })
    if (!attempt) {
      await countAgainstAddress(tx, 'link')
      return undefined
    }
    await deleteAttempt(tx, attempt.id)
    const members = await membersFor(tx, attempt, parts)
    return members.length === 0 ? undefined : enter(tx, { members, methods: ['link'] }, parts)
  })
  if (!entry) throw new AppError('session.link_invalid')
  return entry
}
