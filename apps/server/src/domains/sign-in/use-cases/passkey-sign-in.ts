import type { PasskeyAssertion } from '@clew/contract/sign-in'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { hashToken } from '../../../platform/ids.ts'
import { recordOwn } from '../audit-of.ts'
import type { SignInParts } from '../parts.ts'
import { askForPasskey, readAssertion } from '../passkeys.ts'
import { authorizeSessions } from '../policy.ts'
import { deleteAttempt, lockAttempt } from '../repository.attempts.ts'
import { lockPasskey, notePasskeyUse } from '../repository.factors.ts'
import { countAgainstAddress, refuseRestingAddress } from '../slow-down.ts'
import { activeMembers } from './choose-organisation.ts'
import { type Entry, enterAs, startAttempt } from './enter.ts'

/** What a passkey is to sign. No name is asked for: the passkey says whose it is. */
export async function askForAnyPasskey(ctx: Ctx, parts: SignInParts) {
  return ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    const { challenge, publicKey } = await askForPasskey(parts)
    return { publicKey, token: await startAttempt(tx, 'passkey', { challenge }) }
  })
}

/** Signs in by a passkey, which is two factors at once: the device, and what unlocks it. */
export async function signInByPasskey(
  ctx: Ctx,
  { token, passkey }: { token: string | undefined; passkey: PasskeyAssertion },
  parts: SignInParts,
): Promise<Entry> {
  const entry = await ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    await refuseRestingAddress(tx)
    const attempt = token === undefined ? undefined : await lockAttempt(tx, hashToken(token), 'passkey')
    if (attempt?.challenge === undefined) throw new AppError('session.attempt_over')
    await deleteAttempt(tx, attempt.id)
    const key = await lockPasskey(tx, passkey.id)
    const [member] = key ? await activeMembers(tx, [key.memberId]) : []
    const read = key && member && (await readAssertion(parts, { answer: passkey, challenge: attempt.challenge, key }))
    if (!key || !member || !read) {
      await countAgainstAddress(tx, 'passkey')
      if (member) recordOwn(tx, member, { action: 'auth.failed', outcome: 'failure', reason: 'passkey' })
      return undefined
    }
    await notePasskeyUse(tx, key.id, read)
    return enterAs(tx, member, { parts, methods: ['passkey'], peers: [] })
  })
  if (!entry) throw new AppError('session.passkey_wrong')
  return entry
}
