import type { ProofWays, ProveAgain } from '@clew/contract/sign-in'
import type { z } from 'zod'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { hashToken, newToken } from '../../../platform/ids.ts'

import { recordOwn } from '../audit-of.ts'
import { takeFactor, wrongFactor } from '../factors.ts'
import { type SessionRow, standingOf } from '../model.ts'
import type { SignInParts } from '../parts.ts'
import { askForPasskey } from '../passkeys.ts'
import { isPassword } from '../passwords.ts'
import { authorizeSessions } from '../policy.ts'
import { clearFailures } from '../repository.attempts.ts'
import { findApp, listPasskeys } from '../repository.factors.ts'
import { findPassword, lockSession, replaceToken, setProved, setSessionChallenge } from '../repository.ts'
import { countAttempt, notingRefusal } from '../slow-down.ts'
import { factorKey } from './pass-second-factor.ts'

/** By what somebody can say once more who they are. */
export async function readProofWays(ctx: Ctx, { member }: SessionRow): Promise<ProofWays> {
  return ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    return {
      password: (await findPassword(tx, member.id)) !== undefined,
      code: (await findApp(tx, member.id, 'active')) !== undefined,
      passkey: (await listPasskeys(tx, member.id)).length > 0,
    }
  })
}

export async function askForProvingPasskey(ctx: Ctx, { id, member }: SessionRow, parts: SignInParts) {
  return ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    const keys = await listPasskeys(tx, member.id)
    if (keys.length === 0) throw new AppError('factor.not_found')
    const { challenge, publicKey } = await askForPasskey(parts, keys)
    await setSessionChallenge(tx, id, challenge)
    return { publicKey }
  })
}

type Proof = { session: SessionRow; token: string; proof: z.output<typeof ProveAgain> }

/** Proves once more who somebody is. The session goes on with a new token, which is the answer. */
export async function proveAgain(ctx: Ctx, { session, token, proof }: Proof, parts: SignInParts): Promise<string> {
  const { member } = session
  const key = factorKey(member)
  const password = await notingRefusal(ctx, key, () =>
    ctx.transaction(async (tx) => {
      authorizeSessions(tx.actor)
      await countAttempt(tx, key, { reason: 'proof' })
      return findPassword(tx, member.id)
    }),
  )
  const hasPassword = 'password' in proof && (await isPassword(password?.hash, proof.password))
  const next = newToken()
  const isProved = await ctx.transaction(async (tx) => {
    const stored = await lockSession(tx, session.id)
    if (!stored) throw new AppError('session.expired')
    const shown =
      'password' in proof
        ? hasPassword && ('password' as const)
        : await takeFactor(tx, member, { parts, input: proof, challenge: stored.challenge })
    if (!shown) {
      await setSessionChallenge(tx, stored.id, null)
      recordOwn(tx, member, {
        action: 'session.reauthenticated',
        outcome: 'failure',
        reason: Object.keys(proof)[0] ?? '',
      })
      return false
    }
    await clearFailures(tx, key)
    await setProved(tx, stored.id, [...new Set([...stored.methods, shown])])
    // Another tab may have been quicker; then its token is the one that goes on.
    const standing = standingOf(member)
    if (!(await replaceToken(tx, { from: hashToken(token), to: hashToken(next), standing })))
      throw new AppError('session.expired')
    recordOwn(tx, member, {
      action: 'session.reauthenticated',
      targets: [{ type: 'session', id: stored.id }],
      metadata: { by: shown },
    })
    return true
  })
  if (!isProved) throw 'password' in proof ? new AppError('password.wrong') : wrongFactor(proof)
  return next
}
