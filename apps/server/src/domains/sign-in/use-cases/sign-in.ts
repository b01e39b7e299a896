import type { SignIn } from '@clew/contract/sessions'
import type { z } from 'zod'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { isActive, listMembersByEmail, normalEmail } from '../../organisations/index.ts'
import { restSeconds } from '../model.ts'
import { isPassword } from '../passwords.ts'
import { authorizeSessions } from '../policy.ts'
import { deleteFailures, findPasswordHash, insertFailure, listFailures } from '../repository.ts'
import { type OpenedSession, openSession } from './open-session.ts'

/** Signs a member in. Says the same for a wrong address and a wrong password. */
export async function signIn(ctx: Ctx, input: z.output<typeof SignIn>): Promise<OpenedSession> {
  const account = normalEmail(input.email)
  const { member, passwordHash } = await ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    const now = tx.clock.now()
    const rest = restSeconds(await listFailures(tx, account, new Date(now.getTime() - 3_600_000)), now)
    if (rest > 0) throw new AppError('session.too_many_attempts', { retryAfterSeconds: rest })
    const [found] = (await listMembersByEmail(tx, account)).filter((each) => isActive(each, now))
    return { member: found, passwordHash: found && (await findPasswordHash(tx, found.id)) }
  })

  // Outside the transaction: it takes long on purpose.
  const isRight = await isPassword(passwordHash, input.password)
  const opened = await ctx.transaction(async (tx) => {
    if (!isRight || !member) {
      await insertFailure(tx, account)
      return undefined
    }
    await deleteFailures(tx, account)
    return openSession(tx, member)
  })
  if (!opened) throw new AppError('session.wrong_credentials')
  return opened
}
