import type { AcceptInvitation } from '@clew/contract/sessions'
import type { z } from 'zod'
import type { Ctx } from '../../../platform/ctx.ts'
import { hashToken } from '../../../platform/ids.ts'
import { joinByInvitation } from '../../organisations/index.ts'
import type { SignInParts } from '../parts.ts'
import { hashPassword } from '../passwords.ts'
import { authorizeSessions } from '../policy.ts'
import { setPasswordHash } from '../repository.ts'
import { type OpenedSession, openSession } from './open-session.ts'
import { refuseUnfitPassword } from './reset-password.ts'

/** Makes the invited person a member and signs them in. An invitation works once. */
export async function acceptInvitation(
  ctx: Ctx,
  input: z.output<typeof AcceptInvitation>,
  parts: Pick<SignInParts, 'brand'>,
): Promise<OpenedSession> {
  const passwordHash = await hashPassword(input.password)
  return ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    const member = await joinByInvitation(tx, { tokenHash: hashToken(input.token), name: input.name })
    await refuseUnfitPassword(tx, member, { password: input.password, parts })
    await setPasswordHash(tx, member.id, passwordHash)
    return openSession(tx, member)
  })
}
