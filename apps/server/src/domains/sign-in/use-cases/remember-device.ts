import type { Ctx } from '../../../platform/ctx.ts'
import { hashToken, newToken } from '../../../platform/ids.ts'
import { type MemberRow, normalEmail } from '../../organisations/index.ts'
import { authorizeSessions } from '../policy.ts'
import { noteDevice } from '../repository.attempts.ts'

/** Remembers that somebody has signed in in this browser; answers with the token by which it is known again. */
export async function rememberDevice(ctx: Ctx, { email }: MemberRow, known: string | undefined): Promise<string> {
  const token = known !== undefined && /^[\w-]{43}$/.test(known) ? known : newToken()
  await ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    await noteDevice(tx, hashToken(token), normalEmail(email))
  })
  return token
}
