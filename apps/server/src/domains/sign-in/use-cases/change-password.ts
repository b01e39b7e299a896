import type { ChangePassword, EndedSessions } from '@clew/contract/sign-in'
import type { z } from 'zod'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { isFresh } from '../../../platform/fresh.ts'
import { recordOwn } from '../audit-of.ts'
import type { SessionRow } from '../model.ts'
import type { SignInParts } from '../parts.ts'
import { hashPassword, isPassword } from '../passwords.ts'
import { authorizeSessions } from '../policy.ts'
import { clearFailures } from '../repository.attempts.ts'
import { findPassword } from '../repository.ts'
import { countAttempt, notingRefusal } from '../slow-down.ts'
import { factorKey } from './pass-second-factor.ts'
import { putPassword, refuseUnfitPassword } from './reset-password.ts'

/** Sets a password: with the old one, or by whoever has just proved who they are. All other sessions end. */
export async function changePassword(
  ctx: Ctx,
  { session, ...input }: z.output<typeof ChangePassword> & { session: SessionRow },
  parts: SignInParts,
): Promise<EndedSessions> {
  const { member } = session
  const stored = await notingRefusal(ctx, factorKey(member), () =>
    ctx.transaction(async (tx) => {
      authorizeSessions(tx.actor)
      await refuseUnfitPassword(tx, member, { password: input.password, parts })
      if (input.old === undefined && !isFresh(session.provedAt, tx.clock.now())) throw new AppError('session.not_fresh')
      if (input.old !== undefined) await countAttempt(tx, factorKey(member), { reason: 'old_password' })
      return findPassword(tx, member.id)
    }),
  )
  if (input.old !== undefined && !(await isPassword(stored?.hash, input.old))) throw new AppError('password.wrong')
  const hash = await hashPassword(input.password)
  return ctx.transaction(async (tx) => {
    await clearFailures(tx, factorKey(member))
    const ended = await putPassword(tx, member, { hash, parts, keep: session.id })
    recordOwn(tx, member, { action: 'auth.password_changed', metadata: { sessions_ended: ended } })
    return { ended }
  })
}
