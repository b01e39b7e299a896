import type { AcceptInvitation } from '@clew/contract/sessions'
import type { z } from 'zod'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { hashToken } from '../../../platform/ids.ts'
import { addMember, lockOpenInvitation, markInvitationAccepted } from '../../organisations/index.ts'
import { hashPassword } from '../passwords.ts'
import { authorizeSessions } from '../policy.ts'
import { setPasswordHash } from '../repository.ts'
import { type OpenedSession, openSession } from './open-session.ts'

/** Makes the invited person a member and signs them in. An invitation works once. */
export async function acceptInvitation(ctx: Ctx, input: z.output<typeof AcceptInvitation>): Promise<OpenedSession> {
  const passwordHash = await hashPassword(input.password)
  return ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    const invitation = await lockOpenInvitation(tx, hashToken(input.token))
    if (!invitation) throw new AppError('invitation.invalid')
    const { organisationId, email, role } = invitation
    const member = await addMember(tx, { organisationId, email, role, name: input.name })
    await setPasswordHash(tx, member.id, passwordHash)
    await markInvitationAccepted(tx, invitation.id)
    return openSession(tx, member)
  })
}
