import type { SetUpOwner } from '@clew/contract/sessions'
import type { z } from 'zod'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { hashToken, newToken } from '../../../platform/ids.ts'
import { admitMember, ensureSupportTeam, hasOwner } from '../../organisations/index.ts'
import { setupHours } from '../model.ts'
import { refuseEasyPassword } from '../password-rules.ts'
import { hashPassword } from '../passwords.ts'
import { authorizeSessions } from '../policy.ts'
import { replaceSetupToken, setPasswordHash, takeSetupToken } from '../repository.ts'
import { type OpenedSession, openSession } from './open-session.ts'

/** A new one-time token for the first owner, or undefined when there is one. An older token stops working. */
export async function issueSetupToken(ctx: Ctx): Promise<string | undefined> {
  return ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    if (await hasOwner(tx)) return undefined
    const token = newToken()
    await replaceSetupToken(tx, {
      tokenHash: hashToken(token),
      expiresAt: new Date(tx.clock.now().getTime() + setupHours * 3_600_000),
    })
    return token
  })
}

/** Creates the first owner with the token printed at start, and signs them in. */
export async function setUpOwner(
  ctx: Ctx,
  input: z.output<typeof SetUpOwner>,
  teamName: string,
): Promise<OpenedSession> {
  return createOwner(ctx, input, { teamName, setupToken: input.token })
}

/** Creates the first owner from the command line, where the operator needs no token. */
export async function createOwner(
  ctx: Ctx,
  input: { name: string; email: string; password: string },
  how: { teamName: string; setupToken?: string },
): Promise<OpenedSession> {
  refuseEasyPassword(input.password, { email: input.email, name: input.name, brands: [how.teamName] })
  const passwordHash = await hashPassword(input.password)
  return ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    if (how.setupToken !== undefined && !(await takeSetupToken(tx, hashToken(how.setupToken))))
      throw new AppError('setup.token_invalid')
    if (await hasOwner(tx)) throw new AppError('setup.already_done')
    const organisationId = await ensureSupportTeam(tx, how.teamName)
    const owner = await admitMember(tx, {
      organisationId,
      name: input.name,
      email: input.email,
      role: 'owner',
      source: 'setup',
    })
    await setPasswordHash(tx, owner.id, passwordHash)
    return openSession(tx, owner)
  })
}
